package io.eventbackbone.local.kubeapi.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a python3 that makes nothing but a note of how it was called. */
class PythonEnvironmentTest {

  private static final PythonEnvironment ENVIRONMENT =
      new PythonEnvironment("example", "example==1.0\n");

  @TempDir private Path folder;
  private Machine machine;

  @BeforeEach
  void aMachine() throws IOException {
    Path programs = Files.createDirectory(folder.resolve("bin"));
    machine =
        new Machine(
            Map.of("PATH", programs.toString()), Files.createDirectory(folder.resolve("home")));
  }

  @Test
  void itIsMadeOnce() throws IOException {
    python("exit 0");
    Path bin = ENVIRONMENT.provide(machine);
    assertThat(bin.getParent().resolve("requirements.txt")).hasContent("example==1.0");
    assertThat(ENVIRONMENT.provide(machine)).isEqualTo(bin);
    assertThat(calls())
        .containsExactly(
            "-m venv --clear " + bin.getParent(),
            "-m pip install --disable-pip-version-check --requirement "
                + bin.getParent().resolve("requirements.txt"));
  }

  @Test
  void oneThatFailedHalfWayIsMadeAnew() throws IOException {
    python("[ $2 = venv ]");
    assertThatThrownBy(() -> ENVIRONMENT.provide(machine))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pip install")
        .hasMessageContaining(".log");
    python("exit 0");
    ENVIRONMENT.provide(machine);
    assertThat(calls()).hasSize(4);
  }

  @Test
  void otherRequirementsAreAnotherEnvironment() throws IOException {
    python("exit 0");
    assertThat(ENVIRONMENT.provide(machine))
        .isNotEqualTo(new PythonEnvironment("example", "example==2.0\n").provide(machine));
  }

  @Test
  void withoutPythonItCannotBeHad() {
    assertThatThrownBy(() -> ENVIRONMENT.provide(machine))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no python3");
  }

  /** As venv does, it puts itself where the environment's own python is to be. */
  private void python(String ending) throws IOException {
    Path python = folder.resolve("bin/python3");
    Files.writeString(
        python,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        echo "$@" >> %s
        if [ $2 = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi
        %s
        """
            .formatted(folder.resolve("calls"), ending));
    assertThat(python.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
