package io.eventbackbone.operator.web;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.MessageCounts;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The messages of subscriptions, from the statuses: {@code eventbackbone_subscription_messages},
 * {@code …_oldest_message_seconds}, {@code …_delivering}, and {@code
 * eventbackbone_undelivered_events} of each bus.
 */
public final class MessageMetrics {

  private final MultiGauge messages;
  private final MultiGauge oldest;
  private final MultiGauge delivering;
  private final MultiGauge undelivered;
  private final Supplier<Stream<HasMetadata>> resources;
  private final InstantSource clock;

  /**
   * Registers the gauges; they have no values before the first refresh.
   *
   * @param resources all custom resources, at any time
   */
  public MessageMetrics(
      MeterRegistry registry, Supplier<Stream<HasMetadata>> resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
    messages =
        MultiGauge.builder("eventbackbone.subscription.messages")
            .description("Messages of a subscription at the last check for drift")
            .register(registry);
    oldest =
        MultiGauge.builder("eventbackbone.subscription.oldest.message.seconds")
            .description("Age of the oldest message in a subscription's queue")
            .register(registry);
    delivering =
        MultiGauge.builder("eventbackbone.subscription.delivering")
            .description(
                "Whether the condition Delivering of a subscription is True, by its reason")
            .register(registry);
    undelivered =
        MultiGauge.builder("eventbackbone.undelivered.events")
            .description("Events in the dead-letter queue of a bus")
            .register(registry);
  }

  /** Reads the numbers from the statuses, and drops those of deleted objects. */
  public void refresh() {
    List<HasMetadata> all = resources.get().toList();
    messages.register(rows(all, MessageMetrics::messages), true);
    oldest.register(rows(all, this::oldest), true);
    delivering.register(rows(all, MessageMetrics::delivering), true);
    undelivered.register(rows(all, MessageMetrics::undelivered), true);
  }

  /** Rows of one object. */
  private interface Rows {
    Stream<MultiGauge.Row<?>> of(HasMetadata object);
  }

  private static List<MultiGauge.Row<?>> rows(List<HasMetadata> objects, Rows rows) {
    return objects.stream().flatMap(rows::of).toList();
  }

  private static Stream<MultiGauge.Row<?>> messages(HasMetadata object) {
    return counts(object)
        .flatMap(counts ->
            Map.of(
                    "waiting", counts.waiting(),
                    "in-flight", counts.inFlight(),
                    "delayed", counts.delayed(),
                    "dead-letter", counts.deadLetters())
                .entrySet()
                .stream()
                .map(it ->
                    MultiGauge.Row.of(tags(object).and("state", it.getKey()), it.getValue())));
  }

  private Stream<MultiGauge.Row<?>> oldest(HasMetadata object) {
    return counts(object)
        .flatMap(it -> age(it).stream())
        .map(age -> MultiGauge.Row.of(tags(object), age.toSeconds()));
  }

  /** Of an empty queue it is zero, as in CloudWatch. Empty: not known. */
  private Optional<Duration> age(MessageCounts counts) {
    return counts.waiting() + counts.inFlight() + counts.delayed() == 0
        ? Optional.of(Duration.ZERO)
        : counts.oldest().map(sent -> Duration.between(sent, clock.instant()));
  }

  private static Stream<MessageCounts> counts(HasMetadata object) {
    return object instanceof EventSubscription subscription
        ? subscription.getStatus().countedMessages().stream()
        : Stream.empty();
  }

  private static Stream<MultiGauge.Row<?>> delivering(HasMetadata object) {
    return object instanceof EventSubscription subscription
        ? subscription.getStatus().condition(Conditions.DELIVERING).stream()
            .map(it ->
                MultiGauge.Row.of(
                    tags(object).and("reason", it.getReason()),
                    it.getStatus().equals("True") ? 1 : 0))
        : Stream.empty();
  }

  private static Stream<MultiGauge.Row<?>> undelivered(HasMetadata object) {
    Tags tags = tags(object).and("kind", object.getKind());
    return switch (object) {
      case ServiceAccountBus bus ->
          Stream.of(MultiGauge.Row.of(tags, bus.getStatus().messageTotals().undelivered()));
      case EventBackbone backbone ->
          Stream.of(MultiGauge.Row.of(tags, backbone.getStatus().unforwarded()));
      default -> Stream.empty();
    };
  }

  private static Tags tags(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return Tags.of(
        "namespace", namespace == null ? "" : namespace, "name", object.getMetadata().getName());
  }
}
