package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python virtual environment with the packages of a requirements file, made once for a machine
 * and kept in {@code ~/.cache/event-backbone/<name>-<hash>}.
 *
 * @param requirements for pip, with exact versions
 */
public record PythonEnvironment(String name, String requirements) {

  private static final long PROGRESS_SECONDS = 5;

  /**
   * The folder of its programs. Where it can't be had, the test that asks is skipped, by name on
   * standard error; with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here());
    } catch (IOException e) {
      throw MissingPart.of(
          test, "Python environment %s can't be had: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The folder of its programs. An environment can't be moved once it is made, so a file tells
   * whether it is whole, and a lock keeps others from it until then.
   *
   * @throws IOException when it isn't in the cache and can't be made; the message says why
   */
  Path provide(Machine machine) throws IOException {
    Path python =
        machine.onPath("python3").orElseThrow(() -> new IOException("no python3 on the PATH"));
    Path cache = machine.home().resolve(".cache/event-backbone");
    Path home = cache.resolve(name + "-" + hash(python.toRealPath() + "\n" + requirements));
    Path complete = home.resolve("complete");
    if (!Files.exists(complete)) {
      Files.createDirectories(home);
      makeOnce(python, home, complete);
    }
    return home.resolve("bin");
  }

  /** File locks are for processes; the threads of this one wait for its class. */
  private void makeOnce(Path python, Path home, Path complete) throws IOException {
    synchronized (PythonEnvironment.class) {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(home + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!Files.exists(complete)) {
          make(python, home);
          Files.createFile(complete);
        }
      }
    }
  }

  private void make(Path python, Path home) throws IOException {
    run(home, List.of(python.toString(), "-m", "venv", "--clear", home.toString()));
    Path file = Files.writeString(home.resolve("requirements.txt"), requirements);
    run(
        home,
        List.of(
            home.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--requirement",
            file.toString()));
  }

  /** With a line of progress every few seconds. */
  private void run(Path home, List<String> command) throws IOException {
    Path log = Path.of(home + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      do {
        System.err.printf(
            "%s: making a Python environment, once for this machine (%s)%n", name, log);
      } while (!process.waitFor(PROGRESS_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making it", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("'%s' failed, see %s".formatted(String.join(" ", command), log));
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
