package io.eventbackbone.verification.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator's image, run. */
@ExtendWith({Isolation.class, RealKubeApi.class})
class OperatorImageIT {

  @TempDir private Path folder;

  @Test
  void tellsItsVersion() throws Exception {
    try (var operator = Container.start(Program.OPERATOR, folder, Map.of(), List.of("--version"))) {
      assertThat(operator.awaitExit()).isZero();
      assertThat(operator.output()).contains(ImageBuild.VERSION);
    }
  }

  @Test
  void becomesReadyInACluster(KubeApi cluster) throws Exception {
    Crds.apply(cluster.client(), ImageBuild.PROJECT.resolve("crds"));
    Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
    int port = Ports.any();
    try (var operator =
        Container.start(
            Program.OPERATOR,
            folder,
            Map.of("AWS_REGION", "eu-west-1", "KUBECONFIG", "/tmp/kubeconfig"),
            List.of("--http-port", String.valueOf(port)))) {
      operator.awaitOk(Container.get(port, "/readyz"));

      assertThat(operator.user()).isNotEqualTo("0");
      assertThat(operator.isRootReadOnly()).isTrue();
      assertThat(operator.awaitLog()).allMatch(line -> line.startsWith("{"));
    }
  }
}
