package io.eventbackbone.local.benchmark;

import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.JavaProgram;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.Ports;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The operator in a process of its own, as its container image runs it. */
final class OperatorProgram implements AutoCloseable {

  /** An account of its own: it is a guest in all that it manages. */
  private static final String OPERATOR_ACCOUNT = "100000000000";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /**
   * The image's flags; and what the JVM finds or chooses where the chart's limit of 512 MiB holds,
   * since this machine is larger: that memory, and the serial collector.
   */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:TieredStopAtLevel=1",
          "-XX:NewRatio=4",
          "-XX:MaxRAMPercentage=60",
          "-XX:MaxDirectMemorySize=32m",
          "-Dio.netty.noUnsafe=true",
          "-XX:MaxRAM=512m",
          "-XX:+UseSerialGC");

  private static final Pattern RECONCILIATIONS =
      Pattern.compile(
          "(?m)^operator_sdk_controllers_execution_reconcile_success_total\\{"
              + "[^}]*controller=\"serviceaccountbus\"[^}]*} (\\S+)$");

  private final JavaProgram program;
  private final URI address;

  private OperatorProgram(JavaProgram program, URI address) {
    this.program = program;
    this.address = address;
  }

  /** Starts it; it takes some time to get ready. */
  static OperatorProgram start(Checkout files, Path log, Path kubeconfig, AwsEndpoint aws) {
    int port = Ports.any();
    Map<String, String> environment =
        new HashMap<>(aws.environment(OPERATOR_ACCOUNT, Estate.REGION));
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("MALLOC_ARENA_MAX", "2");
    return new OperatorProgram(
        JavaProgram.start(
            new JavaProgram.Launch(
                files.operatorJar(),
                JVM_FLAGS,
                List.of("--http-port", Integer.toString(port)),
                environment,
                log)),
        URI.create("http://127.0.0.1:%d".formatted(port)));
  }

  JavaProgram program() {
    return program;
  }

  ProcessCosts costs() {
    return new ProcessCosts(program.process());
  }

  void awaitReady() {
    new Patience(List.of(program), Stopwatch.PRECISION)
        .until(
            () -> Http.get(address.resolve("/readyz")).isPresent(),
            START_LIMIT,
            () -> "the operator is not ready");
  }

  /** How often it has looked after a ServiceAccountBus so far. */
  double reconciliationsOfBuses() {
    String metrics =
        Http.get(address.resolve("/metrics"))
            .orElseThrow(() -> new ProgramFailure("the operator has no metrics"));
    Optional<MatchResult> count = RECONCILIATIONS.matcher(metrics).results().findFirst();
    return count
        .map(match -> Double.parseDouble(match.group(1)))
        .orElseThrow(() -> new ProgramFailure("no reconciliations are counted at " + address));
  }

  @Override
  public void close() {
    program.close();
  }
}
