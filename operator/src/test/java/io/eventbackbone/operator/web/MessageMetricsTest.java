package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventSubscriptionStatusBuilder;
import io.eventbackbone.api.v1alpha1.MessageCounts;
import io.eventbackbone.api.v1alpha1.MessageTotals;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatusBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageMetricsTest {

  private static final Instant NOW = Instant.parse("2026-11-29T20:40:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<HasMetadata> resources = new ArrayList<>();
  private final MessageMetrics metrics =
      new MessageMetrics(registry, resources::stream, InstantSource.fixed(NOW));

  @Test
  void theStatusOfASubscriptionIsToldForAsLongAsItIsThere() {
    addSubscription(new MessageCounts(4, 1, 0, 2, "2026-11-29T20:30:00Z"));
    metrics.refresh();
    assertThat(registry.scrape())
        .contains(
            "eventbackbone_subscription_messages{name=\"orders\",namespace=\"deliveries\",state=\"waiting\"} 4.0",
            "eventbackbone_subscription_messages{name=\"orders\",namespace=\"deliveries\",state=\"in-flight\"} 1.0",
            "eventbackbone_subscription_messages{name=\"orders\",namespace=\"deliveries\",state=\"delayed\"} 0.0",
            "eventbackbone_subscription_messages{name=\"orders\",namespace=\"deliveries\",state=\"dead-letter\"} 2.0",
            "eventbackbone_subscription_oldest_message_seconds{name=\"orders\",namespace=\"deliveries\"} 600.0",
            "eventbackbone_subscription_delivering{name=\"orders\",namespace=\"deliveries\",reason=\"DeadLetters\"} 0.0");

    resources.clear();
    metrics.refresh();
    assertThat(registry.scrape()).doesNotContain("deliveries");
  }

  @Test
  void aTimeThatIsNotKnownOrNoTimeHasNoAge() {
    addSubscription(new MessageCounts(4, 1, 0, 2, null));
    addSubscription(new MessageCounts(4, 1, 0, 2, "yesterday"));
    metrics.refresh();
    assertThat(registry.scrape()).doesNotContain("oldest_message_seconds{");
  }

  @Test
  void nothingWaitsInAnEmptyQueue() {
    addSubscription(new MessageCounts(0, 0, 0, 2, null));
    metrics.refresh();
    assertThat(registry.scrape())
        .contains(
            "eventbackbone_subscription_oldest_message_seconds{name=\"orders\",namespace=\"deliveries\"} 0.0");
  }

  @Test
  void busesTellWhatTheyCouldNotDeliver() {
    ServiceAccountBus bus = named(new ServiceAccountBus(), "orders", "orders");
    bus.setStatus(
        ServiceAccountBusStatusBuilder.builder()
            .messages(new MessageTotals(0, 0, 0, 0, 7))
            .build());
    EventBackbone backbone = named(new EventBackbone(), "platform", "main");
    backbone.setStatus(
        EventBackboneStatusBuilder.builder()
            .messages(new MessageTotals(0, 0, 0, 0, 9))
            .undelivered(2L)
            .build());
    metrics.refresh();
    assertThat(registry.scrape())
        .contains(
            "eventbackbone_undelivered_events{kind=\"ServiceAccountBus\",name=\"orders\",namespace=\"orders\"} 7.0",
            "eventbackbone_undelivered_events{kind=\"EventBackbone\",name=\"main\",namespace=\"platform\"} 2.0");
  }

  private void addSubscription(MessageCounts counts) {
    named(new EventSubscription(), "deliveries", "orders")
        .setStatus(
            EventSubscriptionStatusBuilder.builder()
                .messages(counts)
                .conditions(
                    List.of(new Condition("", "", 1L, "DeadLetters", "False", "Delivering")))
                .build());
  }

  private <T extends HasMetadata> T named(T object, String namespace, String name) {
    object.getMetadata().setNamespace(namespace);
    object.getMetadata().setName(name);
    resources.add(object);
    return object;
  }
}
