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

/** With an npm and a go that make nothing but a note of how they were called. */
class ProjectsTest {

  @TempDir private Path folder;
  private Path project;
  private Machine machine;

  @BeforeEach
  void aMachine() throws IOException {
    project = Files.createDirectory(folder.resolve("project"));
    Path programs = Files.createDirectory(folder.resolve("bin"));
    for (String name : List.of("npm", "go")) {
      Path program =
          Files.writeString(
              programs.resolve(name),
              "#!/bin/sh\necho \"%s $@\" >> %s\n".formatted(name, folder.resolve("calls")));
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    machine =
        new Machine(
            Map.of("PATH", programs.toString()), Files.createDirectory(folder.resolve("home")));
  }

  @Test
  void nodePackagesAreInstalledOnceForALockFile() throws IOException {
    write("package.json", "{}");
    write("package-lock.json", "{\"lockfileVersion\": 3}");
    NodePackages packages = new NodePackages("example", project);
    Path installed = packages.provide(machine);
    assertThat(installed.resolveSibling("package-lock.json"))
        .hasContent("{\"lockfileVersion\": 3}");
    assertThat(packages.provide(machine)).isEqualTo(installed);
    assertThat(calls()).containsExactly("npm ci --ignore-scripts --no-audit --no-fund");

    write("package-lock.json", "{}");
    assertThat(packages.provide(machine)).isNotEqualTo(installed);
  }

  @Test
  void goProgramsAreBuiltOnceForTheirSources() throws IOException {
    write("go.mod", "module example\n");
    GoPrograms programs = new GoPrograms("example", project);
    Path built = programs.provide(machine);
    assertThat(programs.provide(machine)).isEqualTo(built);
    assertThat(calls()).containsExactly("go build -o " + built + "/ ./cmd/...");

    write("main.go", "package main\n");
    assertThat(programs.provide(machine)).isNotEqualTo(built);
  }

  @Test
  void withoutTheirToolsTheyCannotBeHad() {
    Machine bare = new Machine(Map.of("PATH", ""), folder);
    assertThatThrownBy(() -> new NodePackages("example", project).provide(bare))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no npm");
    assertThatThrownBy(() -> new GoPrograms("example", project).provide(bare))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no go");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(project.resolve(file), text);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
