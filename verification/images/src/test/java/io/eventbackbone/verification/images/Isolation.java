package io.eventbackbone.verification.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the images' tests need of the machine: Debian packages, and namespaces to run a process in.
 * Where that is missing the tests are skipped, by name on standard error; with the environment
 * variable {@code CI=true} they fail.
 */
final class Isolation implements BeforeAllCallback {

  private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    var obstacle = obstacle();
    if (obstacle.isEmpty()) {
      return;
    }
    String message = "no container images can be tested here: " + obstacle.get();
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(message);
    }
    System.err.println("SKIPPED " + context.getRequiredTestClass().getName() + ": " + message);
    Assumptions.abort(message);
  }

  /** To be followed by the root folder, a folder of what lies in /tmp, and the process's words. */
  static List<String> command() {
    var command = new ArrayList<>(unshare());
    command.addAll(List.of("/bin/sh", script().toString(), ROOT ? "root" : "user"));
    return command;
  }

  private static Optional<String> obstacle() throws IOException, InterruptedException {
    if (!isInstalled("apt-get")) {
      return Optional.of("their base is made of Debian packages, and there is no apt-get");
    }
    if (!Files.isReadable(KEYRING)) {
      return Optional.of(
          "there is no "
              + KEYRING
              + " to check Debian packages with; install debian-archive-keyring");
    }
    if (!isInstalled("unshare")
        || !succeeds(Stream.concat(unshare().stream(), Stream.of("true")))) {
      return Optional.of(
          "'unshare --mount' (as root) or 'unshare --map-root-user --mount' does not work; allow"
              + " this user to make namespaces");
    }
    return Optional.empty();
  }

  private static List<String> unshare() {
    return ROOT ? List.of("unshare", "--mount") : List.of("unshare", "--map-root-user", "--mount");
  }

  private static boolean succeeds(Stream<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command.toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Path script() {
    return Path.of("src/test/resources/run-image.sh").toAbsolutePath();
  }
}
