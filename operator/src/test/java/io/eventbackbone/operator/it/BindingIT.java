package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.kubeapi.RealKubeApi;
import io.eventbackbone.operator.topology.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Secret that a workload binds to, when the API server does not take it. */
@ExtendWith(RealKubeApi.class)
class BindingIT {

  private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  @AfterEach
  void leave() {
    world.close();
  }

  /** As quotas and policies do, which this API server has no controllers for. */
  @Test
  void aSecretThatIsRefusedIsToldAndTriedAgain() {
    Resource<Secret> secret =
        world
            .client()
            .secrets()
            .inNamespace(world.own("deliveries-#"))
            .withName("new-orders-binding");
    secret.edit(
        it ->
            new SecretBuilder(it)
                .addToStringData("EVENT_QUEUE_URL", "http://another")
                .withImmutable(true)
                .build());
    world.reason(
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        "Programmed",
        Reason.BINDING_REFUSED.text());
    EventSubscription told = world.get(EventSubscription.class, "deliveries-#", "new-orders");
    assertThat(World.condition(told, "Ready").getMessage()).contains("immutable");
    assertThat(World.condition(told, "Stalled").getStatus()).isEqualTo("True");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        world
                            .client()
                            .v1()
                            .events()
                            .inNamespace(world.own("deliveries-#"))
                            .list()
                            .getItems())
                    .extracting(Event::getReason)
                    .contains(Reason.BINDING_REFUSED.text()));

    secret.delete();
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    assertThat(secret.get().getImmutable()).isNull();
  }
}
