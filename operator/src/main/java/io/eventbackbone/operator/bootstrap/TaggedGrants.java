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
    return List.of(
        Grant.of(
                "MakeResources",
                "create the bus, queues, log groups, deliveries and what else has tags, with the operator's tag",
                all(
                    Stream.of(
                        arns.buses(),
                        arns.queues(),
                        arns.logs(),
                        schemas(arns.schemaRegistries()))),
                actions(
                    Stream.of(
                        "events:CreateEventBus",
                        "sqs:CreateQueue",
                        "logs:CreateLogGroup",
                        "logs:PutDeliverySource",
                        "logs:CreateDelivery"),
                    Stream.of("schemas:CreateRegistry", "schemas:CreateSchema")))
            .when(MADE_WITH_TAG),
        Grant.of(
                "DeleteResources",
                "delete what has the operator's tag",
                every(),
                actions(
                    Stream.of(
                        "events:DeleteEventBus",
                        "events:DeleteRule",
                        "sqs:DeleteQueue",
                        "logs:DeleteLogGroup",
                        "logs:DeleteDelivery",
                        "logs:DeleteDeliverySource",
                        "logs:DeleteDeliveryDestination"),
                    Stream.of(
                        "schemas:DeleteDiscoverer",
                        "schemas:DeleteRegistry",
                        "schemas:DeleteSchema")))
            .when(HAS_TAG),
        Grant.of(
                "TagResources",
                "set and remove the operator's own tags",
                every(),
                actions(
                    Stream.of(
                        "events:TagResource",
                        "events:UntagResource",
                        "sqs:TagQueue",
                        "sqs:UntagQueue",
                        "logs:TagResource",
                        "logs:UntagResource"),
                    Stream.of("schemas:TagResource", "schemas:UntagResource")))
            .when(noOtherTags()));
  }

  private List<String> every() {
    return all(
        Stream.of(arns.buses(), arns.rules(), arns.queues(), arns.logs(), schemas(arns.schemas())));
  }

  private static List<String> all(Stream<List<String>> lists) {
    return lists.flatMap(List::stream).toList();
  }

  /** Discoverer and registry belong to the global bus. */
  private List<String> schemas(List<String> resources) {
    return account.kind() == AccountKind.BACKBONE ? resources : List.of();
  }

  private String[] actions(Stream<String> everywhere, Stream<String> ofSchemas) {
    return Stream.concat(
            everywhere, account.kind() == AccountKind.BACKBONE ? ofSchemas : Stream.empty())
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
