package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Python virtual environment with the packages of a requirements file, made once for a machine
 * and kept in {@code ~/.cache/event-backbone/<name>-<hash>}.
 *
 * @param requirements for pip, with exact versions
 */
public record PythonEnvironment(String name, String requirements) {

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
   * The folder of its programs.
   *
   * @throws IOException when it isn't in the cache and can't be made; the message says why
   */
  Path provide(Machine machine) throws IOException {
    Path python =
        machine.onPath("python3").orElseThrow(() -> new IOException("no python3 on the PATH"));
    MadeOnce made = new MadeOnce(name, python.toRealPath() + "\n" + requirements);
    return made.by(machine, home -> make(made, python, home)).resolve("bin");
  }

  private void make(MadeOnce made, Path python, Path home) throws IOException {
    made.run(home, home, List.of(python.toString(), "-m", "venv", "--clear", home.toString()));
    Path file = Files.writeString(home.resolve("requirements.txt"), requirements);
    made.run(
        home,
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
}
