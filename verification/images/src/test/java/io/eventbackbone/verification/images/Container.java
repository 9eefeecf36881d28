package io.eventbackbone.verification.images;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An image's process in the unpacked image: as user 65532, the root read-only, a {@code /tmp} of
 * its own, this machine's network.
 */
final class Container implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long GRACE_SECONDS = 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;

  private Container(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program's image.
   *
   * @param temporary what lies in /tmp at the start
   * @param environment in addition to the image's
   * @param arguments in place of the image's, as with {@code docker run}
   */
  static Container start(
      Program program, Path temporary, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    SavedImage image = ImageBuild.image(program, Architecture.here());
    UnpackedImage unpacked = ImageBuild.unpacked(program, Architecture.here());
    var command = new ArrayList<String>(Isolation.command());
    command.addAll(List.of(unpacked.root().toString(), temporary.toString()));
    command.addAll(image.words("Entrypoint"));
    command.addAll(arguments);
    Path log = Files.createTempFile(ImageBuild.TARGET, program.image + "-", ".log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(image.environment());
    builder.environment().put("HOME", "/home/nonroot"); // As runtimes do, from /etc/passwd.
    builder.environment().putAll(environment);
    return new Container(builder.start(), log);
  }

  static HttpRequest get(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  /** Waits until a request is answered with 200, and returns the answer. */
  String awaitOk(HttpRequest request) {
    return await()
        .atMost(PATIENCE)
        .failFast("the container has ended: see " + log, () -> !process.isAlive())
        .until(() -> answer(request), answer -> answer.isPresent())
        .orElseThrow();
  }

  /** Waits until it has logged something, and returns the lines. */
  List<String> awaitLog() {
    return await().atMost(PATIENCE).until(() -> Files.readAllLines(log), lines -> !lines.isEmpty());
  }

  /** Waits until it ends by itself, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /** Whether the kernel has the process's root read-only. */
  boolean isRootReadOnly() throws IOException {
    return Files.readAllLines(proc("mounts")).stream()
        .map(line -> line.split(" ", -1))
        .filter(mount -> mount[1].equals("/"))
        .allMatch(mount -> List.of(mount[3].split(",", -1)).contains("ro"));
  }

  /** The user's number that the kernel has for the process. */
  String user() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> line.split("\\s+", -1)[1])
        .findFirst()
        .orElseThrow();
  }

  private Path proc(String file) {
    return Path.of("/proc", String.valueOf(process.pid()), file);
  }

  private static Optional<String> answer(HttpRequest request) throws InterruptedException {
    try {
      var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(response.body()).filter(body -> response.statusCode() == 200);
    } catch (IOException e) {
      return Optional.empty(); // Nobody listens there yet.
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
