package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Binaries kept between runs, in one folder for each version and platform. A folder appears whole
 * or not at all: it is filled elsewhere and moved into place, by one process at a time.
 */
record BinaryCache(Machine machine) implements BinarySource {

  private static final long LOCK_POLL_MILLIS = 5_000;

  /** Makes a folder of binaries. */
  interface Filling {
    /**
     * Fills a folder below the workspace.
     *
     * @param workspace an empty folder on the cache's file system, deleted afterwards
     * @throws IOException when nothing could be made; its message says what to look at
     */
    Filled fill(Path workspace) throws IOException, InterruptedException;
  }

  /** Something done with an empty folder on the cache's file system, deleted afterwards. */
  interface Work<T> {
    T in(Path workspace) throws IOException, InterruptedException;
  }

  /** A folder of binaries, below the workspace. */
  record Filled(String version, Path folder) {}

  @Override
  public Outcome provide(Consumer<String> progress) {
    return newest()
        .<Outcome>map(Provided::new)
        .orElseGet(() -> new Unavailable(machine.cache() + " holds none"));
  }

  /** Adds what the filling makes, unless another process did so while this one waited. */
  Outcome fill(Consumer<String> progress, Filling filling) {
    try {
      return alone(
          progress,
          workspace -> {
            var already = newest();
            return already.isPresent() ? new Provided(already.get()) : add(filling.fill(workspace));
          });
    } catch (IOException e) {
      return new Unavailable(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted");
    }
  }

  /** Where a program is that is kept by itself, beside the folders. */
  Path program(String name, String version) {
    return machine.cache().resolve("%s-%s%s".formatted(name, version, Platform.here().suffix()));
  }

  /**
   * Adds a program that is kept by itself, unless another process did so while this one waited.
   *
   * @param program where it is to be
   * @param build makes its file in the workspace
   * @throws IOException when nothing could be made; its message says what to look at
   */
  void add(Path program, Consumer<String> progress, Work<Path> build)
      throws IOException, InterruptedException {
    alone(
        progress,
        workspace ->
            Files.isExecutable(program)
                ? program
                : Files.move(build.in(workspace), program, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Does what changes the cache, as the only one on this machine. */
  private <T> T alone(Consumer<String> progress, Work<T> work)
      throws IOException, InterruptedException {
    Files.createDirectories(machine.cache());
    try (var channel =
            FileChannel.open(
                machine.cache().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = acquire(channel, progress)) {
      Path workspace = Files.createTempDirectory(machine.cache(), "filling-");
      try {
        return work.in(workspace);
      } finally {
        deleteTree(workspace);
      }
    }
  }

  private FileLock acquire(FileChannel channel, Consumer<String> progress)
      throws IOException, InterruptedException {
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Held by another thread of this process: wait as for another process.
      }
      progress.accept("Kubernetes: waiting for another build of it on this machine");
      Thread.sleep(LOCK_POLL_MILLIS);
    }
  }

  private Outcome add(Filled filled) throws IOException {
    Path target = machine.cache().resolve(filled.version() + Platform.here().suffix());
    deleteTree(target); // It exists only if something is missing from it.
    Files.move(filled.folder(), target, StandardCopyOption.ATOMIC_MOVE);
    return provide(progress -> {});
  }

  private Optional<Binaries.Found> newest() {
    String suffix = Platform.here().suffix();
    if (!Files.isDirectory(machine.cache())) {
      return Optional.empty();
    }
    try (var entries = Files.list(machine.cache())) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d.*" + suffix))
          .sorted(Comparator.comparing(BinaryCache::version).reversed())
          .flatMap(folder -> Binaries.Found.in(folder, machine, folder.toString()).stream())
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(machine.cache() + " could not be read", e);
    }
  }

  private static Version version(Path folder) {
    String name = folder.getFileName().toString();
    return Version.parse(name.substring(0, name.length() - Platform.here().suffix().length()));
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
