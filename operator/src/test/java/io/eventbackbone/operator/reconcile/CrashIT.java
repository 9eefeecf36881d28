package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.operator.reconcile.Power.End;
import io.eventbackbone.operator.reconcile.Power.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The process ends between any two writes, to AWS and to Kubernetes. The next process must come to
 * the same end as one that nothing disturbed.
 */
class CrashIT {

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333", "444444444444");

  /** A subscription of a bus in another namespace. */
  private static final String WITH_A_GUEST =
      Simulation.ECOMMERCE.replace(
              "identifier: order-service",
              "identifier: order-service\n  allowedSubscriptions: {from: All}")
          + Manifests.of(
              "EventSubscription",
              "deliveries/guest",
              "busRef: {name: orders, namespace: orders}",
              "filter: {detailTypes: [Delivery.Updated]}");

  /** A bus that logs all that it can, and has a customer's key. */
  private static final String LOGGED =
      Simulation.ECOMMERCE.replace(
          "identifier: order-service",
          "identifier: order-service\n  logging: {level: Trace}\n"
              + "  encryption: {kmsKeyIdentifier: alias/events}");

  private static final String PACKED = "packed: ";

  private static final String ADOPTED = "adopted: ";

  /** Before there is anything of the operator's, somebody has made a bus and what belongs to it. */
  private static final String BY_HAND = "by hand: ";

  /** Everything was deleted, and its resources were kept. */
  private static final String RETAINED = "retained: ";

  private static final String UNLOGGED = "unlogged: ";

  private static final String OBSERVED = "observed: ";

  /** A contract is published to EventBridge Schemas. */
  private static final String PUBLISHED = "published: ";

  /** A bus has an archive. */
  private static final String ARCHIVED = "archived: ";

  /** AWS takes the times of an archive and of its replay from its own clock. */
  private static final Pattern TIMES_OF_AWS =
      Pattern.compile("(\"startTime\":\"|\"completionTime\":\"|the archive began at )[0-9T:.-]+Z");

  private static final List<Change> CHANGES =
      List.of(
          new Change(EventBackbone.class, "main", "{allowedBuses: {from: Same}}"),
          new Change(EventBackbone.class, "main", "{archive: {enabled: false}}"),
          new Change(EventBackbone.class, "main", "{archive: {retentionDays: 60}}"),
          new Change(EventBackbone.class, "main", "{archive: {pattern: {source: [orders]}}}"),
          new Change(EventBackbone.class, "main", "{audit: {retentionDays: 14}}"),
          new Change(EventBackbone.class, "main", "{audit: {enabled: false}}"),
          new Change(EventBackbone.class, "main", "{deadLetter: {enabled: false}}"),
          new Change(
              EventBackbone.class,
              "main",
              "{publishers: {mode: Organization, organizationId: o-a1b2c3d4e5}}"),
          new Change(EventBackbone.class, "main", "{publishers: {bindSources: true}}"),
          new Change(
              EventBackbone.class,
              "main",
              "{forwardingRoleArn: 'arn:aws:iam::111111111111:role/another'}"),
          new Change(EventBackbone.class, "main", "{encryption: {kmsKeyIdentifier: alias/events}}"),
          new Change(EventBackbone.class, "main", "{schemaDiscovery: {enabled: true}}"),
          new Change(EventBackbone.class, "main", "{logging: {level: Error, includeDetail: Full}}"),
          new Change(EventBackbone.class, "main", "{managementPolicy: Observe}"),
          new Change(ServiceAccountBus.class, "orders", "{logging: {level: Trace}}"),
          new Change(ServiceAccountBus.class, "orders", "{audit: {enabled: false}}"),
          new Change(ServiceAccountBus.class, "orders", "{audit: {retentionDays: 3}}"),
          new Change(ServiceAccountBus.class, "orders", "{deadLetter: {enabled: false}}"),
          new Change(ServiceAccountBus.class, "orders", "{allowedSubscriptions: {from: All}}"),
          new Change(ServiceAccountBus.class, "orders", "{archive: {enabled: true}}"),
          new Change(
              ServiceAccountBus.class,
              "orders",
              "{archive: {enabled: true, retentionDays: 60, pattern: {source: [orders]}}}"),
          new Change(
              ServiceAccountBus.class,
              "orders",
              "{archive: {allowedReplays: {from: Selector, selector: {matchLabels: {a: b}}}}}"),
          new Change(EventRoute.class, "fan-out", "{filter: {detailTypes: [Order.Created]}}"),
          new Change(EventRoute.class, "fan-out", "{senderMatch: Source}"),
          new Change(
              EventSubscription.class, "new-orders", "{filter: {detailTypes: [Order.Changed]}}"),
          new Change(
              EventSubscription.class, "new-orders", "{queue: {visibilityTimeoutSeconds: 90}}"),
          new Change(EventSubscription.class, "new-orders", "{queue: {retentionDays: 2}}"),
          new Change(EventSubscription.class, "new-orders", "{queue: {maxReceiveCount: 9}}"),
          new Change(EventSubscription.class, "new-orders", "{deadLetter: {retentionDays: 7}}"),
          new Change(EventSubscription.class, "new-orders", "{suspend: true}"),
          new Change(AwsAccount.class, "orders", "{allowedNamespaces: {from: None}}"),
          new Change(
              AwsAccount.class, "orders", "{roleArn: 'arn:aws:iam::222222222222:role/another'}"),
          new Change(AwsAccount.class, "orders", "{externalId: another}"),
          new Change(
              AwsAccount.class,
              "orders",
              "{allowedNamespaces: {from: Selector, selector: {matchLabels: {team: b}}}}"),
          new Change(
              EventBackbone.class,
              "main",
              "{allowedBuses: {from: Selector, selector: {matchLabels: {team: orders}}}}"),
          new Change(EventBackbone.class, "main", "{forwarding: Subscribed}"),
          new Change(EventBackbone.class, "main", "{tags: {cost-center: '4711'}}"),
          new Change(EventBackbone.class, "main", "{logging: {level: Info, retentionDays: 30}}"),
          new Change(ServiceAccountBus.class, "orders", "{tags: {cost-center: '4711'}}"),
          new Change(
              ServiceAccountBus.class, "orders", "{encryption: {kmsKeyIdentifier: alias/orders}}"),
          new Change(
              ServiceAccountBus.class,
              "orders",
              "{logging: {level: Info, includeDetail: Full, retentionDays: 30}}"),
          new Change(
              ServiceAccountBus.class,
              "orders",
              "{allowedSubscriptions: {from: Selector, selector: {matchLabels: {team: b}}}}"),
          new Change(EventRoute.class, "fan-out", "{filter: {pattern: {source: [order-service]}}}"),
          new Change(
              EventRoute.class,
              "fan-out",
              "{from: {type: Selected, busSelector: {matchLabels: {team: orders}}}}"),
          new Change(
              EventRoute.class,
              "fan-out",
              "{to: {type: Selected, busSelector: {matchLabels: {team: orders}}}}"),
          new Change(
              EventSubscription.class,
              "new-orders",
              "{filter: {pattern: {source: [order-service]}}}"),
          new Change(EventBackbone.class, "main", "{schemaRegistry: {schemaType: OpenApi3}}"),
          new Change(EventType.class, "order-created", "{description: It was accepted.}"),
          new Change(EventType.class, "order-created", "{compatibility: None}"),
          new Change(EventType.class, "order-created", "{deprecated: true}"),
          new Change(
              EventType.class,
              "order-created",
              "{versions: [{version: '1', schema: {type: object, properties: {total: {type:"
                  + " number}}}}, {version: '2', schema: {type: object}}]}"));

  /** Fields that can't change, and those of which AWS sees nothing, by the start of their paths. */
  private static final List<String> WITHOUT_A_STORY =
      List.of(
          "AwsAccount.accountId",
          "AwsAccount.quotas",
          "EventBackbone.accountRef",
          "EventBackbone.adoptionPolicy",
          "EventBackbone.audit.logGroupName",
          "EventBackbone.busName",
          "EventBackbone.conventions",
          "EventBackbone.deletionPolicy",
          "EventBackbone.driftCheckInterval",
          "EventBackbone.logging.logGroupName",
          "EventBackbone.region",
          "EventReplay.",
          "EventRoute.backboneRef",
          "EventSubscription.busRef",
          "EventSubscription.queue.fifo",
          "EventType.busRef",
          "EventType.detailType",
          "ServiceAccountBus.accountRef",
          "ServiceAccountBus.audit.logGroupName",
          "ServiceAccountBus.backboneRef",
          "ServiceAccountBus.busName",
          "ServiceAccountBus.deletionPolicy",
          "ServiceAccountBus.identifier",
          "ServiceAccountBus.logging.logGroupName");

  /** One field, or what belongs together, of one object. */
  private record Change(Class<? extends HasMetadata> kind, String name, String spec) {

    Arguments story() {
      return CrashIT.story(kind.getSimpleName() + " " + spec, edit(kind, name, spec));
    }

    Stream<String> fields() {
      return fields(kind.getSimpleName(), Serialization.unmarshal("---\n" + spec, JsonNode.class));
    }

    private static Stream<String> fields(String path, JsonNode value) {
      return Stream.concat(
          Stream.of(path),
          value.properties().stream()
              .flatMap(it -> fields(path + "." + it.getKey(), it.getValue())));
    }
  }

  /** It tells what the last process took back, and not what those before did. */
  private static final Pattern TAKEN_BACK =
      Pattern.compile(
          "\"took back [^\"]*\",\"observedGeneration\":(\\d+),\"reason\":\"TakenBack\"");

  private static final String IN_SYNC =
      "\"the last check found what is wanted\",\"observedGeneration\":$1,\"reason\":\"InSync\"";

  private static final AtomicInteger POINTS = new AtomicInteger();

  /** What there is at the end, in AWS and in Kubernetes. */
  private record Ending(Map<String, String> aws, Map<String, String> kubernetes) {

    static Ending of(Simulation simulation) {
      simulation.finishReplays();
      Map<String, String> kubernetes = simulation.kubernetes();
      kubernetes.replaceAll((key, text) -> TIMES_OF_AWS.matcher(text).replaceAll("$1"));
      kubernetes.replaceAll((key, text) -> TAKEN_BACK.matcher(text).replaceAll(IN_SYNC));
      return new Ending(AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources(), kubernetes);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void theNextProcessComesToTheSameEnd(String story, Consumer<Simulation> edit) {
    Power undisturbed = Power.steady();
    Ending expected;
    try (Simulation simulation = settled(story)) {
      undisturbed.turnOn();
      edit.accept(simulation);
      simulation.settle();
      Power.steady().turnOn();
      expected = Ending.of(simulation);
    }
    List<String> writes = undisturbed.writes();
    assertThat(writes).isNotEmpty();
    for (End end : ends(writes.size())) {
      crash(story, edit, end, writes.get(end.write()), expected);
      POINTS.incrementAndGet();
    }
  }

  /** Right before a write, AWS and Kubernetes are as they were right after the write before. */
  private static List<End> ends(int writes) {
    return Stream.concat(
            Stream.of(new End(0, Moment.BEFORE)),
            IntStream.range(0, writes).mapToObj(write -> new End(write, Moment.AFTER)))
        .toList();
  }

  @Test
  void everyFieldThatCanChangeHasAStory() {
    Set<String> told = CHANGES.stream().flatMap(Change::fields).collect(Collectors.toSet());
    assertThat(Crds.read(Path.of("..", "crds")).stream().flatMap(CrashIT::fields))
        .filteredOn(field -> WITHOUT_A_STORY.stream().noneMatch(field::startsWith))
        .containsAll(List.of("EventBackbone.tags", "EventRoute.from.type"))
        .isSubsetOf(told);
  }

  private static Stream<String> fields(CustomResourceDefinition kind) {
    JSONSchemaProps spec =
        kind.getSpec()
            .getVersions()
            .get(0)
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec");
    return fields(kind.getSpec().getNames().getKind(), spec);
  }

  /** Those that have no others in them; a selector is one. */
  private static Stream<String> fields(String path, JSONSchemaProps schema) {
    return schema.getProperties().isEmpty() || path.toLowerCase(Locale.ROOT).endsWith("selector")
        ? Stream.of(path)
        : schema.getProperties().entrySet().stream()
            .flatMap(it -> fields(path + "." + it.getKey(), it.getValue()));
  }

  /** No status tells the next process of a rule that was made right before the end. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("withdrawals")
  void whatIsWithdrawnBeforeTheNextProcessIsTakenBack(
      String rule, Consumer<Simulation> withdrawal) {
    Power undisturbed = Power.steady();
    undisturbed.turnOn();
    try (Simulation simulation = new Simulation(WITH_A_GUEST)) {
      simulation.settle();
      assertThat(Ending.of(simulation).aws().keySet()).anyMatch(it -> it.contains(rule));
    }
    for (int write = 0; write < undisturbed.writes().size(); write++) {
      if (!undisturbed.writes().get(write).equals("PutTargets")) {
        continue;
      }
      try (Simulation simulation = new Simulation(WITH_A_GUEST)) {
        Power.until(new End(write, Moment.AFTER)).turnOn();
        assertThatThrownBy(simulation::settle).isInstanceOf(Power.Ended.class);
        Power.steady().turnOn();
        simulation.restart();
        withdrawal.accept(simulation);
        simulation.settle();
        assertThat(Ending.of(simulation).aws().keySet())
            .as("after write %d", write)
            .noneMatch(it -> it.contains(rule));
        POINTS.incrementAndGet();
      } finally {
        Power.steady().turnOn();
      }
    }
  }

  /** No status tells the next process what the bus was given: AWS does. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("setAndGivenUp")
  void whatIsGivenUpBeforeTheNextProcessLeavesNothing(
      String story, Consumer<Simulation> set, Consumer<Simulation> giveUp) {
    Power undisturbed = Power.steady();
    Ending expected;
    try (Simulation simulation = settled(story)) {
      expected = Ending.of(simulation);
      undisturbed.turnOn();
      set.accept(simulation);
      simulation.settle();
      Power.steady().turnOn();
    }
    for (int write = 0; write < undisturbed.writes().size(); write++) {
      try (Simulation simulation = settled(story)) {
        Power.until(new End(write, Moment.AFTER)).turnOn();
        set.accept(simulation);
        assertThatThrownBy(simulation::settle).isInstanceOf(Power.Ended.class);
        Power.steady().turnOn();
        simulation.restart();
        giveUp.accept(simulation);
        simulation.settle();
        assertThat(Ending.of(simulation).aws())
            .as("after write %d, %s", write, undisturbed.writes().get(write))
            .isEqualTo(expected.aws());
        POINTS.incrementAndGet();
      } finally {
        Power.steady().turnOn();
      }
    }
  }

  static Stream<Arguments> setAndGivenUp() {
    return Stream.of(
        setAndGivenUp(
            ServiceAccountBus.class,
            "orders",
            "{logging: {level: Trace}}",
            "{logging: {level: None}}"),
        setAndGivenUp(
            ServiceAccountBus.class, "orders", "{logging: {level: Trace}}", "{logging: null}"),
        setAndGivenUp(EventBackbone.class, "main", "{logging: {level: Info}}", "{logging: null}"),
        setAndGivenUp(
            EventBackbone.class,
            "main",
            "{schemaRegistry: {schemaType: OpenApi3}}",
            "{schemaRegistry: null}"),
        setAndGivenUp(
            ServiceAccountBus.class, "orders", "{archive: {enabled: true}}", "{archive: null}"),
        setAndGivenUp(
            ServiceAccountBus.class,
            "orders",
            "{encryption: {kmsKeyIdentifier: alias/events}}",
            "{encryption: null}"),
        setAndGivenUp(
            EventBackbone.class,
            "main",
            "{encryption: {kmsKeyIdentifier: alias/events}}",
            "{encryption: null}"));
  }

  private static Arguments setAndGivenUp(
      Class<? extends HasMetadata> kind, String name, String set, String givenUp) {
    return Arguments.of(
        kind.getSimpleName() + " " + set + ", then " + givenUp,
        edit(kind, name, set),
        edit(kind, name, givenUp));
  }

  static Stream<Arguments> withdrawals() {
    return Stream.of(
        Arguments.of(
            "rule global-bus/globalToOrderService",
            edit(AwsAccount.class, "orders", "{allowedNamespaces: {from: None}}")),
        Arguments.of(
            "rule local-bus-order-service/guest",
            edit(ServiceAccountBus.class, "orders", "{allowedSubscriptions: {from: Same}}")));
  }

  private static void crash(
      String story, Consumer<Simulation> edit, End end, String write, Ending expected) {
    try (Simulation simulation = settled(story)) {
      Power power = Power.until(end);
      power.turnOn();
      edit.accept(simulation);
      try {
        simulation.settle();
        throw new AssertionError(
            "write %d, %s, was not made, only %s".formatted(end.write(), write, power.writes()));
      } catch (Power.Ended e) {
        Power.steady().turnOn();
      }
      simulation.restart();
      simulation.settle();
      assertThat(Ending.of(simulation))
          .as("after an end %s write %d, %s", end.moment(), end.write(), write)
          .isEqualTo(expected);
    } finally {
      Power.steady().turnOn();
    }
  }

  /**
   * Creation begins with nothing, everything else with what is there and settled: logged, in packs
   * of a former version, observed, released, or released by another cluster, if the story says so.
   */
  private static Simulation settled(String story) {
    Simulation simulation = new Simulation(world(story));
    if (story.startsWith(BY_HAND)) {
      makeByHand(simulation);
    }
    if (!story.endsWith("creation")) {
      simulation.settle();
    }
    if (story.startsWith(PACKED)) {
      FormerVersion.pack(simulation);
    }
    if (story.startsWith(ADOPTED) || story.startsWith(RETAINED)) {
      simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
      deleteEverything(simulation);
      simulation.settle();
    }
    if (story.startsWith(ADOPTED)) {
      simulation.restartAs("another");
    }
    return simulation;
  }

  /** Nothing is logged yet, so that only the order of things tells whose the log group was. */
  private static void makeByHand(Simulation simulation) {
    Account platform = Account.of(simulation.aws(), "111111111111");
    platform.events().createEventBus(it -> it.name("global-bus"));
    platform
        .queues()
        .createQueue(it ->
            it.queueName("global-bus-dlq")
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "120")));
    platform.logs().createLogGroup(it -> it.logGroupName("/aws/events/global-bus"));
  }

  private static String world(String story) {
    if (story.startsWith("logged") || story.startsWith(RETAINED)) {
      return LOGGED;
    }
    if (story.startsWith(PUBLISHED) || story.startsWith("EventType")) {
      return Simulation.PUBLISHED;
    }
    if (story.contains("schemaRegistry")) {
      return Simulation.ECOMMERCE + Simulation.CONTRACT;
    }
    if (story.startsWith(ARCHIVED)) {
      return Simulation.ECOMMERCE.replace(
          "identifier: delivery-service",
          "identifier: delivery-service\n  archive: {enabled: true}");
    }
    return Stream.of(
            Map.entry(ADOPTED, "adoptionPolicy: Adopt"),
            Map.entry(BY_HAND, "adoptionPolicy: Adopt"),
            Map.entry(UNLOGGED, "audit: {enabled: false}"),
            Map.entry(OBSERVED, "managementPolicy: Observe"))
        .filter(it -> story.startsWith(it.getKey()))
        .map(it -> "region: eu-west-1\n  " + it.getValue())
        .map(backbone -> Simulation.ECOMMERCE.replace("region: eu-west-1", backbone))
        .findFirst()
        .orElse(Simulation.ECOMMERCE);
  }

  static Stream<Arguments> stories() {
    return Stream.concat(
        CHANGES.stream().map(Change::story),
        Stream.of(
            story("creation", simulation -> {}),
            story(BY_HAND + "creation", simulation -> {}),
            story(
                UNLOGGED + "logged again",
                edit(EventBackbone.class, "main", "{audit: {enabled: true}}")),
            story(
                "logged at a lower level",
                edit(ServiceAccountBus.class, "orders", "{logging: {level: Error}}")),
            story(
                "logged to another group",
                edit(ServiceAccountBus.class, "orders", "{logging: {logGroupName: /another}}")),
            story(
                "logged no more",
                edit(ServiceAccountBus.class, "orders", "{logging: {level: None}}")),
            story(
                "logged, not named any more",
                edit(ServiceAccountBus.class, "orders", "{logging: null, encryption: null}")),
            story(
                "logged, not named any more, and retained",
                edit(
                    ServiceAccountBus.class,
                    "orders",
                    "{logging: null, encryption: null, deletionPolicy: Retain}")),
            story(
                "logged no more, and retained",
                edit(
                    ServiceAccountBus.class,
                    "orders",
                    "{logging: {level: None}, deletionPolicy: Retain}")),
            story(
                "logged and deleted",
                simulation -> leave(simulation, "delivery-updates", "orders")),
            story("a bus joins", CrashIT::join),
            story(PACKED + "upgrade", simulation -> {}),
            story(PACKED + "a bus joins", CrashIT::join),
            story(
                PACKED + "a bus leaves",
                simulation -> leave(simulation, "new-orders", "deliveries")),
            story(PACKED + "everything is deleted", CrashIT::deleteEverything),
            story(
                PACKED + "another filter",
                edit(EventRoute.class, "fan-out", "{filter: {detailTypes: [Order.Created]}}")),
            story(
                PACKED + "an account withdraws its admission",
                edit(AwsAccount.class, "orders", "{allowedNamespaces: {from: None}}")),
            story("a bus leaves", simulation -> leave(simulation, "new-orders", "deliveries")),
            story("everything is deleted", CrashIT::deleteEverything),
            story(
                "everything is deleted and retained",
                simulation -> {
                  simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
                  deleteEverything(simulation);
                }),
            story(RETAINED + "applied again", simulation -> simulation.apply(LOGGED)),
            story(
                RETAINED + "applied again with less",
                simulation ->
                    simulation.apply(
                        LOGGED.replace(
                            "logging: {level: Trace}",
                            "logging: {level: Error}\n  audit: {enabled: false}"))),
            story(ADOPTED + "of others", simulation -> simulation.apply(world(ADOPTED))),
            story(ARCHIVED + "a replay", simulation -> simulation.apply(Simulation.REPLAY)),
            story(
                ARCHIVED + "another key",
                edit(
                    ServiceAccountBus.class,
                    "deliveries",
                    "{encryption: {kmsKeyIdentifier: alias/events}}")),
            story(
                ARCHIVED + "no more",
                edit(ServiceAccountBus.class, "deliveries", "{archive: {enabled: false}}")),
            story(
                ARCHIVED + "no more, and retained",
                edit(
                    ServiceAccountBus.class,
                    "deliveries",
                    "{archive: null, deletionPolicy: Retain}")),
            story(
                ARCHIVED + "a bus leaves",
                simulation -> leave(simulation, "new-orders", "deliveries")),
            story(
                PUBLISHED + "in another format",
                edit(
                    EventBackbone.class,
                    "main",
                    "{schemaRegistry: {schemaType: JSONSchemaDraft4}}")),
            story(
                PUBLISHED + "no more", edit(EventBackbone.class, "main", "{schemaRegistry: null}")),
            story(
                PUBLISHED + "no more, and retained",
                edit(
                    EventBackbone.class, "main", "{schemaRegistry: null, deletionPolicy: Retain}")),
            story(
                PUBLISHED + "a bus leaves",
                simulation -> {
                  simulation.delete(EventType.class, "order-created");
                  leave(simulation, "delivery-updates", "orders");
                }),
            story(
                OBSERVED + "and then managed",
                edit(EventBackbone.class, "main", "{managementPolicy: Manage}"))));
  }

  private static Consumer<Simulation> edit(
      Class<? extends HasMetadata> kind, String name, String spec) {
    return simulation -> simulation.edit(kind, name, "{spec: " + spec + "}");
  }

  private static Arguments story(String name, Consumer<Simulation> edit) {
    return Arguments.of(name, edit);
  }

  private static void join(Simulation simulation) {
    simulation.apply(
        Simulation.account("billing", "444444444444")
            + Simulation.bus("billing", "billing-service")
            + Simulation.subscription("billing", "invoices", "Order.Created"));
  }

  private static void leave(Simulation simulation, String subscription, String bus) {
    simulation.delete(EventSubscription.class, subscription);
    simulation.delete(ServiceAccountBus.class, bus);
  }

  /** In the worst order. */
  private static void deleteEverything(Simulation simulation) {
    List.of("backbone", "orders", "deliveries")
        .forEach(account -> simulation.delete(AwsAccount.class, account));
    simulation.delete(EventBackbone.class, "main");
    leave(simulation, "delivery-updates", "orders");
    leave(simulation, "new-orders", "deliveries");
    simulation.delete(EventRoute.class, "fan-out");
  }

  @AfterAll
  static void print() {
    System.out.printf("crash points tried: %d%n", POINTS.get());
  }
}
