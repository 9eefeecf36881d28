package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.bootstrap.Grant.Condition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator may do in an account, and no more: a test fails for each unused action.
 *
 * <p>The resources and condition keys of an action come from AWS's Service Authorization Reference
 * (list_amazoneventbridge, list_schemas, list_amazonsqs, list_amazoncloudwatchlogs,
 * list_service-quotas, list_amazonresourcegrouptaggingapi, list_amazoncloudwatch), those of log
 * deliveries from the CloudWatch Logs User Guide ("Logs sent to CloudWatch Logs"). Two facts are
 * not confirmed on AWS: CreateDelivery also takes its source and destination as resources, and the
 * conditions on the tags of these two hold.
 *
 * <p>Creating and deleting a resource require the operator's tag, because the operator creates each
 * resource with it. Changing a resource does not: the operator tags and changes an adopted resource
 * within a second, and AWS may see the tag later.
 */
final class OperatorGrants {

  static final List<String> EVERYTHING = List.of("*");

  private final Preparation account;
  private final AccountArns arns;

  private OperatorGrants(Preparation account) {
    this.account = account;
    this.arns = new AccountArns(account);
  }

  static List<Grant> of(Preparation account) {
    OperatorGrants grants = new OperatorGrants(account);
    return Stream.of(
            grants.buses(),
            grants.rules(),
            grants.queues(),
            grants.logs(),
            grants.logPolicy(),
            grants.archiveAndReplays(),
            new TaggedGrants(account, grants.arns).all(),
            switch (account.kind()) {
              case BACKBONE -> grants.globalBus();
              case SERVICE -> grants.metrics();
            })
        .flatMap(List::stream)
        .toList();
  }

  private List<Grant> buses() {
    return List.of(
        Grant.of(
            "KeepBus",
            "read the bus, set its key and its log level, have its log delivered",
            arns.buses(),
            "events:DescribeEventBus",
            "events:UpdateEventBus",
            "events:ListTagsForResource",
            "events:AllowVendedLogDeliveryForResource"),
        Grant.of(
            "KeepBusPolicy",
            "write the bus's policy; AWS has no resource for these actions",
            EVERYTHING,
            "events:PutPermission",
            "events:RemovePermission"));
  }

  private List<Grant> rules() {
    return List.of(
        Grant.of(
            "KeepRules",
            "create, read and change the bus's rules and their targets",
            arns.rules(),
            "events:PutRule",
            "events:DescribeRule",
            "events:PutTargets",
            "events:ListTargetsByRule",
            "events:RemoveTargets",
            "events:ListTagsForResource"),
        Grant.of(
            "ListRulesAndTags",
            "read many rules, or the tags of many resources, with one call; AWS has no resource for these actions",
            EVERYTHING,
            "events:ListRules",
            "tag:GetResources"));
  }

  private List<Grant> queues() {
    return List.of(
        Grant.of(
            "KeepQueues",
            "read and change queues, but not their messages",
            arns.queues(),
            "sqs:GetQueueUrl",
            "sqs:GetQueueAttributes",
            "sqs:SetQueueAttributes",
            "sqs:ListQueueTags"));
  }

  /** Log groups, and the deliveries of the log that EventBridge writes about a bus. */
  private List<Grant> logs() {
    return List.of(
        Grant.of(
            "KeepLogs",
            "read the tags of log groups and deliveries, set the retention of log groups, and set the destination of deliveries; not read log events",
            arns.logs(),
            "logs:PutRetentionPolicy",
            "logs:ListTagsForResource",
            "logs:GetDeliverySource",
            "logs:GetDeliveryDestination",
            "logs:PutDeliveryDestination"));
  }

  private List<Grant> logPolicy() {
    return List.of(
        Grant.of(
            "KeepLogPolicy",
            "let EventBridge write to the log groups, and find log groups and deliveries; AWS has no resource for these actions",
            EVERYTHING,
            "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies",
            "logs:PutResourcePolicy",
            "logs:DeleteResourcePolicy",
            "logs:DescribeDeliveries"));
  }

  /** SQS does not tell how old messages are. */
  private List<Grant> metrics() {
    return List.of(
        Grant.of(
            "ReadMessageAges",
            "read how long the oldest messages of queues wait; AWS has no resource for this action",
            EVERYTHING,
            "cloudwatch:GetMetricData"));
  }

  /** What the global bus alone has. */
  private List<Grant> globalBus() {
    return Stream.concat(quotasAndForwarding().stream(), new SchemasGrants(account, arns).all())
        .toList();
  }

  /** Two statements, because IAM limits the length of all. */
  private List<Grant> archiveAndReplays() {
    return List.of(
        Grant.of(
            "KeepArchive",
            "create, read, change and delete the bus's archive; start, follow and cancel replays. Neither can be tagged",
            Stream.of(arns.archives(), arns.replays()).flatMap(List::stream).toList(),
            "events:CreateArchive",
            "events:DescribeArchive",
            "events:UpdateArchive",
            "events:DeleteArchive",
            "events:StartReplay",
            "events:DescribeReplay",
            "events:CancelReplay"),
        Grant.of(
            "ArchiveBus",
            "archive the bus and replay its archive; AWS checks these actions on the bus, too",
            arns.buses(),
            "events:CreateArchive",
            "events:StartReplay"));
  }

  private List<Grant> quotasAndForwarding() {
    return List.of(
        Grant.of(
            "ReadQuotas",
            "read the quotas of rules, of the bus's policy and of patterns; AWS has no resource for this action",
            EVERYTHING,
            "servicequotas:ListServiceQuotas"),
        Grant.of(
                "PassForwardingRole",
                "give the forwarding role to rules, and to nothing else",
                List.of(Names.roleArn(account.scopes().get(0), account.forwardingRoleName())),
                "iam:PassRole")
            .when(
                new Condition(
                    "StringEquals", "iam:PassedToService", List.of(AccountRoles.EVENTBRIDGE))));
  }
}
