package io.eventbackbone.orders;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.JavaProgram;
import io.eventbackbone.local.launcher.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service's jar as a process of its own, which is started again after its end. */
final class OrderProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "order-service.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");

  private final int port = Ports.any();
  private final Map<String, String> environment;
  private final Path log;
  private JavaProgram program;

  /** Starts it, and returns when it is ready. */
  OrderProcess(Map<String, String> environment, Path log) {
    this.environment = new HashMap<>(environment);
    this.environment.put("PORT", Integer.toString(port));
    this.log = log;
    start();
  }

  private void start() {
    program =
        JavaProgram.start(new JavaProgram.Launch(JAR, JVM_OPTIONS, List.of(), environment, log));
    await("the service is ready")
        .atMost(PATIENCE)
        .until(() -> {
          program.requireAlive();
          return Http.get(URI.create("http://127.0.0.1:" + port + "/readyz")).isPresent();
        });
  }

  OrderClient client() {
    return new OrderClient(port);
  }

  boolean isAlive() {
    return program.process().isAlive();
  }

  /** SIGKILL; returns when the process has ended. */
  void kill() {
    program.process().destroyForcibly().onExit().join();
  }

  /** As a kubelet does. */
  void startAgain() throws InterruptedException {
    program.process().waitFor();
    start();
  }

  @Override
  public void close() {
    kill();
  }
}
