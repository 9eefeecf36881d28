package io.eventbackbone.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database of the example's services goes with the number of their replicas. */
class ReplicasIT {

  private static final Path SAMPLES = Path.of("../..", "samples");

  @Test
  void oneReplicaKeepsItsEmbeddedDatabaseOnAVolume() throws Exception {
    List<HasMetadata> objects = kustomized("ecommerce");
    assertThat(deployments(objects))
        .hasSize(2)
        .allSatisfy(deployment -> {
          assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
          assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
          assertThat(database(deployment)).startsWith("jdbc:h2:file:/data/");
          assertThat(container(deployment).getVolumeMounts())
              .anyMatch(mount -> mount.getMountPath().equals("/data"));
          assertThat(claims(deployment))
              .singleElement()
              .satisfies(claim -> assertThat(claimsOf(objects)).contains(claim));
        });
  }

  @Test
  void moreReplicasTakePostgresql() throws Exception {
    List<HasMetadata> objects = kustomized("postgresql");
    assertThat(claimsOf(objects)).isEmpty();
    assertThat(deployments(objects))
        .hasSize(2)
        .allSatisfy(deployment -> {
          assertThat(deployment.getSpec().getReplicas()).isGreaterThan(1);
          assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
          assertThat(container(deployment).getEnv()).noneMatch(ReplicasIT::isDatabase);
          assertThat(container(deployment).getEnvFrom())
              .extracting(source -> source.getSecretRef().getName())
              .contains("database");
          assertThat(claims(deployment)).isEmpty();
        });
  }

  private static List<HasMetadata> kustomized(String sample)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                RealKubeApi.kubectl(ReplicasIT.class).toString(),
                "kustomize",
                SAMPLES.resolve(sample).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream manifests = process.getInputStream()) {
      List<HasMetadata> objects = new KubernetesSerialization().unmarshal(manifests);
      assertThat(process.waitFor()).isZero();
      return objects;
    }
  }

  private static List<Deployment> deployments(List<HasMetadata> objects) {
    return objects.stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .toList();
  }

  private static List<String> claimsOf(List<HasMetadata> objects) {
    return objects.stream()
        .filter(PersistentVolumeClaim.class::isInstance)
        .map(it -> it.getMetadata().getName())
        .toList();
  }

  private static List<String> claims(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(claim -> claim != null)
        .map(claim -> claim.getClaimName())
        .toList();
  }

  private static String database(Deployment deployment) {
    return container(deployment).getEnv().stream()
        .filter(ReplicasIT::isDatabase)
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isDatabase(EnvVar variable) {
    return variable.getName().equals("DATABASE_URL");
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }
}
