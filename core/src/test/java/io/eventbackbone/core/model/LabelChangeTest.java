package io.eventbackbone.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelChangeTest {

  private static final Map<String, String> LABELS =
      Map.of("team", "orders", "frozen", "yes", "kubernetes.io/metadata.name", "orders");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          matchLabels: {tier: core}                           | label the namespace tier=core
          matchLabels: {tier: core, team: billing}            | label the namespace team=billing (now orders), tier=core
          matchLabels: {tier: core, team: orders}             | label the namespace tier=core
          matchExpressions: [{key: tier, operator: Exists}]   | label the namespace tier=<any value>
          matchExpressions: [{key: tier, operator: In, values: [core]}] | label the namespace tier=core
          matchExpressions: [{key: tier, operator: In, values: [a, b, c]}] | label the namespace tier=a or b, c
          matchExpressions: [{key: frozen, operator: DoesNotExist}] | remove its label frozen
          matchExpressions: [{key: team, operator: NotIn, values: [orders]}] | remove its label team
          matchLabels: {tier: core}, matchExpressions: [{key: frozen, operator: DoesNotExist}] | label the namespace tier=core and remove its label frozen
          """)
  void namesTheLabelsThatAreMissing(String selector, String change) {
    assertThat(LabelChange.of(selector(selector), LABELS)).contains(change);
  }

  /** Also where labels contradict each other, or are not for people to set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          matchLabels: {}
          matchLabels: {not a key: core}
          matchLabels: {kubernetes.io/metadata.name: billing}
          matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [orders]}]
          matchLabels: {tier: core}, matchExpressions: [{key: tier, operator: DoesNotExist}]
          """)
  void namesNoneWhereNoneHelps(String selector) {
    assertThat(LabelChange.of(selector(selector), LABELS)).isEqualTo(Optional.empty());
  }

  private static LabelSelector selector(String yaml) {
    return Serialization.unmarshal("---\n{" + yaml + "}", LabelSelector.class);
  }
}
