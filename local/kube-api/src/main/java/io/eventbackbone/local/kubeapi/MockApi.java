package io.eventbackbone.local.kubeapi;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * fabric8's mock server in CRUD mode, with what it lacks in front of it so that kubectl's get,
 * describe, apply and delete work: discovery, tables, server-side apply, watches by polling. Plain
 * HTTP on loopback, no authentication.
 *
 * <p>It is no Kubernetes. Defaults are filled in, but no schema and no rule is checked; an apply
 * never conflicts with another manager's.
 */
public final class MockApi implements KubeApi {

  /** It logs every request at INFO, to the console where java.util.logging has no configuration. */
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private MockApi(KubernetesMockServer server) {
    this.server = server;
    this.client = server.createClient();
  }

  static MockApi start(Path crdFolder) {
    var crds = Crds.read(crdFolder);
    var store = new ObjectStore();
    crds.forEach(crd -> store.expectCustomResource(CustomResourceDefinitionContext.fromCrd(crd)));
    var kinds =
        Stream.concat(ServedKind.BUILT_IN.stream(), crds.stream().flatMap(ServedKind::of)).toList();
    var server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new MockDispatcher(store, kinds),
            false);
    REQUESTS.setLevel(Level.WARNING);
    server.init();
    var api = new MockApi(server);
    for (String namespace : List.of("default", "kube-system")) {
      api.client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
    crds.forEach(crd -> api.client.resource(established(crd)).create());
    return api;
  }

  private static CustomResourceDefinition established(CustomResourceDefinition crd) {
    return new CustomResourceDefinitionBuilder(crd)
        .withNewStatus()
        .addNewCondition()
        .withType("Established")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  @Override
  public Fidelity fidelity() {
    return Fidelity.MOCK;
  }

  @Override
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: mock
      cluster:
        server: http://%s:%d
    users:
    - name: mock
      user: {}
    contexts:
    - name: mock
      context:
        cluster: mock
        user: mock
        namespace: default
    current-context: mock
    """
        .formatted(server.getHostName(), server.getPort());
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
