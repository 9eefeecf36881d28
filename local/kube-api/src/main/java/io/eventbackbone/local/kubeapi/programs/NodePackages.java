package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The packages that a Node program depends on, installed once for a machine and kept in {@code
 * ~/.cache/event-backbone/<name>-<hash>}.
 *
 * @param project folder with {@code package.json} and {@code package-lock.json}
 */
public record NodePackages(String name, Path project) {

  private static final List<String> FILES = List.of("package.json", "package-lock.json");

  /**
   * The folder {@code node_modules}. Where it can't be had, the test that asks is skipped, by name
   * on standard error; with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here());
    } catch (IOException e) {
      throw MissingPart.of(
          test, "Node packages %s can't be had: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The folder {@code node_modules}.
   *
   * @throws IOException when it isn't in the cache and can't be made; the message says why
   */
  Path provide(Machine machine) throws IOException {
    Path npm = machine.onPath("npm").orElseThrow(() -> new IOException("no npm on the PATH"));
    StringBuilder ingredients = new StringBuilder();
    for (String file : FILES) {
      ingredients.append(Files.readString(project.resolve(file)));
    }
    MadeOnce made = new MadeOnce(name, ingredients.toString());
    return made.by(machine, folder -> make(made, npm, folder)).resolve("node_modules");
  }

  private void make(MadeOnce made, Path npm, Path folder) throws IOException {
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), Files.readString(project.resolve(file)));
    }
    made.run(
        folder,
        folder,
        List.of(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
  }
}
