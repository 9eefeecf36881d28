package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's launcher, and the caches of loaded classes that it makes. */
class LauncherIT {

  private static final String TYPE =
      Manifests.eventType("orders/created", "Order.Created", "{type: object}");

  @TempDir private Path folder;

  private Command launcher() {
    return Command.of(
        Path.of("target", "kubectl-backbone").toAbsolutePath(),
        Map.of("JAVA_HOME", System.getProperty("java.home"), "XDG_CACHE_HOME", folder.toString()));
  }

  private List<String> caches() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("event-backbone"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("kubectl-backbone-jdk"))
          .toList();
    }
  }

  @Test
  void makesACacheOfAVerbOnceAndReplacesThatOfAnotherBuild() throws IOException {
    Path file = Files.writeString(folder.resolve("type.yaml"), TYPE);
    Path former =
        Files.createDirectories(folder.resolve("event-backbone"))
            .resolve("kubectl-backbone-types-of-another-build");
    Files.createFile(former);

    launcher().run("types", "check", "--offline", "-f", file.toString());

    assertThat(caches()).singleElement().asString().startsWith("kubectl-backbone-types-");
    assertThat(former).doesNotExist();
    Path cache = folder.resolve("event-backbone").resolve(caches().getFirst());
    Object made = Files.getAttribute(cache, "unix:ino");

    Command.Result again = launcher().attempt("types", "check", "--offline", "-f", file.toString());

    assertThat(again.exitCode()).isZero();
    assertThat(again.errors()).isEmpty();
    assertThat(Files.getAttribute(cache, "unix:ino")).isEqualTo(made);
  }

  @Test
  void makesNoCacheOfHelpOrOfAFailure() throws IOException {
    launcher().run("types", "check", "--help");
    launcher().run("--help");
    Command.Result failed = launcher().attempt("types", "check", "-f", "missing.yaml");

    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(caches()).isEmpty();
  }
}
