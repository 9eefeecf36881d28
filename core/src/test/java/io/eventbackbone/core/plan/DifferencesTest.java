package io.eventbackbone.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EncryptionKey;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogConfig.IncludeDetail;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Queue.Redrive;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;
import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.resource.Rule.UnmanagedAttributes;
import io.eventbackbone.core.resource.SchemaRegistry;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attribute of every resource: it is compared, or there is a reason why not. */
class DifferencesTest {

  private static final AccountScope SCOPE = new AccountScope("222222222222", "eu-west-1");
  private static final LogGroupKey LOG =
      new LogGroupKey(SCOPE, "/aws/events/bus", LogGroupKey.Content.EVENTS);
  private static final Set<PolicyStatement> OURS = Set.of(statement("event-backbone-rule", "a"));
  private static final Set<PolicyStatement> CHANGED = Set.of(statement("event-backbone-rule", "b"));
  private static final Set<PolicyStatement> WITH_THEIRS =
      Set.of(statement("event-backbone-rule", "a"), statement("theirs", "c"));

  /** By these a resource is found; another one of them is another resource. */
  private static final Set<String> NAMES = Set.of("key", "scope", "name", "bus", "source");

  /**
   * One attribute that AWS has otherwise than it is wanted.
   *
   * @param component of the resource's record
   */
  private record Case(
      Class<?> type,
      String component,
      String why,
      AwsResource wanted,
      AwsResource observed,
      List<Difference> differences) {
    @Override
    public String toString() {
      return type.getSimpleName() + "." + component + ", " + why;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aChangeIsNamedOrLeft(Case change) {
    assertThat(Differences.between(change.wanted(), change.observed()))
        .isEqualTo(change.differences());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAsItIsWantedIsNoDifference(Case change) {
    assertThat(Differences.between(change.wanted(), change.wanted())).isEmpty();
  }

  @Test
  void noAttributeIsForgotten() {
    Set<String> covered =
        cases()
            .map(it -> it.type().getSimpleName() + "." + it.component())
            .collect(Collectors.toSet());
    assertThat(
            Arrays.stream(AwsResource.class.getPermittedSubclasses())
                .flatMap(type ->
                    Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(component -> !NAMES.contains(component))
                        .map(component -> type.getSimpleName() + "." + component)))
        .containsExactlyInAnyOrderElementsOf(covered);
  }

  static Stream<Case> cases() {
    return Stream.of(
            buses(), rules(), queues(), logs(), archives(), discoverers(), schemas(), deliveries())
        .flatMap(it -> it);
  }

  private static Stream<Case> buses() {
    BiFunction<String, LogConfig, EventBus> bus =
        (key, log) ->
            new EventBus(
                new EventBusKey(SCOPE, "bus"),
                Optional.of(EncryptionKey.ofCustomer(key)),
                Optional.of(log));
    LogConfig log = new LogConfig(LogConfig.Level.INFO, IncludeDetail.NONE);
    EventBus wanted = bus.apply("alias/a", log);
    return Stream.of(
        compared(
            "encryption",
            wanted,
            bus.apply("alias/b", log),
            "kmsKeyIdentifier",
            "alias/b",
            "alias/a"),
        compared(
            "logConfig",
            wanted,
            bus.apply("alias/a", new LogConfig(LogConfig.Level.ERROR, IncludeDetail.NONE)),
            "logConfig.level",
            "ERROR",
            "INFO"),
        compared(
            "logConfig",
            wanted,
            bus.apply("alias/a", new LogConfig(LogConfig.Level.INFO, IncludeDetail.FULL)),
            "logConfig.includeDetail",
            "FULL",
            "NONE"),
        left(
            "encryption",
            "no spec names it",
            new EventBus(new EventBusKey(SCOPE, "bus"), Optional.empty(), Optional.empty()),
            wanted),
        left(
            "logConfig",
            "no spec names it",
            new EventBus(new EventBusKey(SCOPE, "bus"), Optional.empty(), Optional.empty()),
            wanted),
        compared(
            "statements",
            new BusPolicy(new EventBusKey(SCOPE, "bus").policy(), OURS),
            new BusPolicy(new EventBusKey(SCOPE, "bus").policy(), CHANGED),
            "policy[event-backbone-rule]",
            text("b"),
            text("a")),
        left(
            "othersCharacters",
            "it is others'",
            new BusPolicy(new EventBusKey(SCOPE, "bus").policy(), OURS),
            new BusPolicy(new EventBusKey(SCOPE, "bus").policy(), OURS, 99)));
  }

  private static Stream<Case> rules() {
    Rule wanted = rule("{\"source\":[\"a\"]}", Rule.State.ENABLED, target(Optional.of("arn:dlq")));
    return Stream.of(
        compared(
            "pattern",
            wanted,
            rule("{\"source\":[\"b\"]}", Rule.State.ENABLED, target(Optional.of("arn:dlq"))),
            "eventPattern",
            "{\"source\":[\"b\"]}",
            "{\"source\":[\"a\"]}"),
        compared(
            "state",
            wanted,
            rule("{\"source\":[\"a\"]}", Rule.State.DISABLED, target(Optional.of("arn:dlq"))),
            "state",
            "DISABLED",
            "ENABLED"),
        compared(
            "targets",
            wanted,
            rule("{\"source\":[\"a\"]}", Rule.State.ENABLED, target(Optional.empty())),
            "targets[Target0]",
            "arn:queue",
            "arn:queue, dead letters to arn:dlq"),
        left(
            "unmanaged",
            "it is others'",
            wanted,
            new Rule(
                new EventBusKey(SCOPE, "bus").rule("rule"),
                wanted.pattern(),
                wanted.state(),
                wanted.targets(),
                new UnmanagedAttributes(Optional.of("theirs"), Optional.empty()))));
  }

  private static Stream<Case> queues() {
    Queue wanted = queue(true, 60, 345_600, 5, OURS);
    Queue deadLetters =
        new Queue(
            new QueueKey(SCOPE, "q-dlq.fifo"),
            true,
            Optional.empty(),
            1_209_600,
            Optional.empty(),
            OURS);
    return Stream.of(
        compared(
            "contentBasedDeduplication",
            wanted,
            queue(false, 60, 345_600, 5, OURS),
            "contentBasedDeduplication",
            "false",
            "true"),
        compared(
            "visibilityTimeoutSeconds",
            wanted,
            queue(true, 7, 345_600, 5, OURS),
            "visibilityTimeoutSeconds",
            "7",
            "60"),
        compared(
            "messageRetentionSeconds",
            wanted,
            queue(true, 60, 60, 5, OURS),
            "messageRetentionSeconds",
            "60",
            "345600"),
        compared(
            "redrive",
            wanted,
            queue(true, 60, 345_600, 9, OURS),
            "redrive",
            "{\"deadLetterTargetArn\":\"arn:dlq\",\"maxReceiveCount\":9}",
            "{\"deadLetterTargetArn\":\"arn:dlq\",\"maxReceiveCount\":5}"),
        compared(
            "statements",
            wanted,
            queue(true, 60, 345_600, 5, CHANGED),
            "policy[event-backbone-rule]",
            text("b"),
            text("a")),
        left(
            "statements",
            "another Sid is others'",
            wanted,
            queue(true, 60, 345_600, 5, WITH_THEIRS)),
        left(
            "visibilityTimeoutSeconds",
            "nobody names a dead-letter queue's",
            deadLetters,
            new Queue(
                new QueueKey(SCOPE, "q-dlq.fifo"),
                true,
                Optional.of(120),
                1_209_600,
                Optional.empty(),
                OURS)),
        left(
            "redrive",
            "nobody names a dead-letter queue's",
            deadLetters,
            new Queue(
                new QueueKey(SCOPE, "q-dlq.fifo"),
                true,
                Optional.of(30),
                1_209_600,
                Optional.of(redrive(3)),
                OURS)),
        compared(
            "messageRetentionSeconds",
            deadLetters,
            new Queue(
                new QueueKey(SCOPE, "q-dlq.fifo"),
                true,
                Optional.of(30),
                60,
                Optional.empty(),
                OURS),
            "messageRetentionSeconds",
            "60",
            "1209600"));
  }

  private static Stream<Case> logs() {
    LogGroup wanted = new LogGroup(LOG, Optional.of(7));
    return Stream.of(
        compared(
            "retentionInDays",
            wanted,
            new LogGroup(LOG, Optional.of(30)),
            "retentionInDays",
            "30",
            "7"),
        compared(
            "retentionInDays",
            wanted,
            new LogGroup(LOG, Optional.empty()),
            "retentionInDays",
            "none",
            "7"),
        left("retentionInDays", "no spec names it", new LogGroup(LOG, Optional.empty()), wanted),
        left("isEmpty", "it is what is logged", wanted, new LogGroup(LOG, Optional.of(7), true)),
        compared(
            "document",
            new LogResourcePolicy(new LogResourcePolicyKey(SCOPE, "p"), json("a")),
            new LogResourcePolicy(new LogResourcePolicyKey(SCOPE, "p"), json("b")),
            "policyDocument",
            text("b"),
            text("a")));
  }

  private static Stream<Case> archives() {
    Archive wanted = archive("arn:bus", 30, "owner").encryptedBy(EncryptionKey.ofCustomer("key"));
    Archive present = wanted.encryptedBy(EncryptionKey.OWNED_BY_AWS);
    return Stream.of(
        compared(
            "retentionDays",
            wanted,
            archive("arn:bus", 0, "owner").encryptedBy(EncryptionKey.ofCustomer("key")),
            "retentionDays",
            "0",
            "30"),
        compared(
            "pattern",
            wanted,
            new Archive(
                wanted.key(), "arn:bus", 30, Optional.empty(), wanted.encryption(), "owner"),
            "eventPattern",
            "none",
            "{\"source\":[\"a\"]}"),
        compared("encryption", wanted, present, "kmsKeyIdentifier", "none", "key"),
        compared("encryption", present, wanted, "kmsKeyIdentifier", "key", "none"),
        compared(
            "description",
            wanted,
            wanted.describedAs("by hand"),
            "description",
            "by hand",
            "owner"),
        left("encryption", "no spec names a key", archive("arn:bus", 30, "owner"), wanted),
        left(
            "eventSourceArn",
            "an archive's bus never changes",
            archive("arn:bus", 30, "owner"),
            archive("arn:other", 30, "owner")));
  }

  private static Archive archive(String bus, int retentionDays, String description) {
    return new Archive(
        new ArchiveKey(SCOPE, "a"),
        bus,
        retentionDays,
        Optional.of("{\"source\":[\"a\"]}"),
        Optional.empty(),
        description);
  }

  private static Stream<Case> discoverers() {
    Discoverer wanted =
        new Discoverer(
            new EventBusKey(SCOPE, "bus").discoverer(), "ours", true, Discoverer.State.STARTED);
    return Stream.of(
        compared(
            "description",
            wanted,
            new Discoverer(
                new EventBusKey(SCOPE, "bus").discoverer(), "x", true, Discoverer.State.STARTED),
            "description",
            "x",
            "ours"),
        compared(
            "crossAccount",
            wanted,
            new Discoverer(
                new EventBusKey(SCOPE, "bus").discoverer(),
                "ours",
                false,
                Discoverer.State.STARTED),
            "crossAccount",
            "false",
            "true"),
        compared(
            "state",
            wanted,
            new Discoverer(
                new EventBusKey(SCOPE, "bus").discoverer(), "ours", true, Discoverer.State.STOPPED),
            "state",
            "STOPPED",
            "STARTED"));
  }

  private static Stream<Case> schemas() {
    SchemaRegistryKey key = new SchemaRegistryKey(SCOPE, "r");
    SchemaRegistry.Schema wanted =
        new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"a\":1}", "ours");
    return Stream.of(
        compared(
            "description",
            new SchemaRegistry(key, "ours"),
            new SchemaRegistry(key, "x"),
            "description",
            "x",
            "ours"),
        compared(
            "type",
            wanted,
            new SchemaRegistry.Schema(key.schema("s"), "JSONSchemaDraft4", "{ \"a\": 1 }", "ours"),
            "type",
            "JSONSchemaDraft4",
            "OpenApi3"),
        compared(
            "content",
            wanted,
            new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"a\":2}", "ours"),
            "content",
            Fingerprint.digest(JsonNodeFactory.instance.objectNode().put("a", 2)),
            Fingerprint.digest(JsonNodeFactory.instance.objectNode().put("a", 1))),
        compared(
            "description",
            wanted,
            new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"a\":1}", ""),
            "description",
            "",
            "ours"));
  }

  /** Nobody reads two long schemas in a message. */
  @Test
  void aSchemaIsComparedAsJsonAndToldByADigest() {
    SchemaRegistryKey key = new SchemaRegistryKey(SCOPE, "r");
    SchemaRegistry.Schema one =
        new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"a\":1,\"b\":2}", "");
    SchemaRegistry.Schema same =
        new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"b\":2, \"a\":1}", "");
    SchemaRegistry.Schema other =
        new SchemaRegistry.Schema(key.schema("s"), "OpenApi3", "{\"a\":2}", "");

    assertThat(Differences.between(one, same)).isEmpty();
    assertThat(Differences.between(one, other))
        .singleElement()
        .satisfies(it -> assertThat(it.attribute()).isEqualTo("content"))
        .satisfies(it -> assertThat(it.from()).matches("[0-9a-f]{32}"));
  }

  private static Stream<Case> deliveries() {
    DeliverySource source =
        new DeliverySource(new DeliverySourceKey(SCOPE, "s"), "arn:bus", "ERROR_LOGS");
    return Stream.of(
        compared(
            "resourceArn",
            source,
            new DeliverySource(new DeliverySourceKey(SCOPE, "s"), "arn:other", "ERROR_LOGS"),
            "resourceArn",
            "arn:other",
            "arn:bus"),
        compared(
            "logType",
            source,
            new DeliverySource(new DeliverySourceKey(SCOPE, "s"), "arn:bus", "INFO_LOGS"),
            "logType",
            "INFO_LOGS",
            "ERROR_LOGS"),
        compared(
            "destinationResourceArn",
            new DeliveryDestination(new DeliveryDestinationKey(SCOPE, "d"), "arn:log"),
            new DeliveryDestination(new DeliveryDestinationKey(SCOPE, "d"), "arn:other"),
            "destinationResourceArn",
            "arn:other",
            "arn:log"),
        compared(
            "destinationArn",
            new Delivery(new DeliverySourceKey(SCOPE, "s").delivery(), "arn:d"),
            new Delivery(new DeliverySourceKey(SCOPE, "s").delivery(), "arn:other"),
            "deliveryDestinationArn",
            "arn:other",
            "arn:d"));
  }

  private static Case compared(
      String component,
      AwsResource wanted,
      AwsResource observed,
      String attribute,
      String from,
      String to) {
    return new Case(
        wanted.getClass(),
        component,
        attribute + " " + from,
        wanted,
        observed,
        List.of(new Difference(attribute, from, to)));
  }

  private static Case left(String component, String why, AwsResource wanted, AwsResource observed) {
    return new Case(wanted.getClass(), component, why, wanted, observed, List.of());
  }

  private static Rule rule(String pattern, Rule.State state, Target target) {
    return new Rule(new EventBusKey(SCOPE, "bus").rule("rule"), pattern, state, Set.of(target));
  }

  private static Target target(Optional<String> deadLetterArn) {
    return new Target("Target0", "arn:queue", Optional.empty(), deadLetterArn, Optional.empty());
  }

  private static Queue queue(
      boolean deduplicates,
      int visibility,
      int retention,
      int receives,
      Set<PolicyStatement> statements) {
    return new Queue(
        new QueueKey(SCOPE, "q.fifo"),
        deduplicates,
        Optional.of(visibility),
        retention,
        Optional.of(redrive(receives)),
        statements);
  }

  private static Redrive redrive(int receives) {
    return new Redrive("arn:dlq", receives);
  }

  private static PolicyStatement statement(String sid, String action) {
    return new PolicyStatement(sid, json(action));
  }

  private static ObjectNode json(String action) {
    return JsonNodeFactory.instance.objectNode().put("Action", action);
  }

  private static String text(String action) {
    return "{\"Action\":[\"%s\"]}".formatted(action);
  }
}
