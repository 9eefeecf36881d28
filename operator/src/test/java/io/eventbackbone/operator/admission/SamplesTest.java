package io.eventbackbone.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples as {@code kubectl apply -k} applies them, one object after the other. */
class SamplesTest {

  private static final Path SAMPLES = Path.of("..", "samples");

  @Test
  void applyWithoutAWarning() throws IOException {
    Cluster cluster = Cluster.of();
    for (String sample : List.of("ecommerce", "third-account")) {
      String kustomization = Files.readString(SAMPLES.resolve(sample + "/kustomization.yaml"));
      assertThat(kustomization)
          .as("otherwise kubectl sorts the objects by kind")
          .contains("sortOptions: {order: fifo}");
      for (String line : kustomization.lines().filter(it -> it.startsWith("- ")).toList()) {
        String manifests = Files.readString(SAMPLES.resolve(sample).resolve(line.substring(2)));
        Manifests.documents(manifests).map(Cluster::read).forEach(it -> apply(it, cluster));
      }
    }
  }

  private static void apply(HasMetadata object, Cluster cluster) {
    if (object instanceof BackboneResource<?, ?>) {
      assertThat(new Reviewer(cluster).decide(object))
          .as("%s %s", object.getKind(), object.getMetadata().getName())
          .isEqualTo(Decision.ALLOWED);
    }
    cluster.apply(object);
  }
}
