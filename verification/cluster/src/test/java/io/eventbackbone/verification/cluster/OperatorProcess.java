package io.eventbackbone.verification.cluster;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.JavaProgram;
import io.eventbackbone.local.launcher.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The operator's jar as a process, with a cluster and an AWS endpoint. */
final class OperatorProcess implements AutoCloseable {

  /** Of this build. */
  static final Path JAR = Path.of("../..", "operator", "target", "event-backbone-operator.jar");

  private static final String WEBHOOK_PORT = "--webhook-port=";

  /** Of a start, which takes a few seconds on a machine that does nothing else. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final JavaProgram program;
  private final CompletableFuture<Instant> end;
  private final URI address;

  private OperatorProcess(JavaProgram program, int port) {
    this.program = program;
    end = process().onExit().thenApply(it -> Instant.now());
    address = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts and is ready.
   *
   * @param jar of this build, or of a release
   * @param name of its log file in target, and of its host
   * @param awsAccount of its own identity
   */
  static OperatorProcess start(
      Path jar, String name, Path kubeconfig, URI aws, String awsAccount, List<String> arguments) {
    OperatorProcess operator = begin(jar, name, kubeconfig, aws, awsAccount, arguments, Map.of());
    operator.requireAlive();
    return operator;
  }

  /** Starts where nothing answers as AWS, and is ready. */
  static OperatorProcess startWithJvmOptions(String name, Path kubeconfig, String options) {
    OperatorProcess operator =
        begin(
            JAR,
            name,
            kubeconfig,
            URI.create("http://127.0.0.1:1"),
            "999999999999",
            List.of(),
            Map.of("JAVA_TOOL_OPTIONS", options));
    operator.requireAlive();
    return operator;
  }

  /** Starts where neither a cluster nor a person has given it credentials of AWS, and is ready. */
  static OperatorProcess startWithoutAwsIdentity(Path kubeconfig) {
    return begin(
        JAR,
        "start-without-identity",
        kubeconfig,
        URI.create("http://127.0.0.1:1"),
        "",
        List.of(),
        Map.of(
            "AWS_SECRET_ACCESS_KEY", "",
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
            "AWS_EC2_METADATA_DISABLED", "true"));
  }

  /** What the operator says that can't start with a kubeconfig, and does not try it for long. */
  static String logOfFailedStart(String name, Path kubeconfig) {
    OperatorProcess operator =
        begin(
            JAR,
            name,
            kubeconfig,
            URI.create("http://127.0.0.1:1"),
            "999999999999",
            List.of(),
            Map.of("KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT", "1"));
    if (!operator.isDead()) {
      operator.close();
      throw new AssertionError("the operator started");
    }
    return operator.log();
  }

  /** Starts, and is ready or dead. */
  private static OperatorProcess begin(
      Path jar,
      String name,
      Path kubeconfig,
      URI aws,
      String awsAccount,
      List<String> arguments,
      Map<String, String> environment) {
    int port = Ports.any();
    List<String> ownArguments = new ArrayList<>();
    arguments.stream().filter(it -> !it.contains("-port=")).forEach(ownArguments::add);
    ownArguments.add("--http-port=" + port);
    if (arguments.stream().anyMatch(it -> it.startsWith(WEBHOOK_PORT))) {
      ownArguments.add(WEBHOOK_PORT + Ports.anyBut(port));
    }
    Map<String, String> wholeEnvironment =
        new HashMap<>(new AwsEndpoint(aws).environment(awsAccount, "eu-west-1"));
    wholeEnvironment.put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    wholeEnvironment.put("POD_NAMESPACE", Chart.NAMESPACE);
    wholeEnvironment.put("HOSTNAME", name);
    wholeEnvironment.putAll(environment);
    OperatorProcess operator =
        new OperatorProcess(
            JavaProgram.start(
                new JavaProgram.Launch(
                    jar,
                    List.of(),
                    ownArguments,
                    wholeEnvironment,
                    Path.of("target", name + ".log"))),
            port);
    await().atMost(PATIENCE).until(() -> operator.isDead() || operator.isReady());
    return operator;
  }

  private Process process() {
    return program.process();
  }

  boolean isReady() {
    return Http.get(address.resolve("/readyz")).isPresent();
  }

  void requireAlive() {
    if (isDead()) {
      throw new AssertionError("the operator has ended with %d:%n%s".formatted(exitCode(), log()));
    }
  }

  boolean isDead() {
    return !process().isAlive();
  }

  String metrics() {
    return Http.get(address.resolve("/metrics")).orElseThrow();
  }

  String log() {
    return program.log();
  }

  /** Sends a signal, such as {@code STOP}. */
  void signal(String signal) {
    Command.of(Path.of("kill"), Map.of()).run("-" + signal, Long.toString(process().pid()));
  }

  /** Waits until the process has ended by itself. */
  void awaitDeath() {
    await("the end of the process").atMost(PATIENCE).until(this::isDead);
  }

  /** When the process had ended, as far as this one saw it. */
  Instant end() {
    return end.join();
  }

  int exitCode() {
    return process().exitValue();
  }

  /** As a node that fails: nothing is said to anybody. */
  void kill() {
    process().destroyForcibly();
    awaitDeath();
  }

  /** As a kubelet does. */
  @Override
  public void close() {
    program.askToEnd();
    awaitDeath();
    program.close();
  }
}
