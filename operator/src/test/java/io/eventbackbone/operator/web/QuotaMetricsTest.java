package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneStatusBuilder;
import io.eventbackbone.api.v1alpha1.Usage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaMetricsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<HasMetadata> resources = new ArrayList<>();
  private final QuotaMetrics quotas = new QuotaMetrics(registry, resources::stream);

  @Test
  void theStatusOfABackboneIsToldForAsLongAsItIsThere() {
    EventBackbone backbone = new EventBackbone();
    backbone.getMetadata().setNamespace("platform");
    backbone.getMetadata().setName("main");
    backbone.setStatus(
        EventBackboneStatusBuilder.builder()
            .rules(new Usage(12, 300))
            .wildcardRules(new Usage(7, 30))
            .patternCharacters(new Usage(50, 2_048))
            .build());
    resources.add(backbone);
    quotas.refresh();
    assertThat(registry.scrape())
        .contains(
            "eventbackbone_quota_used{name=\"main\",namespace=\"platform\",quota=\"RulesPerEventBus\"} 12.0",
            "eventbackbone_quota_limit{name=\"main\",namespace=\"platform\",quota=\"RulesPerEventBus\"} 300.0",
            "eventbackbone_quota_used{name=\"main\",namespace=\"platform\",quota=\"WildcardRulesPerEventBus\"} 7.0",
            "eventbackbone_quota_used{name=\"main\",namespace=\"platform\",quota=\"EventPatternCharacters\"} 50.0",
            "eventbackbone_quota_limit{name=\"main\",namespace=\"platform\",quota=\"EventPatternCharacters\"} 2048.0")
        .doesNotContain("EventBusPolicyCharacters");

    resources.clear();
    quotas.refresh();
    assertThat(registry.scrape()).doesNotContain("RulesPerEventBus");
  }
}
