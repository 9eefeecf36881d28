package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.operator.bootstrap.Grant.Condition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator may make and delete, by its tag, and which tags it may set. One statement for
 * all services, because IAM takes 10,240 characters of a role. An action concerns the resources of
 * its own service alone.
 */
record TaggedGrants(Preparation account, AccountArns arns) {

  static final Condition MADE_WITH_TAG =
      new Condition(
          "StringEquals", "aws:RequestTag/" + Owner.MANAGED_BY_TAG, List.of(Owner.MANAGED_BY));

  private static final Condition HAS_TAG =
      new Condition(
          "StringEquals", "aws:ResourceTag/" + Owner.MANAGED_BY_TAG, List.of(Owner.MANAGED_BY));

  List<Grant> all() {
    return List.of(make(), delete(), tag());
  }

  private Grant make() {
    return Grant.of(
            "MakeResources",
            "create the bus, queues, log groups and deliveries, and in the backbone's account the registry and its schemas, all with the operator's tag",
            Stream.of(
                    arns.buses(), arns.queues(), arns.logs(), ofGlobalBus(arns.schemaRegistries()))
                .flatMap(List::stream)
                .toList(),
            actions(
                List.of(
                    "events:CreateEventBus",
                    "sqs:CreateQueue",
                    "logs:CreateLogGroup",
                    "logs:PutDeliverySource",
                    "logs:CreateDelivery"),
                "schemas:CreateRegistry",
                "schemas:CreateSchema"))
        .when(MADE_WITH_TAG);
  }

  private Grant delete() {
    return Grant.of(
            "DeleteResources",
            "delete resources that have the operator's tag",
            everything(),
            actions(
                List.of(
                    "events:DeleteEventBus",
                    "events:DeleteRule",
                    "sqs:DeleteQueue",
                    "logs:DeleteLogGroup",
                    "logs:DeleteDelivery",
                    "logs:DeleteDeliverySource",
                    "logs:DeleteDeliveryDestination"),
                "schemas:DeleteDiscoverer",
                "schemas:DeleteRegistry",
                "schemas:DeleteSchema"))
        .when(HAS_TAG);
  }

  private Grant tag() {
    return Grant.of(
            "TagResources",
            "set and remove the operator's own tags",
            everything(),
            actions(
                List.of(
                    "events:TagResource",
                    "events:UntagResource",
                    "sqs:TagQueue",
                    "sqs:UntagQueue",
                    "logs:TagResource",
                    "logs:UntagResource"),
                "schemas:TagResource",
                "schemas:UntagResource"))
        .when(noOtherTags());
  }

  private List<String> everything() {
    return Stream.of(
            arns.buses(), arns.rules(), arns.queues(), arns.logs(), ofGlobalBus(arns.schemas()))
        .flatMap(List::stream)
        .toList();
  }

  /** Discoverer and registry belong to the global bus. */
  private List<String> ofGlobalBus(List<String> ofSchemas) {
    return account.kind() == AccountKind.BACKBONE ? ofSchemas : List.of();
  }

  private String[] actions(List<String> everywhere, String... ofSchemas) {
    return Stream.of(everywhere, ofGlobalBus(List.of(ofSchemas)))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** Allows the tags that name the owner, and those that specs may ask for. */
  private Condition noOtherTags() {
    Stream<String> own = Stream.of(Owner.MANAGED_BY_TAG, Owner.OWNER_TAG);
    Stream<String> asked =
        account.tagKeys().isEmpty()
            ? Stream.empty()
            : Stream.concat(Stream.of(Tags.KEYS_TAG), account.tagKeys().stream());
    return new Condition(
        "ForAllValues:StringEquals", "aws:TagKeys", Stream.concat(own, asked).toList());
  }
}
