package io.eventbackbone.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.resource.ListedRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBudgetTest {

  private static final String EVERYTHING =
      "archive: {enabled: true}, schemaDiscovery: {enabled: true}";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audit: {enabled: false}                                                             | 1
          audit: {enabled: true}                                                              | 2
          archive: {enabled: true}                                                            | 3
          schemaDiscovery: {enabled: true}                                                    | 3
          archive: {enabled: true}, schemaDiscovery: {enabled: true}, audit: {enabled: false} | 3
          """)
  void whatABackboneTakes(String spec, int own) {
    AdmittedBackbone backbone = backbone(spec);
    List<AdmittedBus> buses =
        List.of(
            bus("orders", "rule/global-bus/globalToOrders", backbone),
            bus("packed", "rule/global-bus/globalTo-pack-1", backbone),
            bus("unreached", "", backbone));
    assertThat(RuleBudget.of(backbone, buses, 7)).isEqualTo(new RuleBudget(own + 7, 0, 7, 300));
  }

  @ParameterizedTest(name = "{2} with {0}, {1} of them managed")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          globalToOrders global-logging                          | 0 | audit: {enabled: true}   | 0
          globalToOrders global-logging theirs                   | 0 | audit: {enabled: true}   | 1
          globalToOrders global-logging                          | 0 | audit: {enabled: false}  | 1
          globalToOrders globalTo-pack-1 globalTo-pack-2         | 0 | audit: {enabled: true}   | 2
          globalToGone globalToOrders                            | 0 | audit: {enabled: true}   | 1
          globalToOrders                                         | 1 | archive: {enabled: true} | 0
          globalToOrders                                         | 2 | archive: {enabled: true} | 1
          globalToOrders                                         | 1 | audit: {enabled: true}   | 1
          globalToOrders                                         | 0 | archive: {enabled: true} | 0
          """)
  void whatIsOthers(String names, int managed, String spec, int others) {
    AdmittedBackbone backbone = backbone(spec);
    assertThat(
            RuleBudget.others(
                new ListedRules(
                    Set.of(names.split(" ")),
                    Set.of(),
                    IntStream.range(0, managed)
                        .mapToObj("Schemas-%d"::formatted)
                        .collect(Collectors.toSet())),
                backbone,
                List.of(bus("orders", "", backbone).resource())))
        .isEqualTo(others);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({"269, 300, false", "270, 300, false", "271, 300, true", "302, 300, true"})
  void whatIsNearlyFullIsSaid(int used, int limit, boolean isSaid) {
    AdmittedBackbone backbone = backbone(EVERYTHING);
    RuleBudget budget = new RuleBudget(used, 0, 5, limit);
    assertThat(budget.warning(backbone).isPresent()).isEqualTo(isSaid);
    assertThat(budget.usage()).isEqualTo(new Usage(used, limit));
  }

  @Test
  void whatHelpsIsSaid() {
    RuleBudget full = new RuleBudget(300, 0, 0, 300);
    assertThat(full.warning(backbone(EVERYTHING)).orElseThrow())
        .startsWith(
            "bus global-bus has 300 of the 300 rules that AWS allows it: before others join, have"
                + " the EventBridge quota \"Number of rules\" raised")
        .endsWith("or let buses join a second EventBackbone");
  }

  private static AdmittedBackbone backbone(String spec) {
    EventBackbone resource =
        (EventBackbone)
            Cluster.read(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: EventBackbone
                metadata: {name: main, namespace: platform}
                spec: {accountRef: {name: backbone}, region: eu-west-1, %s}
                """
                    .formatted(spec));
    return new AdmittedBackbone(resource, account());
  }

  private static AdmittedBus bus(String name, String rule, AdmittedBackbone backbone) {
    ServiceAccountBus resource =
        (ServiceAccountBus)
            Cluster.read(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: ServiceAccountBus
                metadata: {name: %s, namespace: orders}
                spec: {backboneRef: {name: main, namespace: platform}, accountRef: {name: orders}}
                status: {%s}
                """
                    .formatted(
                        name, rule.isEmpty() ? "" : "forwardingRuleArn: 'arn:" + rule + "'"));
    return new AdmittedBus(resource, backbone, account());
  }

  private static AwsAccount account() {
    return (AwsAccount)
        Cluster.read(Manifests.of("AwsAccount", "backbone", "accountId: \"111111111111\""));
  }
}
