package io.eventbackbone.verification.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The operator's jar as a process, with a cluster and an AWS endpoint. */
final class OperatorProcess implements AutoCloseable {

  private static final Path JAR =
      Path.of("../..", "operator", "target", "event-backbone-operator.jar");
  private static final String WEBHOOK_PORT = "--webhook-port=";

  /** Of a start, which takes a few seconds on a machine that does nothing else. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final CompletableFuture<Instant> end;
  private final Path log;
  private final int port;

  private OperatorProcess(Process process, Path log, int port) {
    this.process = process;
    end = process.onExit().thenApply(it -> Instant.now());
    this.log = log;
    this.port = port;
  }

  /**
   * Starts and is ready.
   *
   * @param name of its log file in target, and of its host
   * @param awsAccount of its own identity
   */
  static OperatorProcess start(
      String name, Path kubeconfig, URI aws, String awsAccount, List<String> arguments) {
    OperatorProcess operator = begin(name, kubeconfig, aws, awsAccount, arguments, Map.of());
    operator.requireAlive();
    return operator;
  }

  /** Starts where nothing answers as AWS, and is ready. */
  static OperatorProcess startWithJvmOptions(String name, Path kubeconfig, String options) {
    OperatorProcess operator =
        begin(
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
      String name,
      Path kubeconfig,
      URI aws,
      String awsAccount,
      List<String> arguments,
      Map<String, String> environment) {
    List<Integer> ports = freePorts();
    int port = ports.get(0);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    arguments.stream().filter(it -> !it.contains("-port=")).forEach(command::add);
    command.add("--http-port=" + port);
    if (arguments.stream().anyMatch(it -> it.startsWith(WEBHOOK_PORT))) {
      command.add(WEBHOOK_PORT + ports.get(1));
    }
    Path log = Path.of("target", name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG",
                kubeconfig.toAbsolutePath().toString(),
                "POD_NAMESPACE",
                Chart.NAMESPACE,
                "HOSTNAME",
                name,
                "AWS_ENDPOINT_URL",
                aws.toString(),
                "AWS_ACCESS_KEY_ID",
                awsAccount,
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_REGION",
                "eu-west-1"));
    builder.environment().putAll(environment);
    try {
      OperatorProcess operator = new OperatorProcess(builder.start(), log, port);
      // A test that fails while it starts closes nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(operator.process::destroyForcibly));
      await().atMost(PATIENCE).until(() -> operator.isDead() || operator.isReady());
      return operator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException e) {
      return false; // It does not listen yet.
    }
  }

  void requireAlive() {
    if (isDead()) {
      throw new AssertionError(
          "the operator has ended with %d:%n%s".formatted(process.exitValue(), log()));
    }
  }

  boolean isDead() {
    return !process.isAlive();
  }

  String metrics() {
    try {
      return get("/metrics").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal, such as {@code STOP}. */
  void signal(String signal) {
    Command.of(Path.of("kill"), Map.of()).run("-" + signal, Long.toString(process.pid()));
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
    return process.exitValue();
  }

  /** As a node that fails: nothing is said to anybody. */
  void kill() {
    process.destroyForcibly();
    awaitDeath();
  }

  /** As a kubelet does. */
  @Override
  public void close() {
    process.destroy();
    awaitDeath();
  }

  private java.net.http.HttpResponse<String> get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Two that differ. */
  private static List<Integer> freePorts() {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
