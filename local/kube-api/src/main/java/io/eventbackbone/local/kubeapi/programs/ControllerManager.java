package io.eventbackbone.local.kubeapi.programs;

import io.eventbackbone.local.kubeapi.programs.Binaries.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The kube-controller-manager that goes with a kube-apiserver, or why there is none. The envtest
 * archives have none. It is looked for beside the kube-apiserver and in the cache, and built from
 * the Go module proxy otherwise, alone: the other programs stay as they are.
 */
public sealed interface ControllerManager {

  /** A program to start controllers with. */
  record Found(Path program) implements ControllerManager {}

  /**
   * No program.
   *
   * @param reason half a sentence
   */
  record Missing(String reason) implements ControllerManager {}

  /** Looks for it on this machine, with a line of progress every few seconds of a build. */
  static ControllerManager find(Binaries.Found binaries, Effort effort, Consumer<String> progress) {
    return find(Machine.here(), binaries, effort, progress);
  }

  static ControllerManager find(
      Machine machine, Binaries.Found binaries, Effort effort, Consumer<String> progress) {
    var manager = KubernetesModule.KUBE_CONTROLLER_MANAGER;
    var cache = new BinaryCache(machine);
    Path beside = binaries.kubeApiserver().resolveSibling(manager.name());
    Path cached = cache.program(manager.name(), KubeVersion.KUBERNETES);
    for (Path program : List.of(beside, cached)) {
      if (Files.isExecutable(program)) {
        return new Found(program);
      }
    }
    var go = machine.onPath("go");
    if (effort == Effort.QUICK || go.isEmpty()) {
      return new Missing(
          "neither %s nor %s is there%s"
              .formatted(beside, cached, go.isEmpty() ? ", nor a go on the PATH to build it" : ""));
    }
    try {
      cache.add(
          cached,
          progress,
          workspace ->
              new KubernetesModule(go.get(), machine, workspace, progress)
                  .build(List.of(manager), "some minutes on two cores")
                  .resolve(manager.name()));
      return new Found(cached);
    } catch (IOException e) {
      return new Missing(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Missing("interrupted");
    }
  }
}
