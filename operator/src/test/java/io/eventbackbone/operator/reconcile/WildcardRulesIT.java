package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A global bus takes thirty rules with wildcards, and nobody can have more. */
class WildcardRulesIT {

  private static final String WITH_WILDCARD = "{pattern: {detail: {a: [{wildcard: '*x'}]}}}";
  private static final String WITHOUT_WILDCARD = "{pattern: {detail: {a: [{suffix: x}]}}}";

  @AutoClose
  private final Simulation simulation =
      new Simulation(
          Simulation.account("backbone", "111111111111")
              + "{apiVersion: v1, kind: Namespace, metadata: {name: platform}}\n---\n"
              + Manifests.of(
                  "EventBackbone",
                  "platform/main",
                  "accountRef: {name: backbone}",
                  "region: eu-west-1",
                  "allowedBuses: {from: All}",
                  "deletionPolicy: Delete")
              + Simulation.route("fan-out")
              + Simulation.account("many", "222222222222"));

  @Test
  void whoHasOneKeepsItAndWhoComesLaterWaitsForOne() {
    filter(WITH_WILDCARD);
    join(1, 30);
    assertThat(reasons()).isEqualTo(Map.of("True Ready", 30L));
    assertThat(backbone()).contains("\"wildcardRules\":{\"used\":30,\"limit\":30}");

    join(0, 0);
    assertThat(simulation.readiness(ServiceAccountBus.class, "b0"))
        .isEqualTo("False QuotaExceeded");
    assertThat(bus(0)).contains("30 of the 30 rules with wildcards", "EventRoutes fan-out");
    assertThat(reasons()).containsEntry("True Ready", 30L);

    simulation.restart();
    simulation.settle();
    assertThat(simulation.readiness(ServiceAccountBus.class, "b0"))
        .isEqualTo("False QuotaExceeded");
    simulation.delete(ServiceAccountBus.class, "b7");
    simulation.settle();
    assertThat(reasons()).isEqualTo(Map.of("True Ready", 30L));
  }

  @Test
  void whoHasOneKeepsItThoughEveryStatusIsLost() {
    filter(WITH_WILDCARD);
    join(1, 30);
    join(0, 0);
    Map<String, String> rules = rules();
    Map<String, String> statuses = simulation.kubernetes();
    simulation.deleteStatuses();
    simulation.restart();
    simulation.settle();
    assertThat(rules()).isEqualTo(rules);
    assertThat(simulation.kubernetes()).isEqualTo(statuses);
  }

  @Test
  void whoFindsNoneKeepsTheRuleThatItHas() {
    filter(WITHOUT_WILDCARD);
    join(1, 31);
    assertThat(backbone()).doesNotContain("wildcardRules");

    filter(WITH_WILDCARD);
    assertThat(reasons()).isEqualTo(Map.of("True Ready", 30L, "False QuotaExceeded", 1L));
    assertThat(rules().values()).filteredOn(it -> it.contains("wildcard")).hasSize(30);
    assertThat(rules().values()).filteredOn(it -> it.contains("suffix")).hasSize(1);
    assertThat(backbone()).contains("\"rules\":{\"used\":32");

    filter(WITHOUT_WILDCARD);
    assertThat(reasons()).isEqualTo(Map.of("True Ready", 31L));
    assertThat(backbone()).doesNotContain("wildcardRules");
  }

  private void filter(String filter) {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {filter: %s}}".formatted(filter));
    simulation.settle();
  }

  /** Buses of one account, one after the other. */
  private void join(int first, int last) {
    simulation.apply(
        IntStream.rangeClosed(first, last)
            .mapToObj(number ->
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: ServiceAccountBus
                metadata: {name: b%d, namespace: many}
                spec:
                  backboneRef: {name: main, namespace: platform}
                  accountRef: {name: many}
                  audit: {enabled: false}
                  deadLetter: {enabled: false}
                ---
                """
                    .formatted(number))
            .collect(Collectors.joining()));
    simulation.settle();
  }

  /** How many buses are ready, or are not for which reason. */
  private Map<String, Long> reasons() {
    return simulation.cluster().objects().stream()
        .filter(ServiceAccountBus.class::isInstance)
        .collect(Collectors.groupingBy(Simulation::readiness, Collectors.counting()));
  }

  private Map<String, String> rules() {
    return AwsSnapshot.of(simulation.aws(), List.of("111111111111")).resources().entrySet().stream()
        .filter(it -> it.getKey().contains(" rule global-bus/globalTo"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private String backbone() {
    return simulation.kubernetes().get("EventBackbone platform/main");
  }

  private String bus(int number) {
    return simulation.kubernetes().get("ServiceAccountBus many/b" + number);
  }
}
