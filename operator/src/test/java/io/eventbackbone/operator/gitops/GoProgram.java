package io.eventbackbone.operator.gitops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Go program of the tests, built once a machine and version of its sources. The module proxy
 * gives what it requires, at the versions and checksums of its go.mod and go.sum.
 */
final class GoProgram {

  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "event-backbone", "tools");
  private static final long BUILD_MINUTES = 5;

  private GoProgram() {}

  /**
   * The program whose sources lie in the folder.
   *
   * @throws IOException when it can't be built, saying why
   */
  static Path built(Path sources) throws IOException, InterruptedException {
    String name = sources.getFileName().toString();
    Path program = CACHE.resolve(name + "-" + version(sources)).resolve(name);
    if (!Files.isExecutable(program)) {
      Files.createDirectories(program.getParent());
      try (var channel =
              FileChannel.open(
                  CACHE.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        if (lock.isValid() && !Files.isExecutable(program)) {
          build(sources, program);
        }
      }
    }
    return program;
  }

  private static String version(Path sources) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : List.of("go.mod", "go.sum", "main.go")) {
        digest.update(Files.readAllBytes(sources.resolve(file)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Builds beside the place where it belongs, so that it appears there whole. */
  private static void build(Path sources, Path program) throws IOException, InterruptedException {
    Path fresh = program.resolveSibling(program.getFileName() + ".new");
    Path log = program.resolveSibling("build.log");
    System.err.printf("%s: building it with Go, once for this machine (log: %s)%n", sources, log);
    ProcessBuilder command =
        new ProcessBuilder("go", "build", "-mod=readonly", "-trimpath", "-o", fresh.toString(), ".")
            .directory(sources.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    command.environment().put("CGO_ENABLED", "0");
    command.environment().put("GOWORK", "off");
    Process go = command.start();
    if (!go.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      go.destroy();
      throw new IOException("go build in %s did not end, see %s".formatted(sources, log));
    }
    if (go.exitValue() != 0) {
      throw new IOException(
          "go build in %s failed: %s".formatted(sources, Files.readString(log).strip()));
    }
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
  }
}
