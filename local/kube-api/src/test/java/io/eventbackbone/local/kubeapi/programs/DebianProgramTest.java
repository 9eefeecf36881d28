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

/** With an apt-get that makes the program, and a note of how it was called. */
class DebianProgramTest {

  private static final DebianProgram PROGRAM =
      new DebianProgram("example", List.of("one", "another"));

  @TempDir private Path folder;
  private Path programs;
  private Machine machine;

  @BeforeEach
  void aMachine() throws IOException {
    programs = Files.createDirectory(folder.resolve("bin"));
    machine =
        new Machine(
            Map.of("PATH", programs.toString()), Files.createDirectory(folder.resolve("home")));
  }

  @Test
  void rootInstallsItOnce() throws IOException {
    aptGet("[ $1 = update ] || { touch %1$s/example; chmod +x %1$s/example; }".formatted(programs));

    assertThat(PROGRAM.provide(machine, "root")).isEqualTo(programs.resolve("example"));
    assertThat(PROGRAM.provide(machine, "root")).isEqualTo(programs.resolve("example"));
    assertThat(folder.resolve("calls"))
        .hasContent(
            "update\ninstall --option=DPkg::Lock::Timeout=600 --yes --no-install-recommends one another");
  }

  @Test
  void anotherUserIsToldWhatToInstall() throws IOException {
    aptGet("exit 0");

    assertThatThrownBy(() -> PROGRAM.provide(machine, "ada"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("apt-get install one another");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void saysWhatFailed() throws IOException {
    assertThatThrownBy(() -> PROGRAM.provide(machine, "root"))
        .hasMessageContaining("no apt-get here");
    aptGet("exit 100");
    assertThatThrownBy(() -> PROGRAM.provide(machine, "root"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("apt-get update' failed, see ")
        .hasMessageContaining("example-apt.log");
    aptGet("exit 0");
    assertThatThrownBy(() -> PROGRAM.provide(machine, "root"))
        .hasMessageContaining("do not bring it");
  }

  private void aptGet(String script) throws IOException {
    Path aptGet =
        Files.writeString(
            programs.resolve("apt-get"),
            "#!/bin/sh\necho \"$@\" >> %s/calls\n%s\n".formatted(folder, script));
    assertThat(aptGet.toFile().setExecutable(true)).isTrue();
  }
}
