package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.answer.Health;
import io.eventbackbone.cli.health.HealthCheck;
import io.eventbackbone.cli.print.Tables;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists problems of objects. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the problems of the backbone's objects, one in a line, each with its remedy.",
      "The command reads the statuses that the operator wrote."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no object has a problem",
      "1:objects have problems; with --wait, still at the end of --timeout",
      "2:the command can't read the cluster",
      "3:you may see no object"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone status",
      "  kubectl backbone status -n orders --wait --timeout 2m"
    })
final class StatusCommand implements Callable<Integer> {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;

  @Option(names = "--wait", description = "Waits until no object has a problem.")
  private boolean isWaiting;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long --wait waits, for instance 90s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws InterruptedException {
    Health answer = isWaiting ? awaitHealth() : look();
    return output.print(answer, () -> Tables.of(answer));
  }

  private Health look() {
    return HealthCheck.of(cluster.readAll(), cluster.namespace());
  }

  private Health awaitHealth() throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    Health health = look();
    int told = 0;
    while (health.exitCode() == ExitCode.NO && System.nanoTime() < end) {
      if (health.problems().size() != told) {
        told = health.problems().size();
        progress(health);
      }
      Thread.sleep(LOOK_AGAIN);
      health = look();
    }
    return health;
  }

  private void progress(Health health) {
    PrintWriter err = command.commandLine().getErr();
    err.printf("Waiting for %d of %d objects…%n", health.problems().size(), health.total());
    err.flush();
  }
}
