package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterTest {

  private static final Path SAMPLE = Path.of("../../samples/ecommerce");

  private Cluster cluster;

  @BeforeEach
  void applySample() {
    cluster = new Cluster(KubeApi.startMock(Path.of("../../crds")));
    cluster.apply(SAMPLE, Cluster.Pods.AS_WRITTEN);
  }

  @AfterEach
  void stop() {
    cluster.api().close();
  }

  @Test
  void namesTheOperatorsResourcesOfASample() {
    assertThat(Cluster.operatorResources(SAMPLE))
        .hasSize(12)
        .contains(
            "AwsAccount/backbone",
            "EventBackbone/event-platform/main",
            "EventRoute/event-platform/fan-out",
            "ServiceAccountBus/orders/orders",
            "EventSubscription/deliveries/orders");
  }

  @Test
  void tellsOnceThatAResourceBecameReady() {
    var news = new ClusterNews(cluster);
    assertThat(news.states()).isEmpty();
    assertThat(news.obstacles(Cluster.operatorResources(SAMPLE)))
        .contains("EventBackbone/event-platform/main: the operator has not seen it yet");

    makeReady();

    assertThat(news.states())
        .singleElement()
        .isEqualTo(
            new ResourceState(
                "EventBackbone/event-platform/main",
                ResourceState.Readiness.READY,
                "111111111111",
                "eu-west-1",
                "event-bus/global-bus, log /aws/events/global-bus"));
    assertThat(news.states()).isEmpty();
    assertThat(cluster.buses())
        .containsExactly(
            new Bus("global-bus", "111111111111", "eu-west-1", "/aws/events/global-bus", ""));
  }

  @Test
  void aWorkloadHasTheEnvironmentOfItsDeployment() {
    binding("orders", "deliveries-binding", "order-service");
    binding("deliveries", "orders-binding", "delivery-service");

    assertThat(cluster.workloads(SAMPLE))
        .containsExactly(
            new Workload(
                "order-service",
                "order-service",
                "222222222222",
                Map.of(
                    "EVENT_SOURCE",
                    "order-service",
                    "PORT",
                    "8080",
                    "DATABASE_URL",
                    "jdbc:h2:file:/data/order-service",
                    "EVENT_CONTRACTS",
                    "enforce",
                    "EVENT_CONTRACTS_DIR",
                    "/etc/event-contracts"),
                "/readyz"),
            new Workload(
                "delivery-service",
                "delivery-service",
                "333333333333",
                Map.of(
                    "EVENT_SOURCE",
                    "delivery-service",
                    "PORT",
                    "8080",
                    "DATABASE_URL",
                    "jdbc:h2:file:/data/delivery-service",
                    "EVENT_CONTRACTS",
                    "enforce",
                    "EVENT_CONTRACTS_DIR",
                    "/etc/event-contracts"),
                "/readyz"));
  }

  private void makeReady() {
    var status =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: EventBackbone
                metadata: {name: main, namespace: event-platform}
                status:
                  observedGeneration: 1
                  busArn: arn:aws:events:eu-west-1:111111111111:event-bus/global-bus
                  logGroupName: /aws/events/global-bus
                  conditions: [{type: Ready, status: "True", reason: Ready}]
                """,
                EventBackbone.class);
    cluster.api().client().resource(status).patchStatus();
  }

  private void binding(String namespace, String name, String source) {
    cluster
        .api()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToStringData("EVENT_SOURCE", source)
                .build())
        .create();
  }
}
