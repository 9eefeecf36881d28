package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that tests need in one certain version. It is built once per machine from the Go module
 * proxy and kept in {@code ~/.cache/event-backbone/tools}.
 *
 * <p>A scratch module requires the program, because {@code go install} refuses modules that replace
 * others, as etcd's do.
 *
 * @param mainPackage import path of the package with the program's main function
 */
public record GoTool(String name, String version, String mainPackage, Cgo cgo) {

  /** Whether the build compiles C, too. The value is that of {@code CGO_ENABLED}. */
  public enum Cgo {
    OFF("0"),
    /** The machine needs a C compiler. */
    ON("1");

    private final String value;

    Cgo(String value) {
      this.value = value;
    }
  }

  public static final GoTool ACTIONLINT =
      new GoTool("actionlint", "v1.7.12", "github.com/rhysd/actionlint/cmd/actionlint");
  public static final GoTool CRANE =
      new GoTool("crane", "v0.22.1", "github.com/google/go-containerregistry/cmd/crane");
  public static final GoTool ETCDUTL =
      new GoTool("etcdutl", "v" + KubeVersion.ETCD, "go.etcd.io/etcd/etcdutl/v3");
  public static final GoTool HELM = new GoTool("helm", "v3.22.0", "helm.sh/helm/v3/cmd/helm");
  public static final GoTool HELM_DOCS =
      new GoTool("helm-docs", "v1.14.2", "github.com/norwoodj/helm-docs/cmd/helm-docs");
  public static final GoTool KUBECONFORM =
      new GoTool("kubeconform", "v0.8.0", "github.com/yannh/kubeconform/cmd/kubeconform");
  public static final GoTool KREW = new GoTool("krew", "v0.4.3", "sigs.k8s.io/krew/cmd/krew");
  public static final GoTool ORAS = new GoTool("oras", "v1.3.6", "oras.land/oras/cmd/oras");
  public static final GoTool VALE =
      new GoTool("vale", "v3.21.0", "github.com/vale-cli/vale/v3/cmd/vale", Cgo.ON);

  private GoTool(String name, String version, String mainPackage) {
    this(name, version, mainPackage, Cgo.OFF);
  }

  /**
   * The program. Where it can't be had, the test that asks is skipped, by name on standard error;
   * with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here());
    } catch (IOException e) {
      throw MissingPart.of(test, "%s %s can't be had: %s".formatted(name, version, e.getMessage()));
    }
  }

  /**
   * The program's file.
   *
   * @throws IOException when it isn't in the cache and can't be built; the message says why
   */
  Path provide(Machine machine) throws IOException {
    Path tools = machine.home().resolve(".cache/event-backbone/tools");
    Path program = tools.resolve("%s-%s%s".formatted(name, version, Platform.here().suffix()));
    if (!Files.isExecutable(program)) {
      Files.createDirectories(tools);
      build(machine, tools, program);
    }
    return program;
  }

  /** Two builds at once each move a whole file into place: the later wins, and is the same. */
  private void build(Machine machine, Path tools, Path program) throws IOException {
    Path go =
        machine
            .onPath("go")
            .orElseThrow(() -> new IOException("there is no go on the PATH to build it with"));
    System.err.println(name + " " + version + ": building it, once for this machine");
    Path workspace = Files.createTempDirectory(tools, "building-");
    Path log = tools.resolve(name + ".log");
    Files.deleteIfExists(log);
    try {
      go(go, workspace, log, "mod", "init", "tool");
      go(go, workspace, log, "get", mainPackage + "@" + version);
      go(go, workspace, log, "build", "-o", name, mainPackage);
      Files.move(
          workspace.resolve(name),
          program,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building it", e);
    } finally {
      for (String file : List.of(name, "go.mod", "go.sum")) {
        Files.deleteIfExists(workspace.resolve(file));
      }
      Files.delete(workspace);
    }
  }

  private void go(Path go, Path workspace, Path log, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(Stream.concat(Stream.of(go.toString()), Stream.of(arguments)).toList())
            .directory(workspace.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    command.environment().put("CGO_ENABLED", cgo.value);
    command.environment().put("GOWORK", "off");
    if (command.start().waitFor() != 0) {
      throw new IOException("go %s failed, see %s".formatted(String.join(" ", arguments), log));
    }
  }
}
