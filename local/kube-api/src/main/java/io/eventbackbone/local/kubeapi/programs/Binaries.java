package io.eventbackbone.local.kubeapi.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The programs that a Kubernetes API is made of, or why there are none.
 *
 * <p>Looked for in this order: the folder that KUBEBUILDER_ASSETS names; the cache under {@code
 * ~/.cache/event-backbone/kubernetes}; kube-api-test's download of the envtest archives; a build
 * from the Go module proxy with this machine's Go. The last two fill the cache.
 */
public sealed interface Binaries {

  /** How long finding them may take. */
  enum Effort {
    /** What is there, or a download of a minute or so. */
    QUICK,
    /** A build too: some ten minutes on two cores, once a machine. */
    WHATEVER_IT_TAKES
  }

  /**
   * Programs to start an API with.
   *
   * @param origin where they are from, in words
   */
  record Found(Path kubeApiserver, Path etcd, Path kubectl, String origin) implements Binaries {

    /** The programs in a folder; kubectl may also be on the PATH. */
    static Optional<Found> in(Path folder, Machine machine, String origin) {
      var apiserver = executable(folder, "kube-apiserver");
      var etcd = executable(folder, "etcd");
      var kubectl = executable(folder, "kubectl").or(() -> machine.onPath("kubectl"));
      return apiserver.isPresent() && etcd.isPresent() && kubectl.isPresent()
          ? Optional.of(new Found(apiserver.get(), etcd.get(), kubectl.get(), origin))
          : Optional.empty();
    }

    private static Optional<Path> executable(Path folder, String program) {
      return Optional.of(folder.resolve(program).toAbsolutePath()).filter(Files::isExecutable);
    }
  }

  /**
   * No programs.
   *
   * @param reason what was tried and how it failed
   * @param remedy what a person can do
   */
  record Missing(String reason, String remedy) implements Binaries {}

  /** Looks for the programs on this machine, telling of progress on standard error. */
  static Binaries find(Effort effort) {
    return find(effort, System.err::println);
  }

  /** Looks for the programs on this machine, with a line of progress every few seconds. */
  static Binaries find(Effort effort, Consumer<String> progress) {
    return find(Machine.here(), effort, progress);
  }

  static Binaries find(Machine machine, Effort effort, Consumer<String> progress) {
    var failures = new ArrayList<String>();
    for (BinarySource source : sources(machine, effort)) {
      var outcome = source.provide(progress);
      if (outcome instanceof BinarySource.Provided provided) {
        return provided.binaries();
      }
      failures.add(((BinarySource.Unavailable) outcome).reason());
    }
    return new Missing(String.join("; ", failures), remedy(effort));
  }

  private static List<BinarySource> sources(Machine machine, Effort effort) {
    var cache = new BinaryCache(machine);
    var sources =
        new ArrayList<BinarySource>(
            List.of(new KubebuilderAssets(machine), cache, new EnvtestDownload(cache, effort)));
    if (effort == Effort.WHATEVER_IT_TAKES) {
      sources.add(new GoModuleBuild(cache));
    }
    return List.copyOf(sources);
  }

  private static String remedy(Effort effort) {
    String byHand = "set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl";
    return effort == Effort.QUICK
        ? byHand + ", or allow a build from the Go module proxy (some ten minutes, once)"
        : byHand + ", or install Go 1.24 or newer with access to a module proxy";
  }
}
