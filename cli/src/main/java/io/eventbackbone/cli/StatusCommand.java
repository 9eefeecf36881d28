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

/** Whether all is well. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows whether all objects of the backbone are as they should be: a line a problem, with what to"
          + " do.",
      "It reads the statuses that the operator wrote."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:there are problems; with --wait, after the time that was given",
      "2:the cluster can't be asked",
      "3:you may see none of the objects"
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

  @Option(names = "--wait", description = "Waits until there are no problems.")
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
    return HealthCheck.of(cluster.read(), cluster.namespace());
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
