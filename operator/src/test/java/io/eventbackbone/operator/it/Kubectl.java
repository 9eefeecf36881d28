package io.eventbackbone.operator.it;

import io.eventbackbone.local.kubeapi.Binaries;
import io.eventbackbone.local.kubeapi.KubeApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * kubectl, as the admin of a cluster.
 *
 * @param kubeconfig of the admin
 */
record Kubectl(Path program, Path kubeconfig) {

  /** How a command ended, and all that it said. */
  record Outcome(int exitCode, String output) {}

  /** With a kubeconfig in the folder. */
  static Kubectl of(KubeApi api, Path folder) {
    Binaries.Found found = (Binaries.Found) Binaries.find(Binaries.Effort.QUICK);
    return new Kubectl(found.kubectl(), api.writeKubeconfig(folder.resolve("kubeconfig")));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
