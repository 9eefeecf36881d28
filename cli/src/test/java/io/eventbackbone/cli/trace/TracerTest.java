package io.eventbackbone.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.Example;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.trace.Witness.Letter;
import io.eventbackbone.cli.trace.Witness.RuleState;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Queue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks AWS in one place at a time, and follows an event of the order service to the deliveries.
 */
class TracerTest {

  private static final Instant SINCE = Instant.parse("2026-11-29T00:00:00Z");

  private static final String GLOBAL_LOG = "/aws/events/global-bus";
  private static final String LOCAL_BUS = "local-bus-delivery-service";
  private static final String LOCAL_LOG = "/aws/events/" + LOCAL_BUS;
  private static final String FORWARDING_RULE = "globalToDeliveryService";
  private static final String RULE = Names.subscriptionRule("deliveries", "new-orders");
  private static final String QUEUE =
      Names.subscriptionQueue("deliveries", "new-orders", Queue.Kind.STANDARD);
  private static final String CONSUMERS_LETTERS =
      Names.subscriptionDeadLetterQueue("deliveries", "new-orders", Queue.Kind.STANDARD);
  private static final String GLOBAL_LETTERS = Names.deadLetterQueue("global-bus");
  private static final String LOCAL_LETTERS = Names.deadLetterQueue(LOCAL_BUS);

  private static final ObjectNode EVENT =
      Aws.json(
          """
          {'id': 'e-1', 'detail-type': 'Order.Created', 'source': 'order-service',
           'account': '222222222222', 'time': '2026-11-29T00:00:00Z',
           'detail': {'metadata': {}, 'data': {}}}
          """);

  private static final RuleState OTHER_PATTERN =
      new RuleState(true, Aws.json("{'source': ['billing']}"), 1);

  /** What the rule could not deliver. */
  private static Letter letter(String account, String bus, String rule) {
    return new Letter(
        "arn:aws:events:eu-west-1:%s:rule/%s/%s".formatted(account, bus, rule),
        "NO_PERMISSIONS not allowed",
        EVENT);
  }

  private static Arguments forwarded(
      String name, UnaryOperator<Aws> change, String expected, Ending ending) {
    return Arguments.of(name, change, expected, ending);
  }

  /** The change happens to an event that the local bus has logged. */
  private static Arguments arrived(
      String name, UnaryOperator<Aws> change, String expected, Ending ending) {
    UnaryOperator<Aws> both = aws -> change.apply(aws.logged(LOCAL_LOG, EVENT));
    return Arguments.of(name, both, expected, ending);
  }

  static Stream<Arguments> forwarding() {
    return Stream.of(
        forwarded(
            "no forwarding rule",
            aws -> aws.rule(FORWARDING_RULE, new View.Missing<>()),
            "Forward STOPPED EB204 the rule is not there",
            Ending.STOPPED),
        forwarded(
            "a disabled forwarding rule",
            aws -> aws.rule(FORWARDING_RULE, new View.Seen<>(new RuleState(false, EVENT, 1))),
            "Forward STOPPED EB205 somebody disabled the rule",
            Ending.STOPPED),
        forwarded(
            "a forwarding rule without a target",
            aws -> aws.rule(FORWARDING_RULE, new View.Seen<>(new RuleState(true, EVENT, 0))),
            "Forward STOPPED EB206 the rule has no target",
            Ending.STOPPED),
        forwarded(
            "a forwarding rule with another pattern",
            aws -> aws.rule(FORWARDING_RULE, new View.Seen<>(OTHER_PATTERN)),
            "Forward STOPPED EB207 the rule in AWS has another pattern than the specs ask for: source ="
                + " \"order-service\"; the filter wants [\"billing\"]",
            Ending.STOPPED),
        forwarded(
            "a local bus without a policy",
            aws -> aws.policy(LOCAL_BUS, new View.Seen<>(Aws.json("{}"))),
            "Forward STOPPED EB208 the policy of EventBus local-bus-delivery-service",
            Ending.STOPPED),
        forwarded(
            "no local bus",
            aws -> aws.policy(LOCAL_BUS, new View.Missing<>()),
            "Forward STOPPED EB208 the policy of EventBus local-bus-delivery-service",
            Ending.STOPPED),
        forwarded(
            "a letter of the forwarding rule",
            aws ->
                aws.letters(GLOBAL_LETTERS, letter("111111111111", "global-bus", FORWARDING_RULE)),
            "Forward STOPPED EB209 EventBridge could not deliver it",
            Ending.STOPPED),
        forwarded(
            "a letter of another rule",
            aws -> aws.letters(GLOBAL_LETTERS, letter("111111111111", "global-bus", "globalToX")),
            "Local UNKNOWN EB210 its audit log does not have it, or not yet",
            Ending.DELIVERED),
        forwarded(
            "messages in the global bus's dead-letter queue",
            aws -> aws.waiting(GLOBAL_LETTERS, 3, 0),
            "Local UNKNOWN EB210 its audit log does not have it, or not yet; Queue",
            Ending.DELIVERED),
        forwarded(
            "no local log",
            aws -> aws.log(LOCAL_LOG, new View.Missing<>()),
            "Local UNKNOWN EB202 its log group /aws/events/local-bus-delivery-service does not exist",
            Ending.DELIVERED),
        forwarded(
            "a local log that can't be seen",
            aws -> aws.log(LOCAL_LOG, new View.Unseen<>("no credentials")),
            "Local UNKNOWN EB202 not seen: no credentials",
            Ending.DELIVERED));
  }

  static Stream<Arguments> locally() {
    return Stream.of(
        arrived("nothing", aws -> aws, "Queue PASSED - the queue takes it", Ending.DELIVERED),
        arrived(
            "a forwarding rule that is gone since",
            aws -> aws.rule(FORWARDING_RULE, new View.Missing<>()),
            "Forward PASSED - ",
            Ending.DELIVERED),
        arrived(
            "no rule",
            aws -> aws.rule(RULE, new View.Missing<>()),
            "Filter STOPPED EB204 the rule is not there",
            Ending.STOPPED),
        arrived(
            "a rule without a target",
            aws -> aws.rule(RULE, new View.Seen<>(new RuleState(true, EVENT, 0))),
            "Filter STOPPED EB206 the rule has no target",
            Ending.STOPPED),
        arrived(
            "a rule with another pattern",
            aws -> aws.rule(RULE, new View.Seen<>(OTHER_PATTERN)),
            "Filter STOPPED EB207 the rule in AWS has another pattern",
            Ending.STOPPED),
        arrived(
            "no queue",
            aws -> aws.queue(QUEUE, new View.Missing<>()),
            "Queue STOPPED EB211 the queue is not there",
            Ending.STOPPED),
        arrived(
            "a queue that can't be seen",
            aws -> aws.queue(QUEUE, new View.Unseen<>("no credentials")),
            "Queue UNKNOWN EB212 not seen: no credentials",
            Ending.CANNOT_TELL),
        arrived(
            "a queue without a policy",
            aws -> aws.queue(QUEUE, new View.Seen<>(new Witness.QueueState(0, 0, Aws.json("{}")))),
            "Queue STOPPED EB213 the queue's policy does not let the rule send to it",
            Ending.STOPPED),
        arrived(
            "a letter of the rule",
            aws -> aws.letters(LOCAL_LETTERS, letter("333333333333", LOCAL_BUS, RULE)),
            "Queue STOPPED EB214 EventBridge could not deliver it",
            Ending.STOPPED),
        arrived(
            "messages in the bus's dead-letter queue",
            aws -> aws.waiting(LOCAL_LETTERS, 2, 0),
            "Queue UNKNOWN EB214 Queue",
            Ending.CANNOT_TELL),
        arrived(
            "messages that wait",
            aws -> aws.waiting(QUEUE, 2, 0),
            "Queue PASSED EB215 2 messages wait in the queue",
            Ending.DELIVERED),
        arrived(
            "messages that a consumer handles",
            aws -> aws.waiting(QUEUE, 2, 1),
            "Queue PASSED - the queue takes it; 2 messages wait, 1 are being handled",
            Ending.DELIVERED),
        arrived(
            "a letter of the consumer",
            aws -> aws.letters(CONSUMERS_LETTERS, new Letter("", "", EVENT)),
            "DeadLetter STOPPED EB216 the consumer received it 5 times",
            Ending.STOPPED),
        arrived(
            "messages in the consumer's dead-letter queue",
            aws -> aws.waiting(CONSUMERS_LETTERS, 4, 0),
            "DeadLetter UNKNOWN EB216 4 messages",
            Ending.DELIVERED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"forwarding", "locally"})
  void tellsWhereAnEventEnded(
      String name, UnaryOperator<Aws> change, String expected, Ending ending) {
    Trace trace =
        trace(change.apply(new Aws().logged(GLOBAL_LOG, EVENT)), Cluster.of(Cluster.ECOMMERCE));

    assertThat(hops(trace)).anySatisfy(hop -> assertThat(hop).startsWith(expected));
    assertThat(trace.outcome()).isEqualTo(ending);
  }

  @Test
  void sendsNobodyLookingForALogThatIsOff() {
    Trace trace =
        trace(
            new Aws().logged(GLOBAL_LOG, EVENT),
            Cluster.of(Cluster.ECOMMERCE, Example.deliveries("audit: {enabled: false}")));

    assertThat(hops(trace))
        .contains(
            "Local UNKNOWN EB202 not seen: the audit log of ServiceAccountBus deliveries/deliveries, which"
                + " is off: kubectl patch serviceaccountbus deliveries -n deliveries --type=merge -p"
                + " '{\"spec\":{\"audit\":{\"enabled\":true}}}' switches it on");
  }

  @Test
  void findsTheEventInTheLocalLogWhereTheGlobalOneIsOff() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            Example.backbone("audit: {enabled: false}"),
            Example.deliveries("audit: {enabled: true}"));

    Trace found = trace(new Aws().logged(LOCAL_LOG, EVENT), cluster);
    assertThat(found.outcome()).isEqualTo(Ending.DELIVERED);
    assertThat(found.unseen())
        .anySatisfy(
            it -> assertThat(it).contains("kubectl patch eventbackbone main -n event-platform"));

    Trace nothing = trace(new Aws(), cluster);
    assertThat(nothing.code()).contains(Code.LOG_NOT_VISIBLE);
    assertThat(nothing.outcome()).isEqualTo(Ending.CANNOT_TELL);
  }

  @Test
  void tellsThatNoLogHasTheEvent() {
    Trace trace = trace(new Aws(), Cluster.of(Cluster.ECOMMERCE));

    assertThat(trace.code()).contains(Code.NOT_LOGGED);
    assertThat(trace.outcome()).isEqualTo(Ending.STOPPED);
  }

  private static Trace trace(Aws aws, Cluster cluster) {
    Sight sight = Sight.whole(Snapshot.of(cluster.objects()));
    return new Tracer(sight, aws, SINCE).of("e-1", Optional.empty());
  }

  private static List<String> hops(Trace trace) {
    return trace.events().stream()
        .map(Event::hops)
        .flatMap(List::stream)
        .map(it ->
            Stream.of(
                    it.stage().text(),
                    it.verdict().name(),
                    it.code().map(Code::text).orElse("-"),
                    it.message().orElse(""))
                .collect(Collectors.joining(" ")))
        .toList();
  }
}
