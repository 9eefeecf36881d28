package io.eventbackbone.sandbox;

import io.eventbackbone.sandbox.eventbridge.RuleQuotas;
import io.eventbackbone.sandbox.faults.FaultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sandbox as a program. */
@Command(
    name = "event-backbone-sandbox",
    mixinStandardHelpOptions = true,
    versionProvider = SandboxCommand.Version.class,
    description = {
      "Amazon EventBridge with STS, IAM's roles, SQS, CloudWatch and Service Quotas, for many"
          + " accounts, at one endpoint.",
      "An access key id of 12 digits is that account; any secret will do."
    })
public final class SandboxCommand implements Callable<Integer> {

  /** The version that the jar's manifest names. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        Optional.ofNullable(SandboxCommand.class.getPackage().getImplementationVersion())
            .orElse("development")
      };
    }
  }

  @Option(
      names = "--port",
      defaultValue = "4566",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = "YAML file with roles and an organization to begin with.")
  private Optional<Path> seed;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "YAML file with what shall go wrong; docs/sandbox.md has the faults.")
  private Optional<Path> faults;

  @Option(
      names = "--rules-per-bus",
      paramLabel = "NUMBER",
      description = "Quota of rules on a bus (default: ${DEFAULT-VALUE}).")
  private int rulesPerBus = RuleQuotas.DEFAULT.rulesPerBus();

  @Option(
      names = "--pattern-characters",
      paramLabel = "NUMBER",
      description = "Quota of characters of an event pattern (default: ${DEFAULT-VALUE}).")
  private int patternCharacters = RuleQuotas.DEFAULT.patternCharacters();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SandboxCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Sandbox sandbox =
        Sandbox.start(host, port, seed, new RuleQuotas(rulesPerBus, patternCharacters))) {
      if (faults.isPresent()) {
        FaultFile.read(faults.get()).forEach(sandbox::inject);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
      System.out.println("event-backbone-sandbox answers at " + sandbox.endpoint());
      stopped.await();
    }
    return CommandLine.ExitCode.OK;
  }
}
