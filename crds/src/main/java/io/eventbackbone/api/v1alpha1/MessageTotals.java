package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collection;
import java.util.Optional;

/** Sums of messages at the last checks for drift. SQS counts them approximately. */
public record MessageTotals(
    @JsonPropertyDescription("Messages in subscriptions' queues that consumers may receive.")
        long waiting,
    @JsonPropertyDescription("Messages that consumers received and did not delete yet.")
        long inFlight,
    @JsonPropertyDescription("Messages that subscriptions' queues hold back for their delay.")
        long delayed,
    @JsonPropertyDescription("Messages in consumers' dead-letter queues.") long deadLetters,
    @JsonPropertyDescription(
            "Events in dead-letter queues of buses, which a rule could not deliver.")
        long undelivered) {

  public static final MessageTotals NONE = new MessageTotals(0, 0, 0, 0, 0);

  /** The sum of the subscriptions of one bus, with the events that its rules could not deliver. */
  public static MessageTotals ofBus(
      Collection<EventSubscriptionStatus> subscriptions, long undelivered) {
    return subscriptions.stream()
        .flatMap(status -> Optional.ofNullable(status.messages()).stream())
        .map(
            it -> new MessageTotals(it.waiting(), it.inFlight(), it.delayed(), it.deadLetters(), 0))
        .reduce(new MessageTotals(0, 0, 0, 0, undelivered), MessageTotals::plus);
  }

  /** The sum of two totals. */
  public MessageTotals plus(MessageTotals other) {
    return new MessageTotals(
        waiting + other.waiting,
        inFlight + other.inFlight,
        delayed + other.delayed,
        deadLetters + other.deadLetters,
        undelivered + other.undelivered);
  }
}
