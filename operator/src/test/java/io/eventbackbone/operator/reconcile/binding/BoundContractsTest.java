package io.eventbackbone.operator.reconcile.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.operator.reconcile.binding.BoundObject.Ownership;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is particular to ConfigMaps; BindingTest has the rest. */
class BoundContractsTest {

  private static final BoundContracts CONTRACTS =
      new BoundContracts(
          new BoundOwner(subscription()), Map.of("a.json", "{}", "unknownTypes", "Allow"));

  @Test
  void itsOwnIsItsOwn() {
    assertThat(CONTRACTS.wanted().getMetadata().getName()).isEqualTo("orders-contracts");
    assertThat(CONTRACTS.ownershipOf(CONTRACTS.wanted())).isEqualTo(new Ownership.Own());
    assertThat(CONTRACTS.isIn(CONTRACTS.wanted())).isTrue();
  }

  @Test
  void aBackupWithoutOwnerIsTakenBackIfItIsMadeOfContracts() {
    assertThat(CONTRACTS.ownershipOf(backup(Map.of("b.json", "{}", "unknownTypes", "Warn"))))
        .isEqualTo(new Ownership.Own());
    assertThat(CONTRACTS.ownershipOf(backup(Map.of("application.yaml", "a: b"))))
        .isEqualTo(new Ownership.SomebodyElses("its entries are not contracts"));
    assertThat(CONTRACTS.ownershipOf(backup(null)))
        .isEqualTo(new Ownership.SomebodyElses("its entries are not contracts"));
  }

  @Test
  void aConfigMapWithoutTheLabelIsSomebodyElses() {
    ConfigMap found =
        new ConfigMapBuilder(backup(CONTRACTS.data()))
            .editMetadata()
            .withLabels(Map.of())
            .endMetadata()
            .build();
    assertThat(CONTRACTS.ownershipOf(found))
        .isEqualTo(
            new Ownership.SomebodyElses(
                "it has no label app.kubernetes.io/managed-by: event-backbone-operator"));
  }

  @Test
  void aRepairTakesOutWhatOthersPutIn() {
    ConfigMap found =
        new ConfigMapBuilder(CONTRACTS.wanted()).addToData("forged.json", "{}").build();
    assertThat(CONTRACTS.isIn(found)).isFalse();
    assertThat(CONTRACTS.repair(found).getData())
        .containsEntry("forged.json", null)
        .containsEntry("a.json", "{}");
  }

  private static ConfigMap backup(Map<String, String> data) {
    return new ConfigMapBuilder(CONTRACTS.wanted())
        .editMetadata()
        .withOwnerReferences()
        .endMetadata()
        .withData(data)
        .build();
  }

  private static EventSubscription subscription() {
    EventSubscription subscription = new EventSubscription();
    subscription.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("deliveries")
            .withName("orders")
            .withUid("new")
            .build());
    return subscription;
  }
}
