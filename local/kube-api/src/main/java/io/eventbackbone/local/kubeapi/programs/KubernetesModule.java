package io.eventbackbone.local.kubeapi.programs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scratch module in which programs of Kubernetes are built.
 *
 * <p>{@code go install} refuses these programs, since k8s.io/kubernetes replaces its staging
 * modules by folders of its repository. This module replaces each of those modules, and no other,
 * by its published version. Go keeps what it compiles, so a later build takes little time for the
 * packages that it has in common with an earlier one.
 */
final class KubernetesModule {

  /**
   * A program.
   *
   * @param mainPackage the package that holds its main
   */
  record Program(String name, String mainPackage) {}

  static final Program ETCD = new Program("etcd", "go.etcd.io/etcd/server/v3");
  static final Program KUBE_APISERVER = ofKubernetes("kube-apiserver");
  static final Program KUBE_CONTROLLER_MANAGER = ofKubernetes("kube-controller-manager");
  static final Program KUBECTL = ofKubernetes("kubectl");

  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  /** A program built from a module would otherwise call itself v0.0.0, which charts refuse. */
  private static final String LINKER_FLAGS =
      "-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v" + KubeVersion.KUBERNETES;

  /** A module that k8s.io/kubernetes keeps in its own repository: required at exactly v0.0.0. */
  private static final Pattern STAGING_MODULE =
      Pattern.compile("(?m)^\\s*(k8s\\.io/\\S+) v0\\.0\\.0\\s*(//.*)?$");

  private final Path go;
  private final Machine machine;
  private final Path workspace;
  private final Consumer<String> progress;
  private final Path log;
  private final Instant started = Instant.now();

  /**
   * A module in a folder.
   *
   * @param workspace an empty folder
   * @param progress gets a line every few seconds
   */
  KubernetesModule(Path go, Machine machine, Path workspace, Consumer<String> progress) {
    this.go = go;
    this.machine = machine;
    this.workspace = workspace;
    this.progress = progress;
    log = machine.cache().resolve("build.log");
  }

  private static Program ofKubernetes(String name) {
    return new Program(name, "k8s.io/kubernetes/cmd/" + name);
  }

  /**
   * Builds programs.
   *
   * @param duration how long it takes, in words
   * @return the folder that they are in, below the workspace
   * @throws IOException when a build fails; the message names the command and the log
   */
  Path build(List<Program> programs, String duration) throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    progress.accept(
        "Kubernetes %s: building %s from the Go module proxy, once for this machine; %s (log: %s)"
            .formatted(KubeVersion.KUBERNETES, names(programs), duration, log));
    writeModule(programs, kubernetesGoMod());
    go("resolving modules", List.of("mod", "tidy"));
    Path out = Files.createDirectory(workspace.resolve("out"));
    for (Program program : programs) {
      go(
          "building " + program.name(),
          List.of(
              "build",
              "-v",
              "-mod=mod",
              "-trimpath",
              LINKER_FLAGS,
              "-o",
              out.resolve(program.name()).toString(),
              program.mainPackage()));
    }
    return out;
  }

  private static String names(List<Program> programs) {
    return programs.stream().map(Program::name).collect(Collectors.joining(", "));
  }

  /** {@code replace} directives for the staging modules that kubernetes' own go.mod lists. */
  static List<String> replacements(String kubernetesGoMod) {
    return STAGING_MODULE
        .matcher(kubernetesGoMod)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .map(module -> "replace " + module + " => " + module + " v" + KubeVersion.STAGING)
        .toList();
  }

  private String kubernetesGoMod() throws IOException, InterruptedException {
    Path answer = workspace.resolve("kubernetes.json");
    var download =
        List.of("mod", "download", "-json", "k8s.io/kubernetes@v" + KubeVersion.KUBERNETES);
    run("downloading Kubernetes", download, ProcessBuilder.Redirect.to(answer.toFile()));
    var json = new ObjectMapper().readTree(answer.toFile());
    return Files.readString(Path.of(json.required("GoMod").asText()));
  }

  private void writeModule(List<Program> programs, String kubernetesGoMod) throws IOException {
    var goMod = new ArrayList<String>();
    goMod.add("module kube-api");
    goMod.add("require k8s.io/kubernetes v" + KubeVersion.KUBERNETES);
    goMod.add("require go.etcd.io/etcd/server/v3 v" + KubeVersion.ETCD);
    goMod.addAll(replacements(kubernetesGoMod));
    Files.write(workspace.resolve("go.mod"), goMod);
    String imports =
        programs.stream()
            .map(program -> "import _ \"" + program.mainPackage() + "\"\n")
            .collect(Collectors.joining());
    Files.writeString(
        workspace.resolve("tools.go"), "//go:build tools\n\npackage tools\n\n" + imports);
  }

  private void go(String what, List<String> arguments) throws IOException, InterruptedException {
    run(what, arguments, ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private void run(String what, List<String> arguments, ProcessBuilder.Redirect output)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(go.toString()));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(workspace.toFile())
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(machine.environment());
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("GOWORK", "off");
    Process process = builder.start();
    try {
      while (!process.waitFor(PROGRESS_INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
        progress.accept("Kubernetes: " + what + ", " + elapsed() + lastPackage());
      }
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "the build from the Go module proxy failed at '"
              + String.join(" ", command)
              + "', see "
              + log);
    }
  }

  private String elapsed() {
    var elapsed = Duration.between(started, Instant.now());
    return "%d:%02d min".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private String lastPackage() throws IOException {
    var lines = Files.readAllLines(log);
    return lines.isEmpty() ? "" : " (" + lines.get(lines.size() - 1) + ")";
  }
}
