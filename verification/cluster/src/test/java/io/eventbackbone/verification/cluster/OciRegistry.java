package io.eventbackbone.verification.cluster;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A registry of images and charts on this machine, without encryption or accounts. */
record OciRegistry(Process process, Command crane, String host) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Starts and answers.
   *
   * @param folder for the images and charts that are pushed
   */
  static OciRegistry start(Class<?> test, Path folder) throws IOException {
    Path program = GoTool.CRANE.orSkip(test);
    String host = "127.0.0.1:" + Ports.any();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "registry",
                "serve",
                "--address=" + host,
                "--disk=" + Files.createDirectory(folder.resolve("registry")))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    OciRegistry registry = new OciRegistry(process, Command.of(program, Map.of()), host);
    await()
        .atMost(PATIENCE)
        .until(() -> Http.get(URI.create("http://%s/v2/".formatted(host))).isPresent());
    return registry;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
