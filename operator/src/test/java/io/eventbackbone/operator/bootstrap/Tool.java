package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.local.launcher.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of other people that tests ask for their opinion. */
final class Tool {

  private Tool() {}

  static Command.Result run(Path directory, List<String> command) {
    return new Command(command, directory, Map.of()).attempt();
  }

  static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** For what every machine of the project has: fails in CI, and skips the test elsewhere. */
  static void missing(String test, String what) {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(test + ": " + what);
    }
    skip(test, what);
  }

  /** Skips the test by name. */
  static void skip(String test, String what) {
    System.err.println("SKIPPED " + test + ": " + what);
    Assumptions.abort(what);
  }
}
