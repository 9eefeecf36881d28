package io.eventbackbone.local.kubeapi.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A build of kube-apiserver and etcd (and kubectl where there is none) from their sources in the Go
 * module proxy.
 */
record GoModuleBuild(BinaryCache cache) implements BinarySource {

  @Override
  public Outcome provide(Consumer<String> progress) {
    var go = cache.machine().onPath("go");
    if (go.isEmpty()) {
      return new Unavailable("no go on the PATH to build them with");
    }
    return cache.fill(progress, workspace -> build(go.get(), workspace, progress));
  }

  private BinaryCache.Filled build(Path go, Path workspace, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path out =
        new KubernetesModule(go, cache.machine(), workspace, progress)
            .build(programs(), "some ten minutes on two cores");
    return new BinaryCache.Filled(KubeVersion.KUBERNETES, out);
  }

  private List<KubernetesModule.Program> programs() {
    var programs = new ArrayList<>(List.of(KubernetesModule.ETCD, KubernetesModule.KUBE_APISERVER));
    if (cache.machine().onPath("kubectl").isEmpty()) {
      programs.add(KubernetesModule.KUBECTL);
    }
    return programs;
  }
}
