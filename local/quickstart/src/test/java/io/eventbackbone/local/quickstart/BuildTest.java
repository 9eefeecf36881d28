package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventbackbone.local.kubeapi.programs.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project's scripts tell while they build, with a Maven that only prints. */
class BuildTest {

  private static final String TWO_MODULES =
      """
      echo '[INFO] Reactor Build Order:'
      echo '[INFO] Building Core: custom resources to AWS state 0.1.0-SNAPSHOT                [1/2]'
      echo '[INFO] Building Quickstart 0.1.0-SNAPSHOT                                        [2/2]'
      """;

  @TempDir private Path root;

  @BeforeEach
  void copyTheScript() throws IOException {
    Files.createDirectories(root.resolve("target"));
    Files.copy(Path.of("../../.mvn/build.sh"), root.resolve("build.sh"));
    Files.writeString(
        root.resolve("quickstart"),
        """
        set -eu
        root=%s
        . "$root/build.sh"
        build quickstart "$root/target" package
        """
            .formatted(root));
  }

  @Test
  void aLineForEachModuleWhereNobodyWatches() throws Exception {
    maven(TWO_MODULES);

    Run run = run(List.of("sh", "quickstart"));

    assertThat(run.exit()).isZero();
    assertThat(run.output().lines())
        .startsWith("  1 of 2: Core: custom resources to AWS state", "  2 of 2: Quickstart")
        .hasSize(3)
        .last()
        .asString()
        .matches("Built in \\d+:\\d\\d\\.");
  }

  @Test
  void oneLineThatChangesOnATerminal() throws Exception {
    assumeTrue(Machine.here().onPath("script").isPresent(), "no script to make a terminal");
    maven(TWO_MODULES + "until [ -e watched ]; do sleep 0.1; done\n");
    // The line is shown once a second: the second time for sure with the last module.
    Files.writeString(
        root.resolve("quickstart"),
        """
        set -eu
        root=%s
        . "$root/build.sh"
        sleep() {
          grep -q '2 of 2' "$root/target/build.modules" && touch "$root/watched"
          command sleep "$@"
        }
        echo 62 >"$root/target/build.seconds"
        build quickstart "$root/target" package
        """
            .formatted(root));

    Run run = run(List.of("script", "-qec", "sh quickstart", "/dev/null"));

    assertThat(run.output())
        .containsPattern("\r  \\d+:\\d\\d so far, 1:02 the last time: 2 of 2: Quickstart")
        .containsPattern("\rBuilt in|\r\u001B\\[KBuilt in");
  }

  @Test
  void oneLineWhereThereIsNoNetwork() throws Exception {
    maven(
        """
        echo '[ERROR] Plugin a:b:1 or one of its dependencies could not be resolved:'
        echo '[ERROR] Could not transfer artifact a:b:pom:1 from/to central (…): name unknown'
        exit 1
        """);

    Run run = run(List.of("sh", "quickstart"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output().lines())
        .singleElement()
        .asString()
        .startsWith("quickstart: a:b:pom:1 is missing, and Maven could not download it")
        .contains("the first build needs a network", "target/build.log");
  }

  @Test
  void oneLineWhereThereIsNotEvenMaven() throws Exception {
    maven("echo 'mvnw: could not download Maven: install it' >&2; exit 1\n");

    assertThat(run(List.of("sh", "quickstart")).output().lines())
        .containsExactly("mvnw: could not download Maven: install it");
  }

  @Test
  void theErrorsOfMavenOtherwise() throws Exception {
    maven("echo '[INFO] fine'; echo '[ERROR] Foo.java:[1,1] class expected'; exit 1\n");

    assertThat(run(List.of("sh", "quickstart")).output())
        .startsWith("[ERROR] Foo.java:[1,1] class expected\nquickstart: the build failed. Log: ");
  }

  private void maven(String script) throws IOException {
    Path maven = Files.writeString(root.resolve("mvnw"), "#!/bin/sh\n" + script);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Run run(List<String> command) throws IOException, InterruptedException {
    Path output = root.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Run(process.waitFor(), Files.readString(output));
  }

  private record Run(int exit, String output) {}
}
