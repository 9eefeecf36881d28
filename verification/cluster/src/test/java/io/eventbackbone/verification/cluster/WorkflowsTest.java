package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What GitHub runs, as far as it can be looked at here. */
class WorkflowsTest {

  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  /** {@code go install github.com/google/go-containerregistry/cmd/crane@v0.22.1} */
  private static final Pattern GO_INSTALL = Pattern.compile("go install (\\S+)@(\\S+)");

  /** A script that a step runs. */
  private static final Pattern SCRIPT = Pattern.compile("(?m)(?:^|run: |&& )\\s*\\./([a-z./]+)");

  @Test
  void actionlintFindsNothing() throws IOException {
    // The programs that it would also call differ from machine to machine.
    Command.of(GoTool.ACTIONLINT.orSkip(getClass()), Map.of())
        .with("-shellcheck=")
        .with("-pyflakes=")
        .with("-no-color")
        .run(workflows().stream().map(Path::toString).toArray(String[]::new));
  }

  /** The tests run with those versions. */
  @Test
  void releasesAreMadeWithTheProgramsOfTheTests() throws IOException {
    String release = Files.readString(PROJECT.resolve(".github/workflows/release.yml"));
    assertThat(GO_INSTALL.matcher(release).results().map(MatchResult::group))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(GoTool.CRANE, GoTool.HELM, GoTool.ORAS)
                .map(tool -> "go install %s@%s".formatted(tool.mainPackage(), tool.version()))
                .toList());
  }

  @Test
  void theScriptsAreThere() throws IOException {
    for (Path workflow : workflows()) {
      assertThat(SCRIPT.matcher(Files.readString(workflow)).results().map(it -> it.group(1)))
          .as(workflow.toString())
          .allSatisfy(script -> assertThat(PROJECT.resolve(script)).isExecutable());
    }
  }

  private static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(PROJECT.resolve(".github/workflows"))) {
      return files.sorted().toList();
    }
  }
}
