package io.eventbackbone.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.reception.Json;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditLogTest {

  private static View<AuditLog> log(String kindAndName, String... manifests) {
    Snapshot snapshot = Snapshot.of(Cluster.of(manifests).objects());
    HasMetadata object =
        snapshot.customResources().stream()
            .filter(it -> (it.getKind() + " " + Snapshot.key(it)).equals(kindAndName))
            .findFirst()
            .orElseThrow();
    return AuditLog.of(object, Sight.whole(snapshot));
  }

  private static Logged event(String detailType) {
    return new Logged(
        "group",
        "stream",
        Instant.EPOCH,
        (ObjectNode) Json.read("{\"detail-type\": \"%s\", \"detail\": {}}".formatted(detailType)));
  }

  @Test
  void aBackboneAndABusHaveALogOfTheirOwn() {
    AuditLog global =
        log("EventBackbone event-platform/main", Cluster.ECOMMERCE).seen().orElseThrow();
    assertThat(global.group()).isEqualTo("/aws/events/global-bus");
    assertThat(global.scope().accountId()).isEqualTo("111111111111");
    AuditLog local = log("ServiceAccountBus orders/orders", Cluster.ECOMMERCE).seen().orElseThrow();
    assertThat(local.group()).isEqualTo("/aws/events/local-bus-order-service");
    assertThat(local.isOfObject()).accepts(event("Order.Created"), event("Any.Other"));
  }

  @Test
  void aSubscriptionHasWhatItsFilterMatches() {
    AuditLog log =
        log("EventSubscription deliveries/new-orders", Cluster.ECOMMERCE).seen().orElseThrow();

    assertThat(log.group()).isEqualTo("/aws/events/local-bus-delivery-service");
    assertThat(log.isOfObject()).accepts(event("Order.Created")).rejects(event("Order.Updated"));
  }

  @Test
  void saysWhyThereIsNone() {
    String off =
        Cluster.ECOMMERCE.replace(
            "allowedBuses: {from: All}", "allowedBuses: {from: All}\n  audit: {enabled: false}");
    assertThat(log("EventBackbone event-platform/main", off))
        .isInstanceOfSatisfying(
            View.Unseen.class,
            it -> assertThat(it.why()).contains("which is off", "kubectl patch"));
    String refused =
        Cluster.ECOMMERCE.replace("accountRef: {name: orders}", "accountRef: {name: none}");
    assertThat(log("ServiceAccountBus orders/orders", refused)).isInstanceOf(View.Unseen.class);
    assertThat(log("EventRoute event-platform/fan-out", Cluster.ECOMMERCE))
        .isInstanceOf(View.Missing.class);
  }
}
