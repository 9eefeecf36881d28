package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Cluster.ECOMMERCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

  private static final String OUTSIDER =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: outside, labels: {team: outside}}}
      ---
      """;

  @Test
  void theExampleIsAdmitted() {
    Cluster cluster = Cluster.of(ECOMMERCE);
    Admissions admissions = new Admissions(cluster);
    assertThat(admissions.backbone(cluster.get(EventBackbone.class, "main")))
        .isInstanceOf(Admitted.class);
    assertThat(admissions.bus(cluster.get(ServiceAccountBus.class, "orders")))
        .isInstanceOf(Admitted.class);
    assertThat(admissions.subscription(cluster.get(EventSubscription.class, "new-orders")))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void theYoungerOfTwoAccountsWithOneNumberIsRefused() {
    Cluster cluster = Cluster.of(ECOMMERCE, account("twin", "222222222222", "{from: All}"));
    Admissions admissions = new Admissions(cluster);
    assertThat(admissions.account(cluster.get(AwsAccount.class, "orders")))
        .isInstanceOf(Admitted.class);
    assertRefused(
        admissions.account(cluster.get(AwsAccount.class, "twin")),
        Reason.ACCOUNT_ID_CONFLICT,
        "already AwsAccount orders");
  }

  @Test
  void aBackboneNeedsItsAccount() {
    Cluster cluster =
        Cluster.of(
            Manifests.of(
                "EventBackbone",
                "event-platform/main",
                "accountRef: {name: nowhere}",
                "region: eu-west-1"));
    assertRefused(
        new Admissions(cluster).backbone(cluster.get(EventBackbone.class, "main")),
        Reason.REFERENCE_NOT_FOUND,
        "spec.accountRef: AwsAccount nowhere does not exist");
  }

  @Test
  void anAccountAdmitsByNamespaceLabels() {
    Cluster cluster = Cluster.of(ECOMMERCE, OUTSIDER + bus("thief", "outside", "orders", "thief"));
    assertRefused(
        new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "thief")),
        Reason.REFERENCE_NOT_ALLOWED,
        "AwsAccount orders does not admit namespace outside: label the namespace team=orders (now"
            + " outside), or have its owner admit it in spec.allowedNamespaces");
  }

  @Test
  void bothSidesOfABusAreToldAtOnce() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE.replace(
                "allowedBuses: {from: All}",
                "allowedBuses: {from: Selector, selector: {matchLabels: {backbone: main}}}"),
            OUTSIDER + bus("thief", "outside", "orders", "thief"));
    assertRefused(
        new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "thief")),
        Reason.REFERENCE_NOT_ALLOWED,
        "EventBackbone event-platform/main does not admit namespace outside: label the namespace"
            + " backbone=main, or have its owner admit it in spec.allowedBuses; AwsAccount orders"
            + " does not admit namespace outside: label the namespace team=orders (now outside)");
  }

  @Test
  void anAccountAdmitsNobodyByDefault() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE,
            OUTSIDER
                + account("closed", "444444444444", "{}")
                + "---\n"
                + bus("b", "outside", "closed", "b"));
    assertRefused(
        new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "b")),
        Reason.REFERENCE_NOT_ALLOWED,
        "spec.allowedNamespaces");
  }

  @Test
  void aBackboneAdmitsItsOwnNamespaceByDefault() {
    Cluster cluster = Cluster.of(ECOMMERCE);
    EventBackbone closed =
        Cluster.of(ECOMMERCE.replace("allowedBuses: {from: All}", ""))
            .get(EventBackbone.class, "main");
    cluster.apply(closed);
    assertRefused(
        new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "orders")),
        Reason.REFERENCE_NOT_ALLOWED,
        "EventBackbone event-platform/main does not admit namespace orders");
  }

  @Test
  void twoIdentifiersOfOneRuleConflict() {
    Cluster cluster = Cluster.of(ECOMMERCE, bus("copy", "orders", "orders", "order.service"));
    assertRefused(
        new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "copy")),
        Reason.IDENTIFIER_CONFLICT,
        "globalToOrderService as ServiceAccountBus orders/orders");
  }

  @Test
  void aBusThatIsNotAdmittedTakesNobodysIdentifier() {
    Cluster cluster =
        Cluster.of(OUTSIDER + bus("thief", "outside", "orders", "order-service"), ECOMMERCE);
    assertThat(new Admissions(cluster).bus(cluster.get(ServiceAccountBus.class, "orders")))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void aBusAdmitsSubscriptionsOfItsOwnNamespaceByDefault() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE,
            OUTSIDER
                + Manifests.of(
                    "EventSubscription",
                    "outside/spy",
                    "busRef: {name: orders, namespace: orders}",
                    "filter: {detailTypes: [Order.Created]}"));
    assertRefused(
        new Admissions(cluster).subscription(cluster.get(EventSubscription.class, "spy")),
        Reason.REFERENCE_NOT_ALLOWED,
        "ServiceAccountBus orders/orders does not admit namespace outside");
  }

  @Test
  void aFilterIsRefusedWithThePlace() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE.replace(
                "filter: {detailTypes: [Order.Created]}",
                "filter: {pattern: {detail: {data: {total: [{numeric: ['>']}]}}}}"));
    assertRefused(
        new Admissions(cluster).subscription(cluster.get(EventSubscription.class, "new-orders")),
        Reason.INVALID_FILTER,
        "detail.data.total");
  }

  @Test
  void aRefusedReferenceSaysWhy() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE,
            OUTSIDER + bus("thief", "outside", "orders", "thief"),
            Manifests.of(
                "EventSubscription",
                "outside/loot",
                "busRef: {name: thief}",
                "filter: {detailTypes: [Order.Created]}"));
    assertRefused(
        new Admissions(cluster).subscription(cluster.get(EventSubscription.class, "loot")),
        Reason.REFERENCE_REFUSED,
        "ServiceAccountBus outside/thief is not accepted: AwsAccount orders does not admit");
  }

  @Test
  void aRouteMayNotSpeakOfTheSender() {
    Cluster cluster =
        Cluster.of(
            ECOMMERCE,
            Manifests.of(
                "EventRoute",
                "event-platform/forged",
                "backboneRef: {name: main}",
                "filter: {pattern: {account: [\"222222222222\"]}}"));
    Admissions admissions = new Admissions(cluster);
    EventRoute route = cluster.get(EventRoute.class, "forged");
    assertRefused(
        admissions.backboneOf(route).then(backbone -> admissions.route(route, backbone)),
        Reason.INVALID_FILTER,
        "account");
  }

  private static void assertRefused(Admission<?> admission, Reason reason, String message) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.message()).contains(message);
            });
  }

  private static String account(String name, String id, String allowedNamespaces) {
    return Manifests.of(
        "AwsAccount",
        name,
        "accountId: \"%s\"".formatted(id),
        "allowedNamespaces: " + allowedNamespaces);
  }

  private static String bus(String name, String namespace, String account, String identifier) {
    return Manifests.of(
        "ServiceAccountBus",
        namespace + "/" + name,
        "backboneRef: {name: main, namespace: event-platform}",
        "accountRef: {name: %s}".formatted(account),
        "identifier: " + identifier);
  }
}
