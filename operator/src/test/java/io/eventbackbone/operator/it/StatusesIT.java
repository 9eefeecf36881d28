package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * The objects of src/test/resources/statuses, recorded as the API server returns them, are what the
 * operator makes of them still. {@code -Dstatuses.write} records those that are not.
 */
@ExtendWith(RealKubeApi.class)
class StatusesIT {

  private static final Path RECORDED = Path.of("src", "test", "resources", "statuses");
  private static final boolean WRITES = System.getProperty("statuses.write") != null;

  /** What differs between worlds: the numbers in names and accounts. */
  private static final Pattern WORLD =
      Pattern.compile(
          "\\b(7(?=\\d{3}0000000\\d\\b)|(?:platform|backbone|orders|deliveries|other)-)\\d{3}");

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1:)\\d+");

  @AutoClose private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
  }

  @Test
  void whatIsReady() throws IOException {
    world.apply(Ecommerce.ALL);
    record("awsaccount-ready", AwsAccount.class, "", "orders-#", Reason.READY);
    record("eventbackbone-ready", EventBackbone.class, "platform-#", "main", Reason.READY);
    record("serviceaccountbus-ready", ServiceAccountBus.class, "orders-#", "orders", Reason.READY);
    world.until(
        EventRoute.class, "platform-#", "fan-out", it -> it.getStatus().buses().programmed() == 2);
    record("eventroute-ready", EventRoute.class, "platform-#", "fan-out", Reason.READY);
    record(
        "eventsubscription-ready",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.READY);

    world.apply(suspended());
    world.until(
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        it -> World.condition(it, "Ready").getMessage().startsWith("suspended"));
    record(
        "eventsubscription-suspended",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.READY);

    world.delete(EventBackbone.class, "platform-#", "main");
    record(
        "eventbackbone-deletion-blocked",
        EventBackbone.class,
        "platform-#",
        "main",
        Reason.DELETION_BLOCKED);
  }

  @Test
  void whatNoRouteBringsAnEvent() throws IOException {
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.delete(EventRoute.class, "platform-#", "fan-out");
    record(
        "eventsubscription-nothing-routed",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.NOTHING_ROUTED);
    world.apply(Ecommerce.ROUTE);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
  }

  @Test
  void whatTheOperatorHasNotSeen() throws IOException {
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.stopOperator();
    world.apply(suspended());
    record("eventsubscription-changed", EventSubscription.class, "deliveries-#", "new-orders");
    world.apply(Ecommerce.route("unseen"));
    record("eventroute-unseen", EventRoute.class, "platform-#", "unseen");
    world.startOperator();
  }

  @Test
  void referencesThatAreNotAdmitted() throws IOException {
    world.apply(Ecommerce.NAMESPACES);
    world.apply(Ecommerce.BUSES);
    record(
        "serviceaccountbus-reference-not-found",
        ServiceAccountBus.class,
        "orders-#",
        "orders",
        Reason.REFERENCE_NOT_FOUND);

    world.apply(Ecommerce.ACCOUNTS + Ecommerce.BACKBONE);
    world.ready(ServiceAccountBus.class, "orders-#", "orders");
    world.apply(Ecommerce.account("other", 2, "allowedNamespaces: {from: All}"));
    record(
        "awsaccount-account-id-conflict",
        AwsAccount.class,
        "",
        "other-#",
        Reason.ACCOUNT_ID_CONFLICT);
    world.apply(bus("refused", "other-#", "refused"));
    record(
        "serviceaccountbus-reference-refused",
        ServiceAccountBus.class,
        "orders-#",
        "refused",
        Reason.REFERENCE_REFUSED);
    world.apply(bus("not-allowed", "deliveries-#", "not-allowed"));
    record(
        "serviceaccountbus-reference-not-allowed",
        ServiceAccountBus.class,
        "orders-#",
        "not-allowed",
        Reason.REFERENCE_NOT_ALLOWED);
    world.apply(bus("namesake", "orders-#", "delivery-service"));
    record(
        "serviceaccountbus-identifier-conflict",
        ServiceAccountBus.class,
        "orders-#",
        "namesake",
        Reason.IDENTIFIER_CONFLICT);
  }

  @Test
  void contracts() throws IOException {
    world.apply(
        Ecommerce.ALL.replace(
            "driftCheckInterval: 2s",
            "driftCheckInterval: 2s\n  conventions: {unknownTypes: Refuse}"));
    record(
        "eventsubscription-unknown-detail-type",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.UNKNOWN_DETAIL_TYPE);
    world.apply(Ecommerce.type("created", "Order.Created", "{type: object}"));
    world.until(
        EventType.class,
        "orders-#",
        "created",
        it -> it.getStatus().receivers() != null && it.getStatus().receivers().total() == 1);
    recordType("ready", "created", Reason.READY);
    world.apply(Ecommerce.type("namesake", "Order.Created", "{type: object}"));
    recordType("detail-type-conflict", "namesake", Reason.DETAIL_TYPE_CONFLICT);
    world.apply(Ecommerce.type("unconventional", "order-created", "{type: object}"));
    recordType("invalid-detail-type", "unconventional", Reason.INVALID_DETAIL_TYPE);
    world.apply(Ecommerce.type("limited", "Order.Limited", "{type: object, minProperties: 1}"));
    recordType("invalid-schema", "limited", Reason.INVALID_SCHEMA);
    world.apply(
        Ecommerce.type(
            "changed",
            "Order.Changed",
            "{type: object, properties: {total: {type: number}}}",
            "{type: object, properties: {total: {type: string}}}"));
    recordType("incompatible", "changed", Reason.INCOMPATIBLE);
  }

  private void recordType(String file, String name, Reason reason) throws IOException {
    record("eventtype-" + file, EventType.class, "orders-#", name, reason);
  }

  @Test
  void replays() throws IOException {
    world.apply(
        Ecommerce.ALL.replaceAll("(identifier: delivery-.*)", "$1\n  archive: {enabled: true}"));
    Ecommerce.awaitReady(world);
    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
    awaitArchive();
    world.apply(replay("deliveries", "none", "new-orders", longAgo, longAgo.plusSeconds(1)));
    recordReplay("not-archived", "none", Reason.NOT_ARCHIVED);
    world.apply(
        replay(
            "deliveries", "future", "new-orders", longAgo, Instant.parse("2999-01-01T00:00:00Z")));
    recordReplay("invalid-window", "future", Reason.INVALID_WINDOW);
    world.apply(suspended());
    world.apply(replay("deliveries", "suspended", "new-orders", longAgo, Instant.now()));
    recordReplay("subscription-suspended", "suspended", Reason.SUBSCRIPTION_SUSPENDED);
    world.delete(EventReplay.class, "deliveries-#", "suspended");
    world.awaitGone(EventReplay.class, "deliveries-#", "suspended");
    world.apply(Ecommerce.SUBSCRIPTIONS);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");

    world.apply(replay("deliveries", "short", "new-orders", longAgo, Instant.now()));
    recordReplay("ready", "short", Reason.READY);
    publishManyMinutes();
    Instant now = Instant.now();
    for (int i = 0; i < 10; i++) {
      String name = "long-" + i;
      world.apply(replay("deliveries", name, "new-orders", longAgo, now));
      world.until(
          EventReplay.class,
          "deliveries-#",
          name,
          it -> it.getStatus().phase() == Phase.RUNNING && it.getStatus().startTime() != null);
    }
    recordReplay("replaying", "long-0", Reason.REPLAYING);
    world.apply(replay("deliveries", "eleventh", "new-orders", longAgo, now));
    recordReplay("replays-exhausted", "eleventh", Reason.REPLAYS_EXHAUSTED);
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      String arn = world.get(EventReplay.class, "deliveries-#", "long-0").getStatus().replayArn();
      deliveries.cancelReplay(it -> it.replayName(arn.replaceFirst(".*/", "")));
      recordReplay("replay-cancelled", "long-0", Reason.REPLAY_CANCELLED);
    }
    world.sandbox().reset();
    recordReplay("replay-failed", "long-1", Reason.REPLAY_FAILED);
  }

  @Test
  void replaysThatWait() throws IOException {
    world.apply(
        Ecommerce.ALL
            .replaceAll("(identifier: delivery-.*)", "$1\n  archive: {enabled: true}")
            .replace(
                "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  managementPolicy: Observe"));
    world.apply(
        replay(
            "deliveries",
            "early",
            "new-orders",
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.now()));
    recordReplay("receiver-not-ready", "early", Reason.RECEIVER_NOT_READY);
  }

  private void recordReplay(String file, String name, Reason reason) throws IOException {
    record("eventreplay-" + file, EventReplay.class, "deliveries-#", name, reason);
  }

  private static String replay(
      String team, String name, String subscription, Instant from, Instant to) {
    return Manifests.of(
        "EventReplay",
        "%s-#/%s".formatted(team, name),
        "subscriptionRef: {name: %s}".formatted(subscription),
        "from: \"%s\"".formatted(from),
        "to: \"%s\"".formatted(to));
  }

  private void awaitArchive() {
    try (EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      await().until(() -> deliveries.listArchives(it -> {}).archives().size() == 1);
    }
  }

  /** So many that a replay of them takes longer than the test. */
  private void publishManyMinutes() {
    Instant now = Instant.now();
    try (EventBridgeClient orders = world.eventBridge(world.account(2));
        EventBridgeClient deliveries = world.eventBridge(world.account(3))) {
      for (int i = 0; i < 1_000; i += 10) {
        int first = i;
        List<PutEventsRequestEntry> entries =
            IntStream.range(first, first + 10)
                .mapToObj(minute ->
                    PutEventsRequestEntry.builder()
                        .eventBusName(
                            world.own("arn:aws:events:eu-west-1:7#00000001:event-bus/global-bus"))
                        .source("order-service")
                        .detailType("Order.Created")
                        .time(now.minus(minute, ChronoUnit.MINUTES))
                        .detail("{}")
                        .build())
                .toList();
        orders.putEvents(it -> it.entries(entries));
      }
      await()
          .until(() -> deliveries.listArchives(it -> {}).archives().get(0).eventCount() == 1_000);
    }
  }

  @Test
  void filtersThatAreRefused() throws IOException {
    world.apply(Ecommerce.ALL);
    world.ready(ServiceAccountBus.class, "orders-#", "orders");
    world.apply(
        Ecommerce.SUBSCRIPTIONS.replace("[Order.Created]", "[order created]")
            + Ecommerce.route("fan-out", "filter: {pattern: {account: ['1']}}"));
    record(
        "eventsubscription-invalid-filter",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.INVALID_FILTER);
    record(
        "eventroute-invalid-filter",
        EventRoute.class,
        "platform-#",
        "fan-out",
        Reason.INVALID_FILTER);
    record(
        "serviceaccountbus-route-refused",
        ServiceAccountBus.class,
        "orders-#",
        "orders",
        Reason.ROUTE_REFUSED);
    world.apply(route("fan-out", "Invoice") + route("more", "Reminder"));
    record(
        "serviceaccountbus-pattern-too-large",
        ServiceAccountBus.class,
        "orders-#",
        "orders",
        Reason.PATTERN_TOO_LARGE);
  }

  @Test
  void accountsThatTheOperatorDoesNotGetInto(@TempDir Path folder) throws IOException {
    plant(folder, "sts:ExternalId");
    world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS + Ecommerce.BACKBONE);
    record(
        "awsaccount-role-not-assumable",
        AwsAccount.class,
        "",
        "backbone-#",
        Reason.ROLE_NOT_ASSUMABLE);
    world.until(
        EventBackbone.class,
        "platform-#",
        "main",
        it -> World.condition(it, "Ready").getMessage().contains("could not be assumed"));
    record(
        "eventbackbone-account-not-ready",
        EventBackbone.class,
        "platform-#",
        "main",
        Reason.ACCOUNT_NOT_READY);
    world.apply(Manifests.of("AwsAccount", "other-#", "accountId: \"7#00000004\""));
    record("awsaccount-wrong-account", AwsAccount.class, "", "other-#", Reason.WRONG_ACCOUNT);
  }

  @Test
  void whatAwsDenies(@TempDir Path folder) throws IOException {
    plant(folder, "aws:UserAgent");
    world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS + Ecommerce.BACKBONE);
    record(
        "eventbackbone-access-denied",
        EventBackbone.class,
        "platform-#",
        "main",
        Reason.ACCESS_DENIED);
  }

  @Test
  void whatAwsRefuses() throws IOException {
    world.apply(
        Ecommerce.NAMESPACES
            + Ecommerce.ACCOUNTS
            + Ecommerce.BACKBONE.replace(
                "driftCheckInterval: 2s", "audit: {logGroupName: aws/reserved}"));
    record(
        "eventbackbone-aws-refused", EventBackbone.class, "platform-#", "main", Reason.AWS_REFUSED);
  }

  @Test
  void aRegionThatAwsDoesNotHave() throws IOException {
    world.apply(
        Ecommerce.NAMESPACES
            + Ecommerce.ACCOUNTS
            + Ecommerce.BACKBONE.replace("region: eu-west-1", "region: eu-west-9"));
    record(
        "eventbackbone-region-not-found",
        EventBackbone.class,
        "platform-#",
        "main",
        Reason.REGION_NOT_FOUND);
  }

  @Test
  void quotasThatAreUsedUp() throws IOException {
    world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS + Ecommerce.BACKBONE);
    world.ready(EventBackbone.class, "platform-#", "main");
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      for (int i = 1; i < 300; i++) { // One is there already: the log's.
        String name = "rule-" + i;
        global.putRule(it ->
            it.eventBusName("global-bus").name(name).eventPattern("{\"source\":[\"nobody\"]}"));
      }
    }
    world.apply(Ecommerce.BUSES + Ecommerce.ROUTE);
    record(
        "serviceaccountbus-quota-exceeded",
        ServiceAccountBus.class,
        "orders-#",
        "orders",
        Reason.QUOTA_EXCEEDED);
  }

  @Test
  void whatWaitsForAForeignBus() throws IOException {
    try (EventBridgeClient local = world.eventBridge(world.account(2))) {
      local.createEventBus(it -> it.name("local-bus-order-service"));
      world.apply(Ecommerce.ALL);
      record(
          "serviceaccountbus-resource-conflict",
          ServiceAccountBus.class,
          "orders-#",
          "orders",
          Reason.RESOURCE_CONFLICT);
      record(
          "eventsubscription-bus-not-ready",
          EventSubscription.class,
          "orders-#",
          "deliveries",
          Reason.BUS_NOT_READY);
      record(
          "eventroute-bus-not-ready",
          EventRoute.class,
          "platform-#",
          "fan-out",
          Reason.BUS_NOT_READY);
    }
  }

  @Test
  void whatWaitsForAForeignGlobalBus() throws IOException {
    try (EventBridgeClient global = world.eventBridge(world.account(1))) {
      global.createEventBus(it -> it.name("global-bus"));
      world.apply(Ecommerce.ALL);
      record(
          "eventbackbone-resource-conflict",
          EventBackbone.class,
          "platform-#",
          "main",
          Reason.RESOURCE_CONFLICT);
      record(
          "serviceaccountbus-backbone-not-ready",
          ServiceAccountBus.class,
          "orders-#",
          "orders",
          Reason.BACKBONE_NOT_READY);
    }
  }

  @Test
  void whatIsOnlyObserved() throws IOException {
    world.apply(
        Ecommerce.ALL.replace(
            "driftCheckInterval: 2s", "driftCheckInterval: 2s\n  managementPolicy: Observe"));
    record("eventbackbone-observing", EventBackbone.class, "platform-#", "main", Reason.OBSERVING);
  }

  @Test
  void whoHasNoIdentity() throws IOException {
    world.forgetIdentity();
    world.apply(Ecommerce.ACCOUNTS);
    record("awsaccount-no-aws-identity", AwsAccount.class, "", "orders-#", Reason.NO_AWS_IDENTITY);
  }

  @Test
  void secretsThatAreRefused() throws IOException {
    world.apply(Ecommerce.ALL);
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    world.edit(
        Secret.class,
        "deliveries-#",
        "new-orders-binding",
        it ->
            new SecretBuilder(it)
                .addToStringData("EVENT_QUEUE_URL", "http://another")
                .withImmutable(true)
                .build());
    record(
        "eventsubscription-binding-refused",
        EventSubscription.class,
        "deliveries-#",
        "new-orders",
        Reason.BINDING_REFUSED);
  }

  @Test
  void whatCannotReachAws() throws IOException {
    world.sandbox().close();
    world.apply(Ecommerce.ACCOUNTS);
    record("awsaccount-aws-unavailable", AwsAccount.class, "", "orders-#", Reason.AWS_UNAVAILABLE);
  }

  private static String suspended() {
    return Ecommerce.SUBSCRIPTIONS.replace(
        "filter: {detailTypes: [Order.Created]}",
        "filter: {detailTypes: [Order.Created]}\n  suspend: true");
  }

  private static String bus(String name, String account, String identifier) {
    return Manifests.of(
        "ServiceAccountBus",
        "orders-#/" + name,
        "backboneRef: {name: main, namespace: platform-#}",
        "accountRef: {name: %s}".formatted(account),
        "identifier: " + identifier);
  }

  /** A route that fits into a rule; two of them don't. */
  private static String route(String name, String noun) {
    String detailTypes =
        IntStream.range(0, 50)
            .mapToObj(i -> "%s.SentForThe%dthTime".formatted(noun, i))
            .collect(Collectors.joining(", "));
    return Ecommerce.route(name, "filter: {detailTypes: [%s]}".formatted(detailTypes));
  }

  /** A role in the backbone's account that may do nothing, and asks for what nobody sends. */
  private void plant(Path folder, String conditionKey) throws IOException {
    String seed =
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
                      Condition: {%s: {"%s": "*-*"}}
        """;
    boolean isTrust = conditionKey.equals("sts:ExternalId");
    world
        .sandbox()
        .plant(
            Files.writeString(
                folder.resolve("seed.yaml"),
                world.own(seed.formatted(isTrust ? "StringLike" : "StringNotLike", conditionKey))));
  }

  private <T extends CustomResource<?, ? extends ConditionedStatus>> void record(
      String file, Class<T> kind, String namespace, String name, Reason reason) throws IOException {
    world.until(
        kind,
        namespace,
        name,
        it -> World.condition(it, "Ready").getReason().equals(reason.text()));
    record(file, kind, namespace, name);
  }

  private <T extends CustomResource<?, ? extends ConditionedStatus>> void record(
      String file, Class<T> kind, String namespace, String name) throws IOException {
    Path recorded = RECORDED.resolve(file + ".json");
    if (WRITES) {
      write(recorded, kind, namespace, name);
      return;
    }
    String then = told(read(recorded, kind));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(told(world.get(kind, namespace, name)))
                .as("%s; -Dstatuses.write records it anew", recorded)
                .isEqualTo(then));
  }

  private <T extends CustomResource<?, ? extends ConditionedStatus>> void write(
      Path file, Class<T> kind, String namespace, String name) throws IOException {
    boolean isNews =
        !Files.exists(file)
            || !told(read(file, kind)).equals(told(world.get(kind, namespace, name)));
    if (isNews) {
      Files.createDirectories(RECORDED);
      Files.writeString(file, raw(kind, namespace, name));
    }
  }

  /** What a status tells to people and tools, without what differs from run to run. */
  private static String told(CustomResource<?, ? extends ConditionedStatus> object) {
    ConditionedStatus status = object.getStatus();
    String told =
        "generation %d, observed %d, %s\n"
                .formatted(
                    object.getMetadata().getGeneration(),
                    status.observedGeneration(),
                    object.isMarkedForDeletion() ? "being deleted" : "there")
            + status.conditions().stream().map(StatusesIT::line).collect(Collectors.joining());
    return TIME.matcher(PORT.matcher(WORLD.matcher(told).replaceAll("$1#")).replaceAll("$1#"))
        .replaceAll("#");
  }

  private static String line(Condition condition) {
    return "%s=%s %s: %s\n"
        .formatted(
            condition.getType(),
            condition.getStatus(),
            condition.getReason(),
            condition.getMessage());
  }

  private static <T> T read(Path file, Class<T> kind) throws IOException {
    return Serialization.unmarshal(Files.readString(file), kind);
  }

  /** As the API server returns it, but for who wrote which field. */
  private String raw(Class<? extends CustomResource<?, ?>> kind, String namespace, String name)
      throws IOException {
    GenericKubernetesResource object =
        world
            .client()
            .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind))
            .inNamespace(world.own(namespace))
            .withName(world.own(name))
            .get();
    object.getMetadata().setManagedFields(List.of());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
  }
}
