package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that tests need and that Debian has. Where it is missing, root has apt-get install it;
 * any other user is told to.
 *
 * @param packages Debian packages that bring it
 */
public record DebianProgram(String name, List<String> packages) {

  public static final DebianProgram CHROMIUM = new DebianProgram("chromium", List.of("chromium"));

  /** What drives Chromium: of the same version as {@link #CHROMIUM}, since both are Debian's. */
  public static final DebianProgram CHROMEDRIVER =
      new DebianProgram("chromedriver", List.of("chromium", "chromium-driver"));

  private static final String ROOT = "root";

  public DebianProgram {
    packages = List.copyOf(packages);
  }

  /**
   * The program. Where it can't be had, the test that asks is skipped, by name on standard error;
   * with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here(), System.getProperty("user.name"));
    } catch (IOException e) {
      throw MissingPart.of(test, "%s can't be had: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The program's file.
   *
   * @param user who runs this
   * @throws IOException when it isn't on the PATH and can't be installed; the message says why
   */
  Path provide(Machine machine, String user) throws IOException {
    Optional<Path> found = machine.onPath(name);
    if (found.isPresent()) {
      return found.get();
    }
    Path apt =
        machine
            .onPath("apt-get")
            .orElseThrow(
                () -> new IOException("it is not on the PATH, and there is no apt-get here"));
    if (!user.equals(ROOT)) {
      throw new IOException(
          "it is not on the PATH; install it with: apt-get install %s"
              .formatted(String.join(" ", packages)));
    }
    install(machine, apt);
    return machine
        .onPath(name)
        .orElseThrow(() -> new IOException("the packages %s do not bring it".formatted(packages)));
  }

  /** One at a time: file locks are for processes, the threads of this one wait for its class. */
  private void install(Machine machine, Path apt) throws IOException {
    Path cache = Files.createDirectories(machine.home().resolve(".cache/event-backbone"));
    Path log = cache.resolve(name + "-apt.log");
    synchronized (DebianProgram.class) {
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("apt.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (machine.onPath(name).isEmpty()) {
          System.err.printf("%s: installing it, once for this machine (%s)%n", name, log);
          Files.deleteIfExists(log);
          run(log, List.of(apt.toString(), "update"));
          run(
              log,
              Stream.concat(
                      Stream.of(
                          apt.toString(),
                          "install",
                          "--option=DPkg::Lock::Timeout=600", // Another apt-get may be at work.
                          "--yes",
                          "--no-install-recommends"),
                      packages.stream())
                  .toList());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while installing it", e);
      }
    }
  }

  private static void run(Path log, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    if (builder.start().waitFor() != 0) {
      throw new IOException("'%s' failed, see %s".formatted(String.join(" ", command), log));
    }
  }
}
