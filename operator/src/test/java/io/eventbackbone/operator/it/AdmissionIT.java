package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Who gets in, who does not, and what they are told. */
@ExtendWith(RealKubeApi.class)
class AdmissionIT {

  private static final Set<String> READS = Set.of("Describe", "List", "Get", "AssumeRole");

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
  }

  @Test
  void aWrongExternalIdIsToldWithWhatToDo(@TempDir Path folder) throws IOException {
    world
        .sandbox()
        .plant(
            Files.writeString(
                folder.resolve("seed.yaml"),
                world.own(
                    """
                    accounts:
                      "7#00000001":
                        roles:
                          event-backbone-operator:
                            trustPolicy:
                              Statement:
                                - Effect: Allow
                                  Principal: {AWS: "999999999999"}
                                  Action: sts:AssumeRole
                                  Condition: {StringEquals: {"sts:ExternalId": the-right-one}}
                            policies: {all: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}
                    """)));
    String account = Ecommerce.account("backbone", 1, "externalId: wrong-one");
    world.apply(account);
    assertThat(
            world
                .reason(AwsAccount.class, "", "backbone-#", "CredentialsReady", "RoleNotAssumable")
                .getMessage())
        .contains("could not be assumed", "trust policy", "external id in spec.externalId")
        .doesNotContain("wrong-one");
    assertThat(World.condition(world.get(AwsAccount.class, "", "backbone-#"), "Ready").getReason())
        .isEqualTo("RoleNotAssumable");

    world.apply(account.replace("wrong-one", "the-right-one"));
    world.ready(AwsAccount.class, "", "backbone-#");
  }

  @Test
  void theOperatorsOwnIdentityIsOnlyUsedInItsOwnAccount() {
    world.apply(Manifests.of("AwsAccount", "other-#", "accountId: \"7#00000001\""));
    assertThat(
            world
                .reason(AwsAccount.class, "", "other-#", "CredentialsReady", "WrongAccount")
                .getMessage())
        .contains("999999999999", "spec.roleArn", "set it to a role of");
  }

  @Test
  void withdrawnAdmissionWithdrawsAccess() {
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.ready(ServiceAccountBus.class, "deliveries-#", "deliveries");

    world.edit(
        Namespace.class,
        "",
        "deliveries-#",
        namespace -> {
          namespace.getMetadata().setLabels(Map.of("team", "nobody"));
          return namespace;
        });

    assertThat(
            world
                .reason(
                    ServiceAccountBus.class,
                    "deliveries-#",
                    "deliveries",
                    "Accepted",
                    "ReferenceNotAllowed")
                .getMessage())
        .contains("does not admit namespace", "spec.allowedNamespaces");
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      await()
          .untilAsserted(() -> {
            assertThat(global.listRules(it -> it.eventBusName("global-bus")).rules())
                .extracting(Rule::name)
                .doesNotContain("globalToDeliveryService");
            assertThat(global.describeEventBus(it -> it.name("global-bus")).policy())
                .doesNotContain(world.account(3));
          });
    }

    world.edit(
        Namespace.class,
        "",
        "deliveries-#",
        namespace -> {
          namespace.getMetadata().setLabels(Map.of("team", world.own("deliveries-#")));
          return namespace;
        });
    world.ready(ServiceAccountBus.class, "deliveries-#", "deliveries");
  }

  @Test
  void aSubscriptionThatItsBusNoLongerAdmitsLosesItsRuleAndKeepsItsQueue() {
    world.apply(
        Ecommerce.ALL.replace(
            "identifier: delivery-service",
            "identifier: delivery-service\n  allowedSubscriptions: {from: All}"));
    world.apply(
        Manifests.of(
            "EventSubscription",
            "orders-#/guest",
            "busRef: {name: deliveries, namespace: deliveries-#}",
            "filter: {detailTypes: [Order.Created]}"));
    EventSubscription guest = world.ready(EventSubscription.class, "orders-#", "guest");
    world.apply(
        Ecommerce.BUSES.replace(
            "identifier: delivery-service",
            "identifier: delivery-service\n  allowedSubscriptions: {from: Same}"));
    world.reason(EventSubscription.class, "orders-#", "guest", "Programmed", "Withdrawn");
    String rule = guest.getStatus().ruleArn().replaceFirst(".*/", "");
    try (EventBridgeClient local = world.eventBridge(world.account(3));
        var sqs = world.sqs(world.account(3))) {
      assertThat(local.listRules(it -> it.eventBusName("local-bus-delivery-service")).rules())
          .extracting(Rule::name)
          .doesNotContain(rule);
      assertThat(sqs.listQueues().queueUrls()).contains(guest.getStatus().queueUrl());
    }
  }

  @Test
  void anInvalidPatternIsToldWithItsPlaceAndLosesNothing() {
    world.apply(Ecommerce.ALL);
    EventSubscription before = world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.apply(
        Ecommerce.SUBSCRIPTIONS.replace(
            "filter: {detailTypes: [Order.Created]}",
            "filter: {pattern: {detail: {data: {total: [{numeric: ['>']}]}}}}"));
    assertThat(
            world
                .reason(
                    EventSubscription.class,
                    "deliveries-#",
                    "new-orders",
                    "Accepted",
                    "InvalidFilter")
                .getMessage())
        .contains("detail.data.total[0]");
    String rule = before.getStatus().ruleArn().replaceFirst(".*/", "");
    try (EventBridgeClient local = world.eventBridge(world.account(3))) {
      assertThat(
              local
                  .describeRule(it -> it.eventBusName("local-bus-delivery-service").name(rule))
                  .eventPattern())
          .contains("Order.Created");
    }
  }

  @Test
  void aRouteThatSpeaksOfTheSenderIsRefused() {
    world.apply(
        Ecommerce.NAMESPACES
            + Ecommerce.ACCOUNTS
            + Ecommerce.BACKBONE
            + Ecommerce.route("fan-out", "filter: {pattern: {account: ['1']}}"));
    world.reason(EventRoute.class, "platform-#", "fan-out", "Accepted", "InvalidFilter");
  }

  @Test
  void observeChangesNothingAndSaysWhatItWouldDo() {
    world.apply(
        Ecommerce.ALL.replace(
            "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  managementPolicy: Observe"));
    EventBackbone backbone =
        world.until(
            EventBackbone.class, "platform-#", "main", it -> !it.getStatus().plan().isEmpty());
    assertThat(backbone.getStatus().plan())
        .anySatisfy(change -> {
          assertThat(change.action()).isEqualTo("Create");
          assertThat(change.resource()).contains("EventBus global-bus");
        });
    assertThat(
            world
                .reason(EventBackbone.class, "platform-#", "main", "InSync", "Drifted")
                .getMessage())
        .contains("Create EventBus global-bus");
    assertThat(writes()).isEmpty();
  }

  @Test
  void aForeignBusIsLeftAloneUntilItsAdoptionIsAskedFor() {
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      global.createEventBus(it -> it.name("global-bus"));
      world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS + Ecommerce.BACKBONE);
      assertThat(
              world
                  .reason(
                      EventBackbone.class, "platform-#", "main", "Programmed", "ResourceConflict")
                  .getMessage())
          .contains("EventBus global-bus", "adoptionPolicy");
      assertThat(global.listRules(it -> it.eventBusName("global-bus")).rules()).isEmpty();

      world.apply(
          Ecommerce.BACKBONE.replace(
              "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  adoptionPolicy: Adopt"));
      EventBackbone adopted = world.ready(EventBackbone.class, "platform-#", "main");
      assertThat(
              global.listTagsForResource(it -> it.resourceARN(adopted.getStatus().busArn())).tags())
          .isNotEmpty();
    }
  }

  @Test
  void aJoiningBusTouchesNoOtherAccountThanItsOwnAndTheBackbones() {
    world.apply(Ecommerce.ALL.replace("driftCheckInterval: 2s", "driftCheckInterval: 1h"));
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.ready(EventSubscription.class, "orders-#", "deliveries");
    world.until(
        EventBackbone.class,
        "platform-#",
        "main",
        it -> it.getStatus().buses() != null && it.getStatus().buses().ready() == 2);
    int before = callsOnceSettled();
    world.apply(Ecommerce.service("billing", 4));
    world.until(
        EventBackbone.class, "platform-#", "main", it -> it.getStatus().buses().ready() == 3);
    List<RecordedCall> calls = world.sandbox().calls();
    assertThat(calls.subList(before, calls.size()))
        .extracting(RecordedCall::accountId)
        .doesNotContain(world.account(2), world.account(3));
  }

  /** The number of calls when no more follow: what was just made wakes others to count it. */
  private int callsOnceSettled() {
    AtomicInteger last = new AtomicInteger();
    await()
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          int now = world.sandbox().calls().size();
          return last.getAndSet(now) == now;
        });
    return last.get();
  }

  private List<RecordedCall> writes() {
    return world.sandbox().calls().stream()
        .filter(call -> READS.stream().noneMatch(call.operation()::startsWith))
        .toList();
  }
}
