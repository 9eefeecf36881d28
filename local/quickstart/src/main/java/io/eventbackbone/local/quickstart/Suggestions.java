package io.eventbackbone.local.quickstart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** The account of samples/third-account. */
  private static final String THIRD_ACCOUNT = "444444444444";

  /** One idea: why, and the commands. */
  record Suggestion(String purpose, List<String> commands) {}

  /**
   * How to restore a cluster to its former state. The operator has to run meanwhile, because it
   * removes its finalizers.
   */
  static Suggestion leaving(Path kubeconfig, Path thirdAccount, Path sample, Path crds) {
    return new Suggestion(
        "Take everything out of the cluster again, before Ctrl-C: the operator must still be there",
        List.of(
            kubectl(kubeconfig, "delete --ignore-not-found -k " + thirdAccount),
            kubectl(kubeconfig, "delete -k " + sample),
            kubectl(kubeconfig, "delete -f " + crds)));
  }

  /**
   * How to restore a cluster to its former state without the operator. Nothing in AWS is left
   * behind, because the sandbox has ended.
   *
   * @param held objects with finalizers
   */
  static Suggestion leftBehind(
      Path kubeconfig, List<HasMetadata> held, List<Path> samples, Path crds) {
    String finalizers =
        held.isEmpty()
            ? ""
            : ". These have finalizers, which nobody takes off now that the operator has ended: "
                + held.stream().map(ResourceState::name).collect(Collectors.joining(", "));
    return new Suggestion(
        "What was applied stays in the cluster%s. Take everything out with these commands"
            .formatted(finalizers),
        Stream.of(
                samples.stream().map(it -> "delete --ignore-not-found --wait=false -k " + it),
                held.stream().map(Suggestions::letGo),
                Stream.of("delete --ignore-not-found -f " + crds))
            .flatMap(commands -> commands)
            .map(command -> kubectl(kubeconfig, command))
            .toList());
  }

  private static String letGo(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    String group = object.getApiVersion().split("/", 2)[0];
    return "patch %s.%s %s%s --type=merge -p '{\"metadata\":{\"finalizers\":null}}'"
        .formatted(
            object.getKind().toLowerCase(Locale.ROOT),
            group,
            object.getMetadata().getName(),
            namespace == null ? "" : " -n " + namespace);
  }

  /** Questions to {@code kubectl backbone} about the order just sent. */
  static Suggestion insight(Insight insight, Optional<String> event) {
    return new Suggestion(
        "Ask which subscriptions receive an order, and which way the order above took",
        Stream.concat(Stream.of(insight.who("Order.Created")), event.map(insight::why).stream())
            .toList());
  }

  /**
   * Questions about what the events look like.
   *
   * @param contracts a manifest with event types
   * @param catalog a folder to write into
   */
  static Suggestion contracts(Insight insight, Path contracts, Path catalog) {
    return new Suggestion(
        "See whether the events keep their contracts; check contracts as a pipeline does; write a"
            + " catalogue",
        List.of(insight.observe(), insight.check(contracts), insight.export(catalog)));
  }

  /** How a service receives events again, from an archive that the sample does without. */
  Suggestion replay(Insight insight, Instant from) {
    return new Suggestion(
        "Archive what the order service receives, post another order, and once it is delivered let"
            + " the service receive the delivery again: Order.Updated comes twice",
        List.of(
            kubectl(
                "patch svcbus orders -n orders --type=merge -p"
                    + " '{\"spec\":{\"archive\":{\"enabled\":true}}}'"),
            kubectl(
                "wait --for=jsonpath='{.status.archiveArn}' svcbus/orders -n orders --timeout=60s"),
            postOrder(),
            insight.replay("orders/deliveries", from)));
  }

  List<Suggestion> all() {
    return List.of(
        new Suggestion(
            "See what was applied and what became of it",
            List.of(kubectl("get backbone -A"), kubectl("describe ebb -n event-platform main"))),
        new Suggestion("Post another order", List.of(postOrder())),
        new Suggestion(
            "Delete a rule behind the operator's back; it is back within ten seconds or so",
            List.of(
                events(
                    "RemoveTargets",
                    "{\"EventBusName\":\"%s\",\"Rule\":\"%s\",\"Ids\":[\"Target0\"]}"),
                events("DeleteRule", "{\"EventBusName\":\"%s\",\"Name\":\"%s\"}"),
                kubectl("describe svcbus -n deliveries deliveries"))),
        new Suggestion(
            "Let a third account join, post another order, and take it from that account's queue",
            List.of(
                kubectl("apply -k " + thirdAccount),
                kubectl("wait --for=condition=Ready esub/orders -n billing --timeout=60s"),
                postOrder(),
                receive())));
  }

  private String postOrder() {
    return "curl -s %s -H 'Content-Type: application/json' -d '%s'"
        .formatted(orders, OrderClient.EXAMPLE_ORDER);
  }

  /** As the third account's service would, by the binding of its subscription. */
  private String receive() {
    String queueUrl =
        "$(%s | base64 -d)"
            .formatted(
                kubectl(
                    "get secret orders-binding -n billing -o jsonpath='{.data.EVENT_QUEUE_URL}'"));
    return call(
        THIRD_ACCOUNT,
        "sqs",
        "AmazonSQS.ReceiveMessage",
        "{\"QueueUrl\":\"'\"%s\"'\",\"MaxNumberOfMessages\":10,\"WaitTimeSeconds\":20}"
            .formatted(queueUrl));
  }

  private String kubectl(String arguments) {
    return kubectl(kubeconfig, arguments);
  }

  private static String kubectl(Path kubeconfig, String arguments) {
    return "kubectl --kubeconfig " + kubeconfig + " " + arguments;
  }

  private String events(String operation, String body) {
    return call(
        global.account(), "events", "AWSEvents." + operation, body.formatted(global.name(), RULE));
  }

  /** A call of AWS with curl alone: the aws command line is not on every machine. */
  private String call(String account, String service, String target, String body) {
    return String.join(
        " ",
        "curl -s " + aws,
        "--user " + account + ":sandbox",
        "--aws-sigv4 aws:amz:" + global.region() + ":" + service,
        "-H 'X-Amz-Target: " + target + "'",
        "-H 'Content-Type: application/x-amz-json-1.1'",
        "-d '" + body + "'");
  }
}
