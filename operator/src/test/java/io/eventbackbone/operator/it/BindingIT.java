package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The Secret that a workload binds to, in the hands of others. Nothing collects garbage here: no
 * behaviour of the operator may need that.
 */
@ExtendWith(RealKubeApi.class)
class BindingIT {

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  /** As quotas and policies do, which this API server has no controllers for. */
  @Test
  void aSecretThatIsRefusedIsToldAndTriedAgain() {
    secret()
        .edit(it ->
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
    awaitEvent(Reason.BINDING_REFUSED);

    secret().delete();
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    assertThat(secret().get().getImmutable()).isNull();
  }

  @Test
  void aCopyIsNobodys() {
    Secret copy =
        new SecretBuilder(secret().get())
            .editMetadata()
            .withName("new-orders-binding-copy")
            .withUid(null)
            .withResourceVersion(null)
            .endMetadata()
            .build();
    world.client().resource(copy).create();
    Map<String, String> right = secret().get().getData();

    secret()
        .edit(it ->
            new SecretBuilder(it)
                .addToData("EVENT_SOURCE", "Yg==")
                .addToData("another", "Yg==")
                .build());

    await().until(() -> secret().get().getData().equals(right));
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    assertThat(world.client().resource(copy).get().getData()).isEqualTo(right);
  }

  @Test
  void aBackupWithoutOwnerIsTakenBack() {
    Secret backup =
        new SecretBuilder(secret().get())
            .editMetadata()
            .withUid(null)
            .withResourceVersion(null)
            .withCreationTimestamp(null)
            .withManagedFields(List.of())
            .withOwnerReferences(List.of())
            .addToLabels("velero.io/restore-name", "nightly")
            .addToAnnotations("velero.io/note", "of a person")
            .endMetadata()
            .build();
    world.stopOperator();
    secret().delete();
    world.client().resource(backup).create();

    world.startOperator();

    awaitOwner(secretUid());
    assertThat(secret().get().getMetadata().getLabels())
        .containsEntry("velero.io/restore-name", "nightly");
    assertThat(secret().get().getMetadata().getAnnotations())
        .containsEntry("velero.io/note", "of a person");
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  /** With Adopt, since AWS resources that a deleted subscription left are told by other tests. */
  @Test
  void aSubscriptionThatIsAppliedAgainTakesItsSecretBack() {
    world.apply(
        Ecommerce.BACKBONE.replace(
            "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  adoptionPolicy: Adopt"));
    String uid = secretUid();
    world.delete(EventSubscription.class, "deliveries-#", "new-orders");
    world.awaitGone(EventSubscription.class, "deliveries-#", "new-orders");

    world.apply(Ecommerce.SUBSCRIPTIONS);

    awaitOwner(uid);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  @Test
  void aSecretThatAnotherControllerHasIsAConflictUntilItIsGone() {
    OwnerReference other =
        new OwnerReferenceBuilder()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withName("web")
            .withUid("0-1-2")
            .withController(true)
            .build();
    secret()
        .edit(it ->
            new SecretBuilder(it)
                .editMetadata()
                .withOwnerReferences(other)
                .endMetadata()
                .withData(Map.of("password", "Yg=="))
                .build());

    String message =
        world
            .reason(
                EventSubscription.class,
                "deliveries-#",
                "new-orders",
                "Ready",
                Reason.RESOURCE_CONFLICT.text())
            .getMessage();
    assertThat(message).contains("Secret new-orders-binding", "Deployment web", "delete it");
    assertThat(secret().get().getData()).containsOnlyKeys("password");
    awaitEvent(Reason.RESOURCE_CONFLICT);

    secret().delete();
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    assertThat(secret().get().getData()).doesNotContainKey("password");
  }

  @Test
  void aLabelThatWasRemovedComesBack() {
    secret()
        .edit(it ->
            new SecretBuilder(it)
                .editMetadata()
                .removeFromLabels("app.kubernetes.io/managed-by")
                .endMetadata()
                .build());
    await()
        .until(() ->
            "event-backbone-operator"
                .equals(
                    secret().get().getMetadata().getLabels().get("app.kubernetes.io/managed-by")));
  }

  private Resource<Secret> secret() {
    return world
        .client()
        .secrets()
        .inNamespace(world.own("deliveries-#"))
        .withName("new-orders-binding");
  }

  private String secretUid() {
    return secret().get().getMetadata().getUid();
  }

  /**
   * Waits until the Secret of this UID has the subscription that is there now as its controller.
   */
  private void awaitOwner(String secretUid) {
    await()
        .untilAsserted(() -> {
          EventSubscription subscription =
              world.get(EventSubscription.class, "deliveries-#", "new-orders");
          Secret found = secret().get();
          assertThat(found.getMetadata().getUid()).isEqualTo(secretUid);
          assertThat(found.getMetadata().getOwnerReferences())
              .extracting(OwnerReference::getUid)
              .containsExactly(subscription.getMetadata().getUid());
        });
  }

  private void awaitEvent(Reason reason) {
    await()
        .untilAsserted(() ->
            assertThat(
                    world
                        .client()
                        .v1()
                        .events()
                        .inNamespace(world.own("deliveries-#"))
                        .list()
                        .getItems())
                .extracting(Event::getReason)
                .contains(reason.text()));
  }
}
