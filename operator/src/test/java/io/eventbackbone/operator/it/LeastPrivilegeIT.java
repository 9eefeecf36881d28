package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.operator.bootstrap.Bootstrap;
import io.eventbackbone.sandbox.access.AccessDecision;
import io.eventbackbone.sandbox.iam.PolicyAuthorizer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DiscovererState;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The roles that {@code bootstrap} writes are enough for everything that the operator does, and
 * nothing in them is too much: accounts enforce them here.
 */
@ExtendWith(RealKubeApi.class)
class LeastPrivilegeIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern OWN_POLICY =
      Pattern.compile("(?s)<!-- the operator's own policy -->\\s*```json\\n(.*?)```");

  private static final String ACCOUNTS =
      Ecommerce.ACCOUNTS.replace(
          "  allowedNamespaces:",
          "  externalId: " + Bootstrap.EXTERNAL_ID + "\n  allowedNamespaces:");

  private static final String BACKBONE =
      Ecommerce.BACKBONE.replace("driftCheckInterval: 2s\n", "driftCheckInterval: 2s\n  %s\n");

  private static final String FIFO =
      Ecommerce.subscription(
          "orders",
          "in-order",
          "filter: {detailTypes: [Delivery.Updated]}",
          "queue: {fifo: true, visibilityTimeoutSeconds: %d}");

  private static final String BUSES =
      Ecommerce.BUSES.replaceAll("(identifier: .*)", "$1\n  archive: {enabled: true}");

  private static final String REPLAY =
      Manifests.of("EventReplay", "%s-#/%s", "%s", "from: \"%s\"", "to: \"%s\"");

  private static final String DISCOVERY = "schemaDiscovery: {enabled: true}";
  private static final String PUBLICATION = "schemaRegistry: {schemaType: OpenApi3}";
  private static final String CONTRACT =
      Ecommerce.type("created", "Order.Created", "{type: object}");
  private static final String REGISTRY = "event-backbone-global-bus";
  private static final String LOGGING = "logging: {level: Error}";
  private static final String TAG_KEY = "--tag-key=team";
  private static final String TAGGED = "tags: {team: platform}";
  private static final String DISCOVERER = "events-event-bus-global-bus";

  @AutoClose private World world;

  /** Inline policies by the ARNs of their roles. */
  private final Map<String, JsonNode> policies = new TreeMap<>();

  @BeforeEach
  void prepareAccounts(KubernetesClient client, @TempDir Path directory) throws IOException {
    world = new World(client);
    ObjectNode seed = JSON.createObjectNode();
    for (JsonNode role : Bootstrap.roles("backbone", world.account(1), TAG_KEY)) {
      declare(seed, world.account(1), role);
    }
    for (int digit : List.of(2, 3)) {
      for (JsonNode role : Bootstrap.roles("service", world.account(digit), TAG_KEY)) {
        declare(seed, world.account(digit), role);
      }
    }
    declare(seed, Bootstrap.OPERATOR.split(":", -1)[4], operatorsOwn());
    Path file = directory.resolve("seed.yaml");
    world.sandbox().plant(Files.writeString(file, seed.toString()));
    world.runAs(Bootstrap.OPERATOR);
  }

  @Test
  void theRolesAreEnoughAndNothingInThemIsTooMuch() {
    world.apply(Ecommerce.NAMESPACES + ACCOUNTS);
    applyBackbone("archive: {enabled: true}", DISCOVERY, LOGGING, PUBLICATION);
    world.apply(BUSES + Ecommerce.ROUTE + Ecommerce.SUBSCRIPTIONS + FIFO.formatted(60) + CONTRACT);
    assertEverythingIsReady();
    anEventArrives();
    agesOfMessagesAreRead();
    archivesAreReplayed();

    schemasArePublishedInAnotherFormat();
    discoveryIsRepairedAndEnds();
    loggingEnds();
    changeEverything();
    driftIsRepaired();
    discoverAndLogAgain();

    deleteEverything();
    applyBackbone(
        "archive: {enabled: true}", DISCOVERY, LOGGING, PUBLICATION, "deletionPolicy: Delete");
    world.apply(BUSES + Ecommerce.ROUTE + Ecommerce.SUBSCRIPTIONS + FIFO.formatted(60) + CONTRACT);
    assertEverythingIsReady();
    assertPublished();
    deleteEverything();
    nothingIsLeft();

    policies.forEach((role, policy) -> {
      List<AccessDecision> decisions = decisionsOn(role);
      assertThat(decisions).as("refused to %s", role).allMatch(AccessDecision::isAllowed);
      assertThat(withoutUse(policy, decisions)).as("never needed by %s", role).isEmpty();
    });
  }

  @Test
  void withoutTheExternalIdNobodyGetsIn() {
    world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS);
    assertThat(
            world
                .reason(AwsAccount.class, "", "orders-#", "CredentialsReady", "RoleNotAssumable")
                .getMessage())
        .contains("external id");
  }

  /** One each that runs, and one each that is deleted before anybody knows whether it runs. */
  private void archivesAreReplayed() {
    world.edit(
        ServiceAccountBus.class,
        "orders-#",
        "orders",
        it -> {
          it.getMetadata().setLabels(Map.of("receives", "again"));
          return it;
        });
    Map<String, String> receivers =
        Map.of(
            "platform",
            "backboneRef: {name: main}\n  busSelector: {matchLabels: {receives: again}}",
            "orders",
            "subscriptionRef: {name: deliveries}",
            "deliveries",
            "subscriptionRef: {name: new-orders}");
    Instant now = Instant.now();
    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
    receivers.forEach((team, receiver) -> {
      String namespace = team + "-#";
      world.apply(REPLAY.formatted("again", team, receiver, longAgo, now));
      world.ready(EventReplay.class, namespace, "again");
      world.apply(REPLAY.formatted("none", team, receiver, longAgo, longAgo.plusSeconds(1)));
      world.reason(EventReplay.class, namespace, "none", "Accepted", "NotArchived");
      for (String replay : List.of("again", "none")) {
        world.delete(EventReplay.class, namespace, replay);
        world.awaitGone(EventReplay.class, namespace, replay);
      }
    });
  }

  /** In a registry whose description somebody changed, and with a tag that goes again. */
  private void schemasArePublishedInAnotherFormat() {
    assertPublished();
    String other = PUBLICATION.replace("OpenApi3", "JSONSchemaDraft4");
    try (SchemasClient schemas = world.schemas(world.account(1))) {
      schemas.updateRegistry(it -> it.registryName(REGISTRY).description("x"));
      applyBackbone("archive: {enabled: true}", DISCOVERY, LOGGING, other, TAGGED);
      await().until(() -> isPublished(schemas, "JSONSchemaDraft4", true));
      applyBackbone("archive: {enabled: true}", DISCOVERY, LOGGING, PUBLICATION);
      await().until(() -> isPublished(schemas, "OpenApi3", false));
      await()
          .until(() -> {
            var registry = schemas.describeRegistry(it -> it.registryName(REGISTRY));
            return !registry.description().equals("x") && !registry.tags().containsKey("team");
          });
    }
  }

  private static boolean isPublished(SchemasClient schemas, String type, boolean isTagged) {
    var schema =
        schemas.describeSchema(
            it -> it.registryName(REGISTRY).schemaName("order-service@Order.Created"));
    return schema.type().equals(type) && schema.tags().containsKey("team") == isTagged;
  }

  private void assertPublished() {
    world.reason(EventType.class, "orders-#", "created", "Published", "Published");
  }

  private void discoveryIsRepairedAndEnds() {
    try (SchemasClient schemas = world.schemas(world.account(1))) {
      schemas.stopDiscoverer(it -> it.discovererId(DISCOVERER));
      schemas.updateDiscoverer(it -> it.discovererId(DISCOVERER).crossAccount(false));
      await()
          .until(() -> {
            var discoverer = schemas.describeDiscoverer(it -> it.discovererId(DISCOVERER));
            return discoverer.state() == DiscovererState.STARTED && discoverer.crossAccount();
          });
      applyBackbone("archive: {enabled: true}", LOGGING);
      await().until(() -> schemas.listDiscoverers(it -> {}).discoverers().isEmpty());
    }
  }

  private void loggingEnds() {
    applyBackbone("archive: {enabled: true}");
    for (int digit : List.of(1, 2, 3)) {
      try (CloudWatchLogsClient logs = world.logs(world.account(digit))) {
        await()
            .until(
                () -> logs.describeDeliveryDestinations(it -> {}).deliveryDestinations().isEmpty());
      }
    }
  }

  /**
   * Each with a tag that goes again. A bus that is kept has them kept, too, and they are taken back
   * with it.
   */
  private void discoverAndLogAgain() {
    applyBackbone("archive: {enabled: true}", DISCOVERY, LOGGING, TAGGED);
    try (SchemasClient schemas = world.schemas(world.account(1))) {
      await().until(() -> !schemas.listDiscoverers(it -> {}).discoverers().isEmpty());
    }
    for (int digit : List.of(1, 2, 3)) {
      try (CloudWatchLogsClient logs = world.logs(world.account(digit))) {
        await().until(() -> hasTaggedDeliveries(logs));
      }
    }
    assertEverythingIsReady();
    applyBackbone("archive: {enabled: true}", DISCOVERY, LOGGING);
    for (int digit : List.of(1, 2, 3)) {
      try (CloudWatchLogsClient logs = world.logs(world.account(digit))) {
        await().until(() -> !hasTaggedDeliveries(logs));
      }
    }
    assertEverythingIsReady();
  }

  /** Tags of deliveries are the last that change. */
  private static boolean hasTaggedDeliveries(CloudWatchLogsClient logs) {
    return logs.describeDeliveries(it -> {}).deliveries().stream()
        .anyMatch(it -> it.tags().containsKey("team"));
  }

  private void changeEverything() {
    applyBackbone(
        "archive: {enabled: true, retentionDays: 90}",
        "audit: {retentionDays: 30}",
        "encryption: {kmsKeyIdentifier: alias/events}");
    String encrypted = "$1\n  encryption: {kmsKeyIdentifier: alias/events}";
    world.apply(BUSES.replaceAll("(identifier: .*)", encrypted));
    String slower = "$1\n  queue: {visibilityTimeoutSeconds: 90}";
    world.apply(Ecommerce.SUBSCRIPTIONS.replaceAll("(filter: .*)", slower) + FIFO.formatted(90));
    assertEverythingIsReady();
    await()
        .untilAsserted(() -> {
          try (EventBridgeClient global = world.eventBridge(world.account(1));
              EventBridgeClient local = world.eventBridge(world.account(2))) {
            assertThat(
                    global
                        .describeArchive(it -> it.archiveName("event-backbone-global-bus"))
                        .retentionDays())
                .isEqualTo(90);
            assertThat(
                    local
                        .describeEventBus(it -> it.name("local-bus-order-service"))
                        .kmsKeyIdentifier())
                .isEqualTo("alias/events");
          }
        });
  }

  private void driftIsRepaired() {
    String bus = "global-bus";
    String rule = "globalToOrderService";
    try (EventBridgeClient events = world.eventBridge(world.account(1));
        SqsClient sqs = world.sqs(world.account(1))) {
      String deadLetters = sqs.getQueueUrl(it -> it.queueName("global-bus-dlq")).queueUrl();
      Map<QueueAttributeName, String> drifted =
          Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "99");
      world.stopOperator();
      events.removeTargets(it -> it.eventBusName(bus).rule(rule).ids("Target0"));
      events.deleteRule(it -> it.eventBusName(bus).name(rule));
      sqs.setQueueAttributes(it -> it.queueUrl(deadLetters).attributes(drifted));
      world.startOperator();
      await()
          .ignoreException(ResourceNotFoundException.class)
          .until(() ->
              events.listTargetsByRule(it -> it.eventBusName(bus).rule(rule)).hasTargets()
                  && !sqs.getQueueAttributes(it ->
                          it.queueUrl(deadLetters)
                              .attributeNames(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                      .attributes()
                      .equals(drifted));
    }
  }

  private void anEventArrives() {
    String queue =
        world.ready(EventSubscription.class, "deliveries-#", "new-orders").getStatus().queueUrl();
    try (EventBridgeClient orders = world.eventBridge(world.account(2));
        SqsClient deliveries = world.sqs(world.account(3))) {
      PutEventsRequestEntry event =
          PutEventsRequestEntry.builder()
              .eventBusName(
                  "arn:aws:events:%s:%s:event-bus/global-bus"
                      .formatted(World.REGION, world.account(1)))
              .source("order-service")
              .detailType("Order.Created")
              .detail("{}")
              .build();
      assertThat(orders.putEvents(it -> it.entries(event)).failedEntryCount()).isZero();
      assertThat(deliveries.receiveMessage(it -> it.queueUrl(queue).waitTimeSeconds(10)).messages())
          .hasSize(1);
    }
  }

  /** The queue of the deliveries' account has the event that arrived. */
  private void agesOfMessagesAreRead() {
    String queue =
        world.ready(EventSubscription.class, "orders-#", "deliveries").getStatus().queueUrl();
    try (SqsClient orders = world.sqs(world.account(2))) {
      orders.sendMessage(it -> it.queueUrl(queue).messageBody("{}"));
    }
    for (int digit : List.of(2, 3)) {
      String role = "arn:aws:iam::%s:role/event-backbone-operator".formatted(world.account(digit));
      await("the age in account " + world.account(digit))
          .until(() ->
              decisionsOn(role).stream()
                  .anyMatch(it -> it.action().equals("cloudwatch:GetMetricData")));
    }
  }

  private void assertEverythingIsReady() {
    Ecommerce.awaitReady(world);
    world.ready(EventSubscription.class, "orders-#", "in-order");
  }

  private void deleteEverything() {
    world.delete(EventSubscription.class, "orders-#", "in-order");
    world.delete(EventSubscription.class, "orders-#", "deliveries");
    world.delete(EventSubscription.class, "deliveries-#", "new-orders");
    world.delete(EventType.class, "orders-#", "created");
    world.delete(ServiceAccountBus.class, "orders-#", "orders");
    world.delete(ServiceAccountBus.class, "deliveries-#", "deliveries");
    world.delete(EventBackbone.class, "platform-#", "main");
    world.awaitGone(EventBackbone.class, "platform-#", "main");
  }

  private void nothingIsLeft() {
    for (int digit : List.of(1, 2, 3)) {
      String account = world.account(digit);
      try (EventBridgeClient events = world.eventBridge(account);
          SqsClient sqs = world.sqs(account);
          SchemasClient schemas = world.schemas(account);
          CloudWatchLogsClient logs = world.logs(account)) {
        assertThat(events.listEventBuses(it -> {}).eventBuses())
            .extracting(EventBus::name)
            .containsExactly("default");
        assertThat(events.listArchives(it -> {}).archives()).isEmpty();
        assertThat(schemas.listDiscoverers(it -> {}).discoverers()).isEmpty();
        assertThat(schemas.listRegistries(it -> {}).registries()).isEmpty();
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
        assertThat(logs.describeLogGroups().logGroups()).isEmpty();
        assertThat(logs.describeResourcePolicies(it -> {}).resourcePolicies()).isEmpty();
        assertThat(logs.describeDeliveries(it -> {}).deliveries()).isEmpty();
        assertThat(logs.describeDeliverySources(it -> {}).deliverySources()).isEmpty();
        assertThat(logs.describeDeliveryDestinations(it -> {}).deliveryDestinations()).isEmpty();
      }
    }
  }

  private void applyBackbone(String... settings) {
    world.apply(BACKBONE.formatted(String.join("\n  ", settings)));
  }

  /** Actions without which everything that was allowed would be allowed still. */
  private static List<String> withoutUse(JsonNode policy, List<AccessDecision> decisions) {
    List<String> useless = new ArrayList<>();
    for (int s = 0; s < policy.get("Statement").size(); s++) {
      JsonNode statement = policy.get("Statement").get(s);
      for (int a = 0; a < statement.get("Action").size(); a++) {
        JsonNode reduced = without(policy, s, a);
        if (decisions.stream().allMatch(it -> PolicyAuthorizer.allows(reduced, it))) {
          useless.add(
              statement.path("Sid").asText() + ": " + statement.get("Action").get(a).asText());
        }
      }
    }
    return useless;
  }

  private static JsonNode without(JsonNode policy, int statement, int action) {
    ObjectNode reduced = policy.deepCopy();
    ((ArrayNode) reduced.get("Statement").get(statement).get("Action")).remove(action);
    return reduced;
  }

  private List<AccessDecision> decisionsOn(String roleArn) {
    return world.sandbox().decisions().stream()
        .filter(it -> it.context().valuesOf("aws:PrincipalArn").contains(roleArn))
        .toList();
  }

  private void declare(ObjectNode seed, String account, JsonNode role) {
    JsonNode policy = role.at("/Policies/0/PolicyDocument");
    String name = role.get("RoleName").asText();
    ObjectNode declared = seed.withObject("/accounts/" + account + "/roles/" + name);
    declared.set("trustPolicy", role.get("AssumeRolePolicyDocument"));
    declared.putObject("policies").set("inline", policy);
    policies.put("arn:aws:iam::%s:role/%s".formatted(account, name), policy);
  }

  /** The role that the operator runs with has the policy that the documentation gives it. */
  private static JsonNode operatorsOwn() throws IOException {
    Matcher example =
        OWN_POLICY.matcher(Files.readString(Path.of("..", "docs", "aws-accounts.md")));
    assertThat(example.find()).as("the operator's own policy in docs/aws-accounts.md").isTrue();
    ObjectNode role = JSON.createObjectNode();
    role.put("RoleName", Bootstrap.OPERATOR.replaceFirst(".*/", ""));
    role.putObject("AssumeRolePolicyDocument")
        .putArray("Statement")
        .addObject()
        .put("Effect", "Allow")
        .put("Action", "sts:AssumeRole")
        .putObject("Principal")
        .put("AWS", Bootstrap.OPERATOR.replaceFirst(":role/.*", ":root"));
    role.putArray("Policies").addObject().set("PolicyDocument", JSON.readTree(example.group(1)));
    return role;
  }
}
