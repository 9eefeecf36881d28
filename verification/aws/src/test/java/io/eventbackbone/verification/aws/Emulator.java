package io.eventbackbone.verification.aws;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An emulator of AWS from PyPI, as a process on a free port of this machine alone. */
final class Emulator implements Aws {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final URI endpoint;

  private Emulator(Process process, Path log, URI endpoint) {
    this.process = process;
    this.log = log;
    this.endpoint = endpoint;
  }

  static Emulator moto(Class<?> test) {
    int port = Ports.any();
    return start(
        "moto",
        port,
        List.of(
            Python.MOTO.orSkip(test).resolve("moto_server").toString(),
            "-H",
            "127.0.0.1",
            "-p",
            Integer.toString(port)),
        Map.of());
  }

  /** With AUTH, it evaluates the policies of identities and the trust of roles. */
  static Emulator ministack(Class<?> test) {
    int port = Ports.any();
    return start(
        "ministack",
        port,
        List.of(Python.MINISTACK.orSkip(test).resolve("ministack").toString()),
        Map.of("AUTH", "true", "GATEWAY_PORT", Integer.toString(port), "BIND_HOST", "127.0.0.1"));
  }

  private static Emulator start(
      String name, int port, List<String> command, Map<String, String> environment) {
    Path log = Path.of("target", name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().remove("AWS_CA_BUNDLE");
    builder.environment().putAll(environment);
    try {
      Emulator emulator =
          new Emulator(builder.start(), log, URI.create("http://127.0.0.1:" + port));
      Runtime.getRuntime().addShutdownHook(new Thread(emulator.process::destroyForcibly));
      emulator.awaitAnswer();
      return emulator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  private void awaitAnswer() throws IOException {
    await("an answer of " + endpoint)
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || Http.answers(endpoint));
    if (!process.isAlive()) {
      throw new AssertionError("the emulator did not start:\n" + Files.readString(log));
    }
  }
}
