package io.eventbackbone.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.kubeapi.Crds;
import io.eventbackbone.kubeapi.KubeApi;
import io.eventbackbone.kubeapi.RealKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator's image, run. */
@ExtendWith({Isolation.class, RealKubeApi.class})
class OperatorImageIT {

  private static final Pattern FILE_REFERENCE =
      Pattern.compile(
          "(certificate-authority|client-certificate|client-key): *[\"']?(/[^\"'\\s]+)[\"']?");

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
    Files.writeString(folder.resolve("kubeconfig"), selfContained(cluster.kubeconfig()));
    int port = Container.freePort();
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

  /** A kubeconfig with the certificates in it that it names files of. */
  private static String selfContained(String kubeconfig) throws IOException {
    var text = new StringBuilder();
    var reference = FILE_REFERENCE.matcher(kubeconfig);
    while (reference.find()) {
      byte[] content = Files.readAllBytes(Path.of(reference.group(2)));
      reference.appendReplacement(
          text, reference.group(1) + "-data: " + Base64.getEncoder().encodeToString(content));
    }
    return reference.appendTail(text).toString();
  }
}
