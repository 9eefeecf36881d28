package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of a Go module, built once for a machine and kept in {@code
 * ~/.cache/event-backbone/<name>-<hash>}.
 *
 * @param module folder of the module; its programs are the packages below {@code cmd}
 */
public record GoPrograms(String name, Path module) {

  /**
   * The folder of the programs. Where they can't be had, the test that asks is skipped, by name on
   * standard error; with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here());
    } catch (IOException e) {
      throw MissingPart.of(test, "Go programs %s can't be had: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The folder of the programs.
   *
   * @throws IOException when they aren't in the cache and can't be built; the message says why
   */
  Path provide(Machine machine) throws IOException {
    Path go = machine.onPath("go").orElseThrow(() -> new IOException("no go on the PATH"));
    MadeOnce made = new MadeOnce(name, sources());
    return made.by(
        machine,
        folder ->
            made.run(
                folder,
                module,
                List.of(go.toString(), "build", "-o", folder.toAbsolutePath() + "/", "./cmd/...")));
  }

  private String sources() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(module)) {
      for (Path file : files.filter(GoPrograms::isSource).sorted().toList()) {
        sources.append(module.relativize(file)).append('\n').append(Files.readString(file));
      }
    }
    return sources.toString();
  }

  private static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".go") || name.equals("go.mod") || name.equals("go.sum");
  }
}
