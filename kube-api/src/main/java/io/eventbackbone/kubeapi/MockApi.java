package io.eventbackbone.kubeapi;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

public final class MockApi implements KubeApi {
  static MockApi start(Path crds) {
    return new MockApi();
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.MOCK;
  }

  @Override
  public String kubeconfig() {
    return "";
  }

  @Override
  public KubernetesClient client() {
    return null;
  }

  @Override
  public void close() {}
}
