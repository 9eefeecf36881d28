package io.eventbackbone.local.quickstart;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person at another terminal can try while the quickstart is up.
 *
 * @param aws the sandbox's endpoint
 * @param global the global bus
 * @param thirdAccount a kustomization that lets another account join
 */
record Suggestions(Path kubeconfig, URI aws, URI orders, Bus global, Path thirdAccount) {

  /** The rule on the global bus that the README deletes. */
  private static final String RULE = "globalToDeliveryService";

  /** One idea: why, and the commands. */
  record Suggestion(String purpose, List<String> commands) {}

  /**
   * How to leave a cluster as it was. The operator has to run meanwhile: who else would take its
   * finalizers off?
   */
  static Suggestion leaving(Path kubeconfig, Path thirdAccount, Path sample, Path crds) {
    return new Suggestion(
        "Take everything out of the cluster again, before Ctrl-C: the operator must still be there",
        List.of(
            kubectl(kubeconfig, "delete --ignore-not-found -k " + thirdAccount),
            kubectl(kubeconfig, "delete -k " + sample),
            kubectl(kubeconfig, "delete -f " + crds)));
  }

  /** Questions to {@code kubectl backbone} about the order just sent. */
  static Suggestion insight(Insight insight, Optional<String> event) {
    return new Suggestion(
        "Ask which subscriptions receive an order, and which way the order above took",
        Stream.concat(Stream.of(insight.who("Order.Created")), event.map(insight::why).stream())
            .toList());
  }

  /** Questions about what the events look like. */
  static Suggestion contracts(Insight insight) {
    return new Suggestion(
        "See whether the events keep their contracts", List.of(insight.observe()));
  }

  List<Suggestion> all() {
    return List.of(
        new Suggestion(
            "See what was applied and what became of it",
            List.of(kubectl("get backbone -A"), kubectl("describe ebb -n event-platform main"))),
        new Suggestion(
            "Post another order",
            List.of(
                "curl -s "
                    + orders
                    + " -H 'Content-Type: application/json' -d '"
                    + OrderClient.EXAMPLE_ORDER
                    + "'")),
        new Suggestion(
            "Delete a rule behind the operator's back; it is back within ten seconds or so",
            List.of(
                events(
                    "RemoveTargets",
                    "{\"EventBusName\":\"%s\",\"Rule\":\"%s\",\"Ids\":[\"Target0\"]}"),
                events("DeleteRule", "{\"EventBusName\":\"%s\",\"Name\":\"%s\"}"),
                kubectl("describe svcbus -n deliveries deliveries"))),
        new Suggestion(
            "Let a third account join, then post another order and see it receive",
            List.of(kubectl("apply -k " + thirdAccount))));
  }

  private String kubectl(String arguments) {
    return kubectl(kubeconfig, arguments);
  }

  private static String kubectl(Path kubeconfig, String arguments) {
    return "kubectl --kubeconfig " + kubeconfig + " " + arguments;
  }

  /** A call of EventBridge with curl alone: the aws command line is not on every machine. */
  private String events(String operation, String body) {
    return Stream.of(
            "curl -s " + aws,
            "--user " + global.account() + ":sandbox",
            "--aws-sigv4 aws:amz:" + global.region() + ":events",
            "-H 'X-Amz-Target: AWSEvents." + operation + "'",
            "-H 'Content-Type: application/x-amz-json-1.1'",
            "-d '" + body.formatted(global.name(), RULE) + "'")
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }
}
