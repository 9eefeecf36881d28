package io.eventbackbone.kubeapi;

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
 * A build of kube-apiserver and etcd (and kubectl where there is none) from their sources in the Go
 * module proxy.
 *
 * <p>{@code go install} refuses these programs, since k8s.io/kubernetes replaces its staging
 * modules by folders of its repository. So they are built in a scratch module of our own, which
 * replaces each of those modules, and no other, by its published version.
 */
record GoModuleBuild(BinaryCache cache) implements BinarySource {

  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  /** A program built from a module would otherwise call itself v0.0.0, which charts refuse. */
  private static final String LINKER_FLAGS =
      "-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=v" + KubeVersion.KUBERNETES;

  /** A module that k8s.io/kubernetes keeps in its own repository: required at exactly v0.0.0. */
  private static final Pattern STAGING_MODULE =
      Pattern.compile("(?m)^\\s*(k8s\\.io/\\S+) v0\\.0\\.0\\s*(//.*)?$");

  /** A program and the package that holds its main. */
  private record Program(String name, String mainPackage) {}

  @Override
  public Outcome provide(Consumer<String> progress) {
    var go = cache.machine().onPath("go");
    if (go.isEmpty()) {
      return new Unavailable("no go on the PATH to build them with");
    }
    return cache.fill(progress, workspace -> new Build(go.get(), workspace, progress).run());
  }

  private List<Program> programs() {
    var programs = new ArrayList<Program>();
    programs.add(new Program("etcd", "go.etcd.io/etcd/server/v3"));
    programs.add(new Program("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"));
    if (cache.machine().onPath("kubectl").isEmpty()) {
      programs.add(new Program("kubectl", "k8s.io/kubernetes/cmd/kubectl"));
    }
    return programs;
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

  private final class Build {

    private final Path go;
    private final Path workspace;
    private final Consumer<String> progress;
    private final Path log = cache.machine().cache().resolve("build.log");
    private final Instant started = Instant.now();

    Build(Path go, Path workspace, Consumer<String> progress) {
      this.go = go;
      this.workspace = workspace;
      this.progress = progress;
    }

    BinaryCache.Filled run() throws IOException, InterruptedException {
      Files.deleteIfExists(log);
      progress.accept(
          "kube-apiserver %s and etcd %s: building them from the Go module proxy, once for this"
                  .formatted(KubeVersion.KUBERNETES, KubeVersion.ETCD)
              + " machine; some ten minutes on two cores (log: "
              + log
              + ")");
      writeModule(kubernetesGoMod());
      go("resolving modules", List.of("mod", "tidy"));
      Path out = Files.createDirectory(workspace.resolve("out"));
      for (Program program : programs()) {
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
      return new BinaryCache.Filled(KubeVersion.KUBERNETES, out);
    }

    private String kubernetesGoMod() throws IOException, InterruptedException {
      Path answer = workspace.resolve("kubernetes.json");
      var download =
          List.of("mod", "download", "-json", "k8s.io/kubernetes@v" + KubeVersion.KUBERNETES);
      run("downloading Kubernetes", download, ProcessBuilder.Redirect.to(answer.toFile()));
      var json = new ObjectMapper().readTree(answer.toFile());
      return Files.readString(Path.of(json.required("GoMod").asText()));
    }

    private void writeModule(String kubernetesGoMod) throws IOException {
      var goMod = new ArrayList<String>();
      goMod.add("module kube-api");
      goMod.add("require k8s.io/kubernetes v" + KubeVersion.KUBERNETES);
      goMod.add("require go.etcd.io/etcd/server/v3 v" + KubeVersion.ETCD);
      goMod.addAll(replacements(kubernetesGoMod));
      Files.write(workspace.resolve("go.mod"), goMod);
      String imports =
          programs().stream()
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
      builder.environment().putAll(cache.machine().environment());
      builder.environment().put("CGO_ENABLED", "0");
      builder.environment().put("GOWORK", "off");
      Process process = builder.start();
      try {
        while (!process.waitFor(PROGRESS_INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
          progress.accept("kube-apiserver: " + what + ", " + elapsed() + lastPackage());
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
}
