package io.eventbackbone.operator.bootstrap;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of other people that tests ask for their opinion. */
final class Tool {

  /** What a program came to. */
  record Outcome(int exitCode, String output) {}

  private Tool() {}

  static Outcome run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
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
