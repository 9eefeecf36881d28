package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.operator.bootstrap.Grant.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the operator may do in an account, and no more: a test fails for every action that nothing
 * needs.
 *
 * <p>Which resources and condition keys an action takes is from AWS's Service Authorization
 * Reference (list_amazoneventbridge, list_schemas, list_amazonsqs, list_amazoncloudwatchlogs,
 * list_service-quotas, list_amazonresourcegrouptaggingapi). What the operator makes has its tag
 * from the start, so making and deleting ask for it. Changing does not: when a resource is adopted
 * it is tagged and changed within a second, and AWS may see the tag later. Those of log deliveries
 * are from the CloudWatch Logs User Guide ("Logs sent to CloudWatch Logs"); that CreateDelivery
 * takes its two ends besides, and the conditions on their tags, were not seen on AWS.
 */
final class OperatorGrants {

  private static final List<String> EVERYTHING = List.of("*");
  private static final String SCHEMAS = "schemas.amazonaws.com";

  private static final Condition MADE_WITH_TAG =
      new Condition(
          "StringEquals", "aws:RequestTag/" + Owner.MANAGED_BY_TAG, List.of(Owner.MANAGED_BY));

  private static final Condition HAS_TAG =
      new Condition(
          "StringEquals", "aws:ResourceTag/" + Owner.MANAGED_BY_TAG, List.of(Owner.MANAGED_BY));

  private final Preparation account;

  private OperatorGrants(Preparation account) {
    this.account = account;
  }

  static List<Grant> of(Preparation account) {
    OperatorGrants grants = new OperatorGrants(account);
    return Stream.of(
            grants.buses(),
            grants.rules(),
            grants.queues(),
            grants.logs(),
            grants.global(),
            grants.discoverer())
        .flatMap(List::stream)
        .toList();
  }

  private List<Grant> buses() {
    return List.of(
        new Grant(
            "MakeBus",
            "make the bus, with the operator's tag",
            List.of("events:CreateEventBus"),
            busArns(),
            List.of(MADE_WITH_TAG)),
        new Grant(
            "KeepBus",
            "read the bus, set its encryption and its log, let that be delivered",
            List.of(
                "events:DescribeEventBus",
                "events:UpdateEventBus",
                "events:ListTagsForResource",
                "events:AllowVendedLogDeliveryForResource"),
            busArns(),
            List.of()),
        new Grant(
            "KeepBusPolicy",
            "write the bus's policy; AWS has no resource for these",
            List.of("events:PutPermission", "events:RemovePermission"),
            EVERYTHING,
            List.of()),
        new Grant(
            "DeleteBus",
            "delete the bus, if it has the operator's tag",
            List.of("events:DeleteEventBus"),
            busArns(),
            List.of(HAS_TAG)));
  }

  private List<Grant> rules() {
    return List.of(
        new Grant(
            "KeepRules",
            "make, read and change the bus's rules and their targets",
            List.of(
                "events:PutRule",
                "events:DescribeRule",
                "events:PutTargets",
                "events:ListTargetsByRule",
                "events:RemoveTargets",
                "events:ListTagsForResource"),
            ruleArns(),
            List.of()),
        new Grant(
            "ListRulesAndTags",
            "read many rules and many resources' tags by one call; AWS has no resource for these",
            List.of("events:ListRules", "tag:GetResources"),
            EVERYTHING,
            List.of()),
        new Grant(
            "DeleteRules",
            "delete rules that have the operator's tag",
            List.of("events:DeleteRule"),
            ruleArns(),
            List.of(HAS_TAG)),
        new Grant(
            "TagBusAndRules",
            "put the operator's own tags on bus and rules, and take them away",
            List.of("events:TagResource", "events:UntagResource"),
            Stream.of(busArns(), ruleArns()).flatMap(List::stream).toList(),
            List.of(noOtherTags())));
  }

  private List<Grant> queues() {
    return List.of(
        new Grant(
            "MakeQueues",
            "make dead-letter queues and, in a service's account, subscriptions' queues",
            List.of("sqs:CreateQueue"),
            queueArns(),
            List.of(MADE_WITH_TAG)),
        new Grant(
            "KeepQueues",
            "read and change queues, but not their messages",
            List.of(
                "sqs:GetQueueUrl",
                "sqs:GetQueueAttributes",
                "sqs:SetQueueAttributes",
                "sqs:ListQueueTags"),
            queueArns(),
            List.of()),
        new Grant(
            "DeleteQueues",
            "delete queues that have the operator's tag",
            List.of("sqs:DeleteQueue"),
            queueArns(),
            List.of(HAS_TAG)),
        new Grant(
            "TagQueues",
            "put the operator's own tags on queues, and take them away",
            List.of("sqs:TagQueue", "sqs:UntagQueue"),
            queueArns(),
            List.of(noOtherTags())));
  }

  /** Log groups, and what delivers the log that EventBridge itself writes of a bus. */
  private List<Grant> logs() {
    return List.of(
        new Grant(
            "MakeLogs",
            "make the bus's log groups and have its own log delivered, with the operator's tag",
            List.of("logs:CreateLogGroup", "logs:PutDeliverySource", "logs:CreateDelivery"),
            logArns(),
            List.of(MADE_WITH_TAG)),
        new Grant(
            "KeepLogs",
            "read the tags of log groups and deliveries, set retention, say where deliveries go;"
                + " not the logs' events",
            List.of(
                "logs:PutRetentionPolicy",
                "logs:ListTagsForResource",
                "logs:GetDeliverySource",
                "logs:GetDeliveryDestination",
                "logs:PutDeliveryDestination"),
            logArns(),
            List.of()),
        new Grant(
            "DeleteLogs",
            "delete log groups and deliveries that have the operator's tag",
            List.of(
                "logs:DeleteLogGroup",
                "logs:DeleteDelivery",
                "logs:DeleteDeliverySource",
                "logs:DeleteDeliveryDestination"),
            logArns(),
            List.of(HAS_TAG)),
        new Grant(
            "TagLogs",
            "put the operator's own tags on log groups and deliveries, and take them away",
            List.of("logs:TagResource", "logs:UntagResource"),
            logArns(),
            List.of(noOtherTags())),
        new Grant(
            "KeepLogPolicy",
            "let EventBridge write to the log groups, find deliveries; AWS has no resource for"
                + " these",
            List.of(
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:PutResourcePolicy",
                "logs:DeleteResourcePolicy",
                "logs:DescribeDeliveries"),
            EVERYTHING,
            List.of()));
  }

  /** What only the global bus has: an archive, and rules to other accounts, of which many fit. */
  private List<Grant> global() {
    if (account.kind() == AccountKind.SERVICE) {
      return List.of();
    }
    return List.of(
        new Grant(
            "ReadQuotas",
            "read how many rules and what policy fit on the bus, and how long its patterns may be;"
                + " AWS has no resource for it",
            List.of("servicequotas:ListServiceQuotas"),
            EVERYTHING,
            List.of()),
        new Grant(
            "KeepArchive",
            "make, read, change and delete the bus's archive, which can't be tagged",
            List.of(
                "events:CreateArchive",
                "events:DescribeArchive",
                "events:UpdateArchive",
                "events:DeleteArchive"),
            Names.everyArchive(account.busName()).stream()
                .flatMap(name -> arns("events", "archive/" + name).stream())
                .toList(),
            List.of()),
        new Grant(
            "ArchiveBus",
            "have the bus archived, which AWS checks besides the archive",
            List.of("events:CreateArchive"),
            busArns(),
            List.of()),
        new Grant(
            "PassForwardingRole",
            "give the forwarding role to rules, and to nothing else",
            List.of("iam:PassRole"),
            List.of(Names.roleArn(account.scopes().get(0), account.forwardingRoleName())),
            List.of(
                new Condition(
                    "StringEquals", "iam:PassedToService", List.of(AccountRoles.EVENTBRIDGE)))));
  }

  /**
   * Only the global bus has its schemas discovered. What the Service Authorization Reference does
   * not tell, the managed rule and the service-linked role, is from AWS's own policy
   * AmazonEventBridgeSchemasFullAccess.
   */
  private List<Grant> discoverer() {
    if (account.kind() == AccountKind.SERVICE) {
      return List.of();
    }
    List<String> discoverers = arns("schemas", "discoverer/*");
    return List.of(
        new Grant(
            "MakeDiscoverer",
            "make the bus's discoverer of schemas, with the operator's tag; AWS has no resource for"
                + " this",
            List.of("schemas:CreateDiscoverer"),
            EVERYTHING,
            List.of(MADE_WITH_TAG)),
        new Grant(
            "KeepDiscoverer",
            "find, read, change and start the discoverer, whose id is AWS's",
            List.of(
                "schemas:ListDiscoverers",
                "schemas:DescribeDiscoverer",
                "schemas:UpdateDiscoverer",
                "schemas:StartDiscoverer"),
            discoverers,
            List.of()),
        new Grant(
            "DeleteDiscoverer",
            "delete the discoverer, if it has the operator's tag",
            List.of("schemas:DeleteDiscoverer"),
            discoverers,
            List.of(HAS_TAG)),
        new Grant(
            "TagDiscoverer",
            "put the operator's own tags on the discoverer, and take them away",
            List.of("schemas:TagResource", "schemas:UntagResource"),
            discoverers,
            List.of(noOtherTags())),
        new Grant(
            "KeepDiscoverersRule",
            "let AWS make, enable and delete the discoverer's managed rule on the bus",
            List.of(
                "events:PutRule",
                "events:PutTargets",
                "events:EnableRule",
                "events:ListTargetsByRule",
                "events:RemoveTargets",
                "events:DeleteRule"),
            arns("events", "rule/" + account.busName() + "/Schemas-*"),
            List.of()),
        new Grant(
            "MakeDiscoverersRole",
            "let AWS make the service-linked role of discoverers, once an account",
            List.of("iam:CreateServiceLinkedRole"),
            List.of(
                Names.roleArn(
                    account.scopes().get(0),
                    "aws-service-role/" + SCHEMAS + "/AWSServiceRoleForSchemas")),
            List.of(new Condition("StringEquals", "iam:AWSServiceName", List.of(SCHEMAS)))));
  }

  /** Those that tell whose a resource is, and those that specs may ask for. */
  private Condition noOtherTags() {
    Stream<String> own = Stream.of(Owner.MANAGED_BY_TAG, Owner.OWNER_TAG);
    Stream<String> asked =
        account.tagKeys().isEmpty()
            ? Stream.empty()
            : Stream.concat(Stream.of(Tags.KEYS_TAG), account.tagKeys().stream());
    return new Condition(
        "ForAllValues:StringEquals", "aws:TagKeys", Stream.concat(own, asked).toList());
  }

  private List<String> busArns() {
    return arns("events", "event-bus/" + account.busName());
  }

  private List<String> ruleArns() {
    List<String> names =
        switch (account.kind()) {
          case BACKBONE -> List.of(Names.GLOBAL_LOG_RULE, Names.forwardingRule("*"));
          case SERVICE -> List.of(Names.LOCAL_LOG_RULE, Names.everySubscriptionRule());
        };
    return names.stream()
        .flatMap(name -> arns("events", "rule/" + account.busName() + "/" + name).stream())
        .toList();
  }

  private List<String> queueArns() {
    List<String> names = new ArrayList<>(Names.everyDeadLetterQueue(account.busName()));
    if (account.kind() == AccountKind.SERVICE) {
      names.addAll(Names.everySubscriptionQueue());
    }
    return names.stream().flatMap(name -> arns("sqs", name).stream()).toList();
  }

  /**
   * AWS names log groups with and without {@code :*}, by operation, and deliveries by names of its
   * own. Of an account with several Regions they are those of every Region, or the policy would be
   * longer than IAM takes.
   */
  private List<String> logArns() {
    String audit = account.logGroupName().orElseGet(() -> Names.logGroup(account.busName()));
    String log = account.busLogGroupName().orElseGet(() -> Names.busLogGroup(account.busName()));
    Stream<String> groups =
        Stream.of(audit, log)
            .distinct()
            .map(name -> "log-group:" + name)
            .flatMap(group -> Stream.of(group, group + ":*"));
    Stream<String> deliveries =
        Stream.of(
                Names.everyDeliverySource(account.busName()).stream()
                    .map(name -> "delivery-source:" + name),
                Names.everyDeliveryDestination(account.busName()).stream()
                    .map(name -> "delivery-destination:" + name),
                Stream.of("delivery:*"))
            .flatMap(Function.identity());
    return Stream.concat(groups, deliveries)
        .map(name -> account.scopes().get(0).arn("logs", name))
        .map(arn ->
            account.regions().size() == 1
                ? arn
                : arn.replace(":" + account.regions().get(0) + ":", ":*:"))
        .toList();
  }

  private List<String> arns(String service, String resource) {
    return account.scopes().stream().map(scope -> scope.arn(service, resource)).toList();
  }
}
