package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.reconcile.Power.End;
import io.eventbackbone.operator.reconcile.Power.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process ends right before and right after every write, to AWS and to Kubernetes; the next one
 * must come to what would have been without that.
 */
class CrashIT {

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333", "444444444444");

  /** A subscription of a bus in another namespace. */
  private static final String WITH_A_GUEST =
      Simulation.ECOMMERCE.replace(
              "identifier: order-service",
              "identifier: order-service\n  allowedSubscriptions: {from: All}")
          + """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: guest, namespace: deliveries}
      spec:
        busRef: {name: orders, namespace: orders}
        filter: {detailTypes: [Delivery.Updated]}
      """;

  /** A bus that logs all that it can, and has a customer's key. */
  private static final String LOGGED =
      Simulation.ECOMMERCE.replace(
          "identifier: order-service",
          "identifier: order-service\n  logging: {level: Trace}\n"
              + "  encryption: {kmsKeyIdentifier: alias/events}");

  private static final String PACKED = "packed: ";

  private static final AtomicInteger POINTS = new AtomicInteger();

  /** What there is at the end, in AWS and in Kubernetes. */
  private record Ending(Map<String, String> aws, Map<String, String> kubernetes) {

    static Ending of(Simulation simulation) {
      return new Ending(
          AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources(), simulation.kubernetes());
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
    for (int write = 0; write < writes.size(); write++) {
      for (Moment moment : Moment.values()) {
        crash(story, edit, new End(write, moment), writes.get(write), expected);
        POINTS.incrementAndGet();
      }
    }
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

  /** Its status tells the next process what the bus was given, or was about to be. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("setAndGivenUp")
  void whatIsGivenUpBeforeTheNextProcessLeavesNothing(
      String story, Consumer<Simulation> set, Consumer<Simulation> giveUp) {
    Power undisturbed = Power.steady();
    Ending expected;
    try (Simulation simulation = settled("")) {
      expected = Ending.of(simulation);
      undisturbed.turnOn();
      set.accept(simulation);
      simulation.settle();
      Power.steady().turnOn();
    }
    for (int write = 0; write < undisturbed.writes().size(); write++) {
      try (Simulation simulation = settled("")) {
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
   * Creation begins with nothing, everything else with what is there and settled: logged, or in
   * packs, if the story says so.
   */
  private static Simulation settled(String story) {
    Simulation simulation = new Simulation(world(story));
    if (!story.endsWith("creation")) {
      simulation.settle();
    }
    return simulation;
  }

  private static String world(String story) {
    if (story.startsWith("logged")) {
      return LOGGED;
    }
    return story.startsWith(PACKED)
        ? Simulation.ECOMMERCE.replace("region: eu-west-1", "region: eu-west-1\n  fanOut: Packed")
        : Simulation.ECOMMERCE;
  }

  static Stream<Arguments> stories() {
    return Stream.of(
        story("creation", simulation -> {}),
        changed(EventBackbone.class, "main", "{allowedBuses: {from: Same}}"),
        changed(EventBackbone.class, "main", "{archive: {enabled: false}}"),
        changed(EventBackbone.class, "main", "{archive: {retentionDays: 60}}"),
        changed(EventBackbone.class, "main", "{archive: {pattern: {source: [orders]}}}"),
        changed(EventBackbone.class, "main", "{audit: {retentionDays: 14}}"),
        changed(EventBackbone.class, "main", "{audit: {enabled: false}}"),
        changed(EventBackbone.class, "main", "{deadLetter: {enabled: false}}"),
        changed(
            EventBackbone.class,
            "main",
            "{publishers: {mode: Organization, organizationId: o-a1b2c3d4e5}}"),
        changed(EventBackbone.class, "main", "{publishers: {bindSources: true}}"),
        changed(
            EventBackbone.class,
            "main",
            "{forwardingRoleArn: 'arn:aws:iam::111111111111:role/another'}"),
        changed(EventBackbone.class, "main", "{encryption: {kmsKeyIdentifier: alias/events}}"),
        changed(EventBackbone.class, "main", "{schemaDiscovery: {enabled: true}}"),
        changed(EventBackbone.class, "main", "{logging: {level: Error, includeDetail: Full}}"),
        changed(EventBackbone.class, "main", "{fanOut: Packed}"),
        changed(EventBackbone.class, "main", "{managementPolicy: Observe}"),
        changed(ServiceAccountBus.class, "orders", "{logging: {level: Trace}}"),
        story(
            "logged at a lower level",
            edit(ServiceAccountBus.class, "orders", "{logging: {level: Error}}")),
        story(
            "logged to another group",
            edit(ServiceAccountBus.class, "orders", "{logging: {logGroupName: /another}}")),
        story(
            "logged no more", edit(ServiceAccountBus.class, "orders", "{logging: {level: None}}")),
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
        story("logged and deleted", simulation -> leave(simulation, "delivery-updates", "orders")),
        changed(ServiceAccountBus.class, "orders", "{audit: {enabled: false}}"),
        changed(ServiceAccountBus.class, "orders", "{audit: {retentionDays: 3}}"),
        changed(ServiceAccountBus.class, "orders", "{deadLetter: {enabled: false}}"),
        changed(ServiceAccountBus.class, "orders", "{allowedSubscriptions: {from: All}}"),
        changed(EventRoute.class, "fan-out", "{filter: {detailTypes: [Order.Created]}}"),
        changed(EventRoute.class, "fan-out", "{senderMatch: Source}"),
        changed(EventSubscription.class, "new-orders", "{filter: {detailTypes: [Order.Changed]}}"),
        changed(EventSubscription.class, "new-orders", "{queue: {visibilityTimeoutSeconds: 90}}"),
        changed(EventSubscription.class, "new-orders", "{queue: {retentionDays: 2}}"),
        changed(EventSubscription.class, "new-orders", "{queue: {maxReceiveCount: 9}}"),
        changed(EventSubscription.class, "new-orders", "{deadLetter: {retentionDays: 7}}"),
        changed(EventSubscription.class, "new-orders", "{suspend: true}"),
        changed(AwsAccount.class, "orders", "{allowedNamespaces: {from: None}}"),
        story("a bus joins", CrashIT::join),
        story(PACKED + "creation", simulation -> {}),
        story(PACKED + "a bus joins", CrashIT::join),
        story(PACKED + "a bus leaves", simulation -> leave(simulation, "new-orders", "deliveries")),
        story(PACKED + "everything is deleted", CrashIT::deleteEverything),
        story(PACKED + "own rules again", edit(EventBackbone.class, "main", "{fanOut: PerBus}")),
        story(
            PACKED + "another filter",
            edit(EventRoute.class, "fan-out", "{filter: {detailTypes: [Order.Created]}}")),
        story(
            PACKED + "senders told by Source",
            edit(EventRoute.class, "fan-out", "{senderMatch: Source}")),
        story(
            PACKED + "a filter that can't be joined",
            edit(
                EventSubscription.class,
                "new-orders",
                "{filter: {pattern: {account: [{prefix: '2'}]}}}")),
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
            }));
  }

  private static Arguments changed(Class<? extends HasMetadata> kind, String name, String spec) {
    return story(kind.getSimpleName() + " " + spec, edit(kind, name, spec));
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
        Simulation.account("billing 444444444444")
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
