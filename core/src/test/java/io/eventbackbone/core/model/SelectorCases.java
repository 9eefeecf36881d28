package io.eventbackbone.core.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Label selectors as YAML, which the schemas, the webhook and the core judge alike: each of their
 * tests goes through these tables.
 */
public final class SelectorCases {

  /** Of the namespace or the bus that the valid selectors match: {@code tier: core, x.io/a: ""}. */
  public static final List<String> VALID =
      List.of(
          "{matchLabels: {tier: core}}",
          "{matchLabels: {tier: core, x.io/a: ''}}",
          "{matchExpressions: [{key: tier, operator: In, values: [core, edge]}]}",
          "{matchExpressions: [{key: tier, operator: NotIn, values: [edge]}]}",
          "{matchExpressions: [{key: tier, operator: Exists}]}",
          "{matchExpressions: [{key: tier, operator: Exists, values: []}]}",
          "{matchExpressions: [{key: a.b-c.io/Some_name.1, operator: DoesNotExist}]}",
          "{matchLabels: {tier: core}, matchExpressions: [{key: x.io/a, operator: Exists}]}");

  /** By metav1's validation, except that there an empty one is valid. */
  public static final List<String> INVALID =
      List.of(
          "{}",
          "{matchLabels: {}}",
          "{matchExpressions: []}",
          "{matchExpressions: [{key: tier}]}",
          "{matchExpressions: [{key: tier, operator: ''}]}",
          "{matchExpressions: [{key: tier, operator: Is, values: [core]}]}",
          "{matchExpressions: [{key: tier, operator: in, values: [core]}]}",
          "{matchExpressions: [{key: tier, operator: In}]}",
          "{matchExpressions: [{key: tier, operator: In, values: []}]}",
          "{matchExpressions: [{key: edge, operator: NotIn}]}",
          "{matchExpressions: [{key: tier, operator: Exists, values: [core]}]}",
          "{matchExpressions: [{key: edge, operator: DoesNotExist, values: [core]}]}",
          "{matchExpressions: [{operator: Exists}]}",
          "{matchExpressions: [{key: '', operator: DoesNotExist}]}",
          "{matchExpressions: [{key: 'a b', operator: DoesNotExist}]}",
          "{matchExpressions: [{key: -edge, operator: DoesNotExist}]}",
          "{matchExpressions: [{key: X.io/edge, operator: DoesNotExist}]}",
          "{matchExpressions: [{key: a/b/c, operator: DoesNotExist}]}",
          "{matchExpressions: [{key: /edge, operator: DoesNotExist}]}",
          "{matchExpressions: [{key: %s, operator: DoesNotExist}]}".formatted("n".repeat(64)),
          "{matchExpressions: [{key: %s/edge, operator: DoesNotExist}]}".formatted("p".repeat(254)),
          "{matchExpressions: [{key: tier, operator: NotIn, values: ['a b']}]}",
          "{matchExpressions: [{key: tier, operator: NotIn, values: [edge-]}]}",
          "{matchExpressions: [{key: tier, operator: NotIn, values: [%s]}]}"
              .formatted("v".repeat(64)),
          "{matchLabels: {'a b': core}}",
          "{matchLabels: {tier: 'a b'}}",
          "{matchLabels: {tier: core}, matchExpressions: [{key: tier}]}");

  private SelectorCases() {}

  /** An object of every kind for each field that takes the selector. */
  public static Stream<String> objectsWith(String selector) {
    return Stream.of(
        manifest(
            "AwsAccount",
            "accountId: '555555555555', allowedNamespaces: {from: Selector, selector: %s}",
            selector),
        manifest(
            "EventBackbone",
            "accountRef: {name: a}, region: eu-west-1,"
                + " allowedBuses: {from: Selector, selector: %s}",
            selector),
        manifest(
            "ServiceAccountBus",
            "backboneRef: {name: m}, accountRef: {name: a},"
                + " allowedSubscriptions: {from: Selector, selector: %s}",
            selector),
        manifest(
            "ServiceAccountBus",
            "backboneRef: {name: m}, accountRef: {name: a},"
                + " archive: {allowedReplays: {from: Selector, selector: %s}}",
            selector),
        manifest(
            "EventReplay",
            "backboneRef: {name: m}, busSelector: %s,"
                + " from: '2026-11-28T00:00:00Z', to: '2026-11-28T01:00:00Z'",
            selector),
        manifest(
            "EventRoute",
            "backboneRef: {name: m}, from: {type: Selected, busSelector: %s}",
            selector),
        manifest(
            "EventRoute",
            "backboneRef: {name: m}, to: {type: Selected, busSelector: %s}",
            selector));
  }

  private static String manifest(String kind, String spec, String selector) {
    return "---\n{apiVersion: eventbackbone.io/v1alpha1, kind: %s, metadata: {name: selecting%s}, spec: {%s}}"
        .formatted(
            kind,
            kind.equals("AwsAccount") ? "" : ", namespace: default",
            spec.formatted(selector));
  }
}
