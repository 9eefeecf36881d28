package io.eventbackbone.operator.web;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.Usage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * {@code eventbackbone_quota_used} and {@code eventbackbone_quota_limit}: the use of the quotas of
 * each global bus, from the statuses of the EventBackbones.
 */
public final class QuotaMetrics {

  private record Quota(EventBackbone backbone, String name, Usage usage) {

    MultiGauge.Row<?> row(ToIntFunction<Usage> number) {
      return MultiGauge.Row.of(
          Tags.of(
              "quota", name,
              "namespace", backbone.getMetadata().getNamespace(),
              "name", backbone.getMetadata().getName()),
          number.applyAsInt(usage));
    }
  }

  private final MultiGauge used;
  private final MultiGauge limit;
  private final Supplier<Stream<HasMetadata>> resources;

  /**
   * Registers the gauges; they have no values before the first refresh.
   *
   * @param resources all custom resources, at any time
   */
  public QuotaMetrics(MeterRegistry registry, Supplier<Stream<HasMetadata>> resources) {
    this.resources = resources;
    used =
        MultiGauge.builder("eventbackbone.quota.used")
            .description("What a global bus uses of a quota of AWS")
            .register(registry);
    limit =
        MultiGauge.builder("eventbackbone.quota.limit")
            .description("What AWS allows a global bus")
            .register(registry);
  }

  /** Reads the numbers from the statuses, and drops those of deleted backbones. */
  public void refresh() {
    List<Quota> quotas =
        resources
            .get()
            .flatMap(
                it -> it instanceof EventBackbone backbone ? Stream.of(backbone) : Stream.empty())
            .flatMap(QuotaMetrics::quotas)
            .toList();
    used.register(rows(quotas, Usage::used), true);
    limit.register(rows(quotas, Usage::limit), true);
  }

  private static List<MultiGauge.Row<?>> rows(List<Quota> quotas, ToIntFunction<Usage> number) {
    return quotas.stream().<MultiGauge.Row<?>>map(it -> it.row(number)).toList();
  }

  private static Stream<Quota> quotas(EventBackbone backbone) {
    EventBackboneStatus status = backbone.getStatus();
    return Stream.of(
            quota(backbone, "RulesPerEventBus", status.rules()),
            quota(backbone, "WildcardRulesPerEventBus", status.wildcardRules()),
            quota(backbone, "EventBusPolicyCharacters", status.policyCharacters()),
            quota(backbone, "EventPatternCharacters", status.patternCharacters()))
        .flatMap(it -> it);
  }

  private static Stream<Quota> quota(EventBackbone backbone, String name, Usage usage) {
    return Stream.ofNullable(usage).map(it -> new Quota(backbone, name, it));
  }
}
