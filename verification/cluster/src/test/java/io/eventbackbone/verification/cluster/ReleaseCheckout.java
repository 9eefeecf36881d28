package io.eventbackbone.verification.cluster;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.kubeapi.programs.MissingPart;
import io.eventbackbone.local.launcher.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A copy of this checkout to release from. It has the classes that this build compiled, and
 * packages them again: a release changes jars' versions and names, and no class.
 */
record ReleaseCheckout(Path root, Command shell) {

  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  private static final String COPY =
      """
      tar --create --exclude=./.git --exclude=target --exclude=node_modules --exclude=.venv . |
        tar --extract --directory="$COPY"
      find . -path '*/target/classes' -prune -print |
        tar --create --files-from=- | tar --extract --directory="$COPY"
      """;

  static ReleaseCheckout copy(Class<?> test, Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve("checkout"));
    Command.of(Path.of("/bin/sh"), Map.of("COPY", root.toString()))
        .run("-ec", "cd %s\n%s".formatted(PROJECT, COPY));
    Files.writeString(
        root.resolve(".mvn/maven.config"), "-Dmaven.main.skip\n", StandardOpenOption.APPEND);
    Path programs = Files.createDirectory(folder.resolve("release-programs"));
    for (GoTool tool : List.of(GoTool.CRANE, GoTool.HELM, GoTool.ORAS)) {
      Files.createSymbolicLink(programs.resolve(tool.name()), tool.orSkip(test));
    }
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "PATH",
            programs + ":" + System.getenv("PATH"));
    return new ReleaseCheckout(root, Command.of(Path.of("/bin/sh"), environment));
  }

  /** Puts in an id as Artifact Hub gives one. */
  void registerAtArtifactHub() throws IOException {
    Path file = root.resolve(".release/artifacthub-repo.yml");
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("0{8}-.*", "4f3c9b1e-0d0c-4a53-9c35-5d6f6a1b2c3d"));
  }

  /** Its README, which names its version. */
  Page readme() throws IOException {
    return Page.read(root.resolve("README.md"));
  }

  /**
   * Types the command in the README that makes a release.
   *
   * @param environment of signing
   * @return the release's folder
   */
  Path release(Class<?> test, OciRegistry registry, String options, Map<String, String> environment)
      throws IOException {
    String command =
        readme().blockWith("./release ").replace("registry.example.com", registry.host()).strip();
    String variables =
        environment.entrySet().stream()
            .map(it -> "export %s='%s'\n".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining());
    Command.Result result =
        shell.attempt("-ec", "cd %s\n%s%s %s".formatted(root, variables, command, options));
    if (result.errors().contains("image base: no ")) {
      throw MissingPart.of(test, result.errors());
    }
    if (result.exitCode() != 0) {
      throw new AssertionError(result.text());
    }
    return Path.of(result.output().strip());
  }

  /** Begins the next version, as the team does. */
  void next(String version, String chartVersion) {
    shell.run("-ec", "cd %s && .release/next %s %s".formatted(root, version, chartVersion));
  }
}
