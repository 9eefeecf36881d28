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
 * A folder that is made once for a machine and kept in {@code ~/.cache/event-backbone/<name>-<hash
 * of its ingredients>}.
 *
 * @param ingredients all that the folder's content depends on
 */
record MadeOnce(String name, String ingredients) {

  private static final long PROGRESS_SECONDS = 5;

  /** Fills a folder, which may hold what an attempt that failed left there. */
  @FunctionalInterface
  interface Recipe {
    void make(Path folder) throws IOException;
  }

  /**
   * The folder. Some content can't be moved once it is made, so a file tells whether the folder is
   * whole, and a lock keeps others from it until then.
   *
   * @throws IOException when the folder isn't in the cache and can't be made; the message says why
   */
  Path by(Machine machine, Recipe recipe) throws IOException {
    Path folder = machine.home().resolve(".cache/event-backbone").resolve(name + "-" + hash());
    Path complete = folder.resolve("complete");
    if (!Files.exists(complete)) {
      Files.createDirectories(folder);
      makeOnce(folder, complete, recipe);
    }
    return folder;
  }

  /** File locks are for processes; the threads of this one wait for its class. */
  private static void makeOnce(Path folder, Path complete, Recipe recipe) throws IOException {
    synchronized (MadeOnce.class) {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(folder + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!Files.exists(complete)) {
          recipe.make(folder);
          Files.createFile(complete);
        }
      }
    }
  }

  /** Runs a step of a recipe in a folder, with a line of progress every few seconds. */
  void run(Path folder, Path workingFolder, List<String> command) throws IOException {
    Path log = Path.of(folder + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      do {
        System.err.printf("%s: making it, once for this machine (%s)%n", name, log);
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

  private String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(ingredients.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
