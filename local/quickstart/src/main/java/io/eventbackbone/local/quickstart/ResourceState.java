package io.eventbackbone.local.quickstart;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeStatus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.arns.Arn;

/**
 * How one of the operator's resources stands.
 *
 * @param name kind, namespace and name
 * @param account number of the AWS account it is about, empty if of no single one
 * @param region empty if of none
 * @param detail what was made, or what is in the way
 */
record ResourceState(
    String name, Readiness readiness, String account, String region, String detail) {

  enum Readiness {
    READY,
    NOT_READY
  }

  boolean isReady() {
    return readiness == Readiness.READY;
  }

  static ResourceState of(AwsAccount account) {
    return state(
        account,
        account.getSpec().accountId(),
        "",
        "entered as " + resource(account.getStatus().callerArn()));
  }

  static ResourceState of(EventBackbone backbone) {
    var status = backbone.getStatus();
    return ofArn(
        backbone, status.busArn(), resource(status.busArn()) + ", log " + status.logGroupName());
  }

  static ResourceState of(ServiceAccountBus bus) {
    var status = bus.getStatus();
    return ofArn(
        bus,
        status.busArn(),
        resource(status.busArn()) + ", " + resource(status.forwardingRuleArn()));
  }

  static ResourceState of(EventRoute route) {
    var reached = Optional.ofNullable(route.getStatus().buses());
    return state(
        route,
        "",
        "",
        "reaches " + reached.map(buses -> String.join(", ", buses.names())).orElse("no bus"));
  }

  static ResourceState of(EventSubscription subscription) {
    var status = subscription.getStatus();
    String binding = status.binding() == null ? "none" : status.binding().name();
    return ofArn(
        subscription,
        status.queueArn(),
        "queue/" + resource(status.queueArn()) + ", Secret " + binding);
  }

  static ResourceState of(EventType type) {
    int receivers =
        Optional.ofNullable(type.getStatus().receivers())
            .map(EventTypeStatus.Receivers::total)
            .orElse(0);
    return state(
        type, "", "", "%s, receivers: %d".formatted(type.getSpec().detailType(), receivers));
  }

  /** What an ARN says after account and Region, which have columns of their own. */
  private static String resource(String arn) {
    return Optional.ofNullable(arn).map(Arn::fromString).map(Arn::resourceAsString).orElse("?");
  }

  /** Kind, namespace and name. */
  static String name(HasMetadata resource) {
    var metadata = resource.getMetadata();
    return Stream.of(resource.getKind(), metadata.getNamespace(), metadata.getName())
        .filter(Objects::nonNull)
        .collect(Collectors.joining("/"));
  }

  private static ResourceState ofArn(
      CustomResource<?, ? extends ConditionedStatus> resource, String arn, String made) {
    var parsed = Optional.ofNullable(arn).map(Arn::fromString);
    return state(
        resource,
        parsed.flatMap(Arn::accountId).orElse(""),
        parsed.flatMap(Arn::region).orElse(""),
        made);
  }

  private static ResourceState state(
      CustomResource<?, ? extends ConditionedStatus> resource,
      String account,
      String region,
      String made) {
    String name = name(resource);
    var ready = resource.getStatus().condition("Ready");
    return ready.filter(condition -> condition.getStatus().equals("True")).isPresent()
        ? new ResourceState(name, Readiness.READY, account, region, made)
        : new ResourceState(
            name,
            Readiness.NOT_READY,
            account,
            region,
            ready.map(ResourceState::obstacle).orElse("the operator has not seen it yet"));
  }

  private static String obstacle(Condition ready) {
    return ready.getReason() + ": " + ready.getMessage();
  }
}
