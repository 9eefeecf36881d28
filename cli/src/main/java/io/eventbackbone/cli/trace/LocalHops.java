package io.eventbackbone.cli.trace;

import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Trace.Hop;
import io.eventbackbone.cli.answer.Trace.Passage;
import io.eventbackbone.cli.answer.Trace.Stage;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.trace.Witness.Letter;
import io.eventbackbone.cli.trace.Witness.QueueState;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a local bus to the consumer of a subscription. */
final class LocalHops {

  /** What the subscription itself has against the event. */
  private static final Set<Code> OF_SUBSCRIPTION =
      Set.of(
          Code.SUBSCRIPTION_FILTER, Code.CONTRADICTING_FILTERS, Code.SUSPENDED, Code.NOT_ACCEPTED);

  private final Witness witness;
  private final Sighting sighting;
  private final Facts facts;

  LocalHops(Witness witness, Sighting sighting, Facts facts) {
    this.witness = witness;
    this.sighting = sighting;
    this.facts = facts;
  }

  /** Filter, Queue and DeadLetter, as far as the event came. */
  List<Hop> of(AdmittedSubscription subscription, Receiver receiver) {
    List<Hop> hops = new ArrayList<>();
    Hop filter = filter(subscription, receiver);
    hops.add(filter);
    if (filter.verdict() == Passage.STOPPED) {
      return hops;
    }
    Hop queue = queue(subscription);
    hops.add(queue);
    if (queue.verdict() == Passage.PASSED) {
      hops.add(deadLetter(subscription));
    }
    return hops;
  }

  private Hop filter(AdmittedSubscription subscription, Receiver receiver) {
    String at = subscription.ruleKey().describe();
    if (receiver.code().filter(OF_SUBSCRIPTION::contains).isPresent()) {
      return hop(
          Stage.FILTER,
          at,
          subscription,
          Passage.STOPPED,
          receiver.code(),
          receiver.message().orElse("") + Changes.note(subscription.resource(), sighting.time()));
    }
    return RuleCheck.of(witness.rule(subscription.ruleKey()), facts)
        .map(it ->
            hop(Stage.FILTER, at, subscription, it.passage(), Optional.of(it.code()), it.message()))
        .orElseGet(() ->
            hop(
                Stage.FILTER,
                at,
                subscription,
                Passage.PASSED,
                Optional.empty(),
                "the filter matches" + Changes.note(subscription.resource(), sighting.time())));
  }

  private Hop queue(AdmittedSubscription subscription) {
    QueueKey key = subscription.queueKey();
    return switch (witness.queue(key)) {
      case View.Missing<QueueState> missing ->
          queue(
              subscription,
              Passage.STOPPED,
              Optional.of(Code.QUEUE_MISSING),
              "the queue is not there: the operator makes it at its next drift check");
      case View.Unseen<QueueState> unseen ->
          queue(
              subscription,
              Passage.UNKNOWN,
              Optional.of(Code.QUEUE_NOT_VISIBLE),
              "not seen: " + unseen.why());
      case View.Seen<QueueState> seen -> queue(subscription, seen.value());
    };
  }

  private Hop queue(AdmittedSubscription subscription, QueueState state) {
    String rule = subscription.ruleKey().arn();
    if (!new PolicyCheck(state.policy()).admitsRule(rule)) {
      return queue(
          subscription,
          Passage.STOPPED,
          Optional.of(Code.QUEUE_DENIES),
          "the queue's policy does not let the rule send to it: events go to %s, and the operator writes the policy at its next drift check"
              .formatted(subscription.bus().deadLetterQueueKey().describe()));
    }
    return undelivered(subscription)
        .orElseGet(() ->
            queue(
                subscription,
                Passage.PASSED,
                isConsumed(state) ? Optional.empty() : Optional.of(Code.NOT_CONSUMED),
                isConsumed(state)
                    ? "the queue takes it; %d messages wait, %d are being handled"
                        .formatted(state.waiting(), state.inFlight())
                    : "%d messages wait in the queue, and no consumer has received one that it did not finish: is it running?"
                        .formatted(state.waiting())));
  }

  private static boolean isConsumed(QueueState state) {
    return state.waiting() == 0 || state.inFlight() > 0;
  }

  /** What the subscription's rule could not deliver is in the bus's dead-letter queue. */
  private Optional<Hop> undelivered(AdmittedSubscription subscription) {
    QueueKey letters = subscription.bus().deadLetterQueueKey();
    String rule = subscription.ruleKey().arn();
    View<List<Letter>> looked = witness.letters(letters);
    if (looked instanceof View.Seen<List<Letter>> seen) {
      return seen.value().stream()
          .filter(it -> it.ruleArn().equals(rule) && Journey.isSame(it.event(), sighting))
          .map(it ->
              queue(
                  subscription,
                  Passage.STOPPED,
                  Optional.of(Code.UNDELIVERED),
                  "EventBridge could not deliver it, and put it into %s: %s; kubectl backbone redrive %s --delivery sends it again"
                      .formatted(letters.describe(), it.error(), receiverName(subscription))))
          .findFirst();
    }
    return witness
        .queue(letters)
        .seen()
        .filter(it -> it.waiting() > 0)
        .map(it ->
            queue(
                subscription,
                Passage.UNKNOWN,
                Optional.of(Code.UNDELIVERED),
                "%s has %d messages that could not be delivered; --look-into-dead-letters tells whether this is one of them"
                    .formatted(letters.describe(), it.waiting())));
  }

  private Hop deadLetter(AdmittedSubscription subscription) {
    QueueKey key = subscription.deadLetterQueueKey();
    int waiting = witness.queue(key).seen().map(QueueState::waiting).orElse(0);
    Optional<Letter> letter =
        witness.letters(key).seen().stream()
            .flatMap(List::stream)
            .filter(it -> Journey.isSame(it.event(), sighting))
            .findFirst();
    if (letter.isPresent()) {
      return deadLetter(
          subscription,
          Passage.STOPPED,
          Optional.of(Code.CONSUMER_FAILED),
          "the consumer received it %d times and did not finish: see its log, then kubectl backbone redrive %s"
              .formatted(
                  subscription.resource().getSpec().queue().maxReceiveCount(),
                  receiverName(subscription)));
    }
    boolean isOpen = waiting > 0 && witness.letters(key) instanceof View.Unseen;
    return deadLetter(
        subscription,
        isOpen ? Passage.UNKNOWN : Passage.PASSED,
        isOpen ? Optional.of(Code.CONSUMER_FAILED) : Optional.empty(),
        isOpen
            ? "%d messages that the consumer could not handle are in the dead-letter queue; --look-into-dead-letters tells whether this is one of them"
                .formatted(waiting)
            : "it is not in the consumer's dead-letter queue");
  }

  private static String receiverName(AdmittedSubscription subscription) {
    return subscription.resource().getMetadata().getNamespace()
        + "/"
        + subscription.resource().getMetadata().getName();
  }

  private static Hop queue(
      AdmittedSubscription subscription, Passage passage, Optional<Code> code, String message) {
    return hop(
        Stage.QUEUE, subscription.queueKey().describe(), subscription, passage, code, message);
  }

  private static Hop deadLetter(
      AdmittedSubscription subscription, Passage passage, Optional<Code> code, String message) {
    return hop(
        Stage.DEAD_LETTER,
        subscription.deadLetterQueueKey().describe(),
        subscription,
        passage,
        code,
        message);
  }

  private static Hop hop(
      Stage stage,
      String at,
      AdmittedSubscription subscription,
      Passage passage,
      Optional<Code> code,
      String message) {
    return new Hop(
        stage,
        at,
        Admissions.describe(subscription.resource()),
        Optional.empty(),
        passage,
        code,
        Optional.of(message),
        Optional.empty());
  }
}
