package io.eventbackbone.local.kubeapi;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster that runs already and goes on when this is closed. */
public final class GivenCluster implements KubeApi {

  private final String kubeconfig;
  private final KubernetesClient client;

  private GivenCluster(String kubeconfig, KubernetesClient client) {
    this.kubeconfig = kubeconfig;
    this.client = client;
  }

  static GivenCluster of(Path file) {
    try {
      var config = Config.fromKubeconfig(file.toFile());
      return new GivenCluster(
          Files.readString(file), new KubernetesClientBuilder().withConfig(config).build());
    } catch (IOException e) {
      throw new UncheckedIOException("no kubeconfig could be read from " + file, e);
    }
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.REAL;
  }

  @Override
  public String kubeconfig() {
    return kubeconfig;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
