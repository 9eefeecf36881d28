package io.eventbackbone.operator.it;

import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.programs.Binaries;
import io.eventbackbone.local.launcher.Command;
import java.nio.file.Path;
import java.util.Map;

/** kubectl, as the admin of a cluster. */
final class Kubectl {

  private Kubectl() {}

  /** With a kubeconfig in the folder. */
  static Command of(KubeApi api, Path folder) {
    Binaries.Found found = (Binaries.Found) Binaries.find(Binaries.Effort.QUICK);
    return Command.of(found.kubectl(), Map.of())
        .with("--kubeconfig=" + api.writeKubeconfig(folder.resolve("kubeconfig")));
  }
}
