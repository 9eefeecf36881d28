package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** When AWS is asked whether it still has what is wanted, and when that is known. */
class DriftCheckIT {

  private static final Set<Class<?>> PROGRAMMED =
      Set.of(EventBackbone.class, ServiceAccountBus.class, EventSubscription.class);

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void settle() {
    simulation.settle();
  }

  @Test
  void aWakeBetweenTwoChecksAsksAwsNothing() {
    assertThat(callsOf(this::reconcileEverything)).isEmpty();
  }

  @Test
  void theNextCheckAsksAgain() {
    assertThat(callsOf(simulation::settle)).isNotEmpty();
  }

  @Test
  void anotherProcessAsksAgain() {
    simulation.restart();
    assertThat(callsOf(this::reconcileEverything)).isNotEmpty();
  }

  @Test
  void aChangeConcernsThoseAloneThatWantSomethingElseByIt() {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {senderMatch: Source}}");
    assertThat(callsOf(this::reconcileEverything))
        .filteredOn(call -> call.operation().startsWith("Put"))
        .extracting(RecordedCall::operation)
        .containsExactly("PutRule", "PutRule");
  }

  @Test
  void whatIsWantedAsBeforeIsNotReadForAChangeOfTheRest() {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {senderMatch: Source}}");
    assertThat(
            callsOf(
                () -> simulation.step(simulation.cluster().get(ServiceAccountBus.class, "orders"))))
        .extracting(RecordedCall::operation)
        .containsExactly("DescribeRule", "ListTargetsByRule", "ListTagsForResource", "PutRule");
  }

  @Test
  void aChangeOfAPartDoesNotPutOffTheCheckOfTheRest() {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {senderMatch: Source}}");
    reconcileEverything();
    assertThat(callsOf(simulation::settle))
        .extracting(RecordedCall::operation)
        .contains("DescribeEventBus", "GetQueueAttributes", "DescribeLogGroups");
  }

  /** The first rule of a bus is read by itself, the next by a list. */
  @Test
  void aCheckThatFindsNothingReadsTagsByAList() {
    Map<String, Long> calls =
        callsOf(simulation::settle).stream()
            .filter(call -> call.accountId().equals("222222222222"))
            .collect(Collectors.groupingBy(RecordedCall::operation, Collectors.counting()));
    assertThat(calls)
        .containsOnlyKeys(
            "GetCallerIdentity",
            "DescribeEventBus",
            "DescribeRule",
            "ListRules",
            "ListTargetsByRule",
            "GetResources",
            "GetQueueAttributes",
            "DescribeLogGroups",
            "DescribeResourcePolicies")
        .containsEntry("GetResources", 1L);
  }

  /** GetResources knows new tags only after a while. */
  @Test
  void whatAListShowsAsDifferentIsLookedAtBeforeItIsRepaired() {
    String bus = "arn:aws:events:eu-west-1:222222222222:event-bus/local-bus-order-service";
    simulation.edit(ServiceAccountBus.class, "orders", "{spec: {tags: {team: orders}}}");
    simulation.settle();
    Account.of(simulation.aws(), "222222222222")
        .events()
        .tagResource(it -> it.resourceARN(bus).tags(Tag.builder().key("team").value("x").build()));
    assertThat(callsOf(simulation::settle))
        .filteredOn(call -> call.accountId().equals("222222222222"))
        .extracting(RecordedCall::operation)
        .containsSubsequence("GetResources", "ListTagsForResource", "TagResource")
        .containsOnlyOnce("TagResource");
  }

  @Test
  void aRoleThatMayNotListReadsOneByOne() {
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("ListRules"));
    simulation.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("GetResources"));
    Account.of(simulation.aws(), "111111111111")
        .events()
        .disableRule(it -> it.eventBusName("global-bus").name("globalToOrderService"));
    assertThat(callsOf(simulation::settle))
        .extracting(RecordedCall::operation)
        .contains("DescribeRule", "ListTagsForResource", "PutRule");
    assertThat(simulation.readiness(EventBackbone.class, "main")).isEqualTo("True Ready");
    assertThat(callsOf(simulation::settle))
        .extracting(RecordedCall::operation)
        .doesNotContain("PutRule");
  }

  @Test
  void aJoiningBusAsksForWhatCanBeThereAndWritesOnce() {
    simulation.apply(
        Simulation.account("billing", "444444444444")
            + Simulation.bus("billing", "billing-service"));
    simulation.step(simulation.cluster().get(AwsAccount.class, "billing"));
    List<RecordedCall> calls =
        callsOf(
            () -> simulation.step(simulation.cluster().get(ServiceAccountBus.class, "billing")));
    assertThat(calls)
        .extracting(RecordedCall::operation)
        .containsExactlyInAnyOrder(
            "DescribeEventBus",
            "GetQueueUrl",
            "DescribeLogGroups",
            "CreateQueue",
            "CreateLogGroup",
            "PutRetentionPolicy",
            "PutResourcePolicy",
            "CreateEventBus",
            "PutPermission",
            "DescribeEventBus",
            "PutRule",
            "PutTargets",
            "PutRule",
            "PutTargets");
  }

  /** EventBridge's messages have no id of their own, so a queue without it refuses them. */
  @Test
  void deduplicationThatSomebodyTookFromAFifoQueueIsRepairedOnce() {
    simulation.apply(
        Simulation.subscription("orders", "in-order", "Order.Created")
            .replace("  filter:", "  queue: {fifo: true}\n  filter:"));
    simulation.settle();
    SqsClient queues = Account.of(simulation.aws(), "222222222222").queues();
    String url =
        simulation.cluster().get(EventSubscription.class, "in-order").getStatus().queueUrl();
    queues.setQueueAttributes(it ->
        it.queueUrl(url)
            .attributes(Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false")));
    assertThat(callsOf(simulation::settle))
        .extracting(RecordedCall::operation)
        .contains("SetQueueAttributes");
    assertThat(
            queues
                .getQueueAttributes(it ->
                    it.queueUrl(url).attributeNames(QueueAttributeName.CONTENT_BASED_DEDUPLICATION))
                .attributesAsStrings())
        .containsEntry("ContentBasedDeduplication", "true");
    assertThat(inSync("in-order")).isEqualTo("DriftRepaired");
    assertThat(callsOf(simulation::settle))
        .extracting(RecordedCall::operation)
        .doesNotContain("SetQueueAttributes");
    assertThat(inSync("in-order")).isEqualTo("InSync");
  }

  /** A version that computes other fingerprints reads AWS, and finds what is wanted. */
  @ParameterizedTest
  @ValueSource(strings = {"All", "Subscribed"})
  void anUpgradeThatCannotReadTheStoredFingerprintsChangesNothing(String forwarding) {
    simulation.edit(EventBackbone.class, "main", "{spec: {forwarding: %s}}".formatted(forwarding));
    simulation.settle();
    Map<String, String> before = readiness();
    List<Event> events = events();
    ofFormerVersion();
    simulation.restart();
    List<RecordedCall> calls =
        callsOf(() -> {
          simulation.step(simulation.cluster().get(EventSubscription.class, "new-orders"));
          assertThat(readiness()).as("before its bus was read").isEqualTo(before);
          reconcileEverything();
        });
    assertThat(calls)
        .extracting(RecordedCall::operation)
        .contains("DescribeEventBus", "DescribeRule", "GetQueueAttributes")
        .noneMatch(it -> it.matches("(Create|Put|Update|Set|Tag|Untag|Delete|Remove).*"));
    assertThat(readiness()).isEqualTo(before);
    assertThat(inSync("new-orders")).isEqualTo("InSync");
    assertThat(events()).isEqualTo(events);
    assertThat(simulation.cluster().get(ServiceAccountBus.class, "orders").getStatus())
        .satisfies(it -> assertThat(it.appliedHash()).startsWith("v1:"));
  }

  private void ofFormerVersion() {
    String hash = "0123456789abcdef0123456789abcdef";
    simulation
        .cluster()
        .objects()
        .forEach(object -> {
          if (object instanceof EventBackbone it) {
            it.setStatus(it.getStatus().toBuilder().appliedHash(hash).build());
          } else if (object instanceof ServiceAccountBus it) {
            it.setStatus(it.getStatus().toBuilder().appliedHash(hash).build());
          } else if (object instanceof EventSubscription it) {
            it.setStatus(it.getStatus().toBuilder().appliedHash(hash).build());
          }
        });
  }

  private Map<String, String> readiness() {
    return simulation.cluster().objects().stream()
        .filter(it -> PROGRAMMED.contains(it.getClass()))
        .collect(
            Collectors.toMap(
                it -> it.getKind() + " " + it.getMetadata().getName(), Simulation::readiness));
  }

  private List<Event> events() {
    return Stream.of("Programmed", "DriftRepaired")
        .flatMap(reason -> simulation.events(reason).stream())
        .toList();
  }

  private String inSync(String subscription) {
    return simulation
        .cluster()
        .get(EventSubscription.class, subscription)
        .getStatus()
        .condition(Conditions.IN_SYNC)
        .orElseThrow()
        .getReason();
  }

  private void reconcileEverything() {
    List<HasMetadata> objects = simulation.cluster().objects();
    objects.stream().filter(it -> PROGRAMMED.contains(it.getClass())).forEach(simulation::step);
  }

  private List<RecordedCall> callsOf(Runnable action) {
    int before = simulation.aws().calls().size();
    action.run();
    List<RecordedCall> calls = simulation.aws().calls();
    return calls.subList(before, calls.size());
  }
}
