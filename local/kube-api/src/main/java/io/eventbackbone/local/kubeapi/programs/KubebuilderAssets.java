package io.eventbackbone.local.kubeapi.programs;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The folder that controller-runtime's tools leave their binaries in. */
record KubebuilderAssets(Machine machine) implements BinarySource {

  private static final String VARIABLE = "KUBEBUILDER_ASSETS";

  @Override
  public Outcome provide(Consumer<String> progress) {
    var folder = machine.variable(VARIABLE);
    if (folder.isEmpty()) {
      return new Unavailable(VARIABLE + " is not set");
    }
    return Binaries.Found.in(Path.of(folder.get()), machine, VARIABLE + "=" + folder.get())
        .<Outcome>map(Provided::new)
        .orElseGet(() ->
            new Unavailable(
                VARIABLE + "=" + folder.get() + " lacks kube-apiserver, etcd or kubectl"));
  }
}
