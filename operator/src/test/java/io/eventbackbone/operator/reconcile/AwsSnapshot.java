package io.eventbackbone.operator.reconcile;

import io.eventbackbone.sandbox.Sandbox;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Archive;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.eventbridge.model.Replay;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DiscovererSummary;
import software.amazon.awssdk.services.schemas.model.RegistrySummary;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Everything that accounts have, as text by name: listed by plain SDK calls, not by the operator's
 * own code, and without times and numbers of messages.
 */
public record AwsSnapshot(Map<String, String> resources) {

  private static final Pattern RELEASED = Pattern.compile("released [0-9T:-]+Z");
  private static final String OWNER_TAG = "eventbackbone.io/owner";

  public static AwsSnapshot of(Sandbox aws, Collection<String> accounts) {
    Map<String, String> resources = new TreeMap<>();
    for (String account : accounts) {
      Account clients = Account.of(aws, account);
      addBuses(resources, account, clients.events());
      addDiscoverers(resources, account, clients.schemas());
      addSchemas(resources, account, clients.schemas());
      addQueues(resources, account, clients.queues());
      addLogs(resources, account, clients.logs());
    }
    resources.replaceAll((name, text) -> RELEASED.matcher(text).replaceAll("released"));
    return new AwsSnapshot(resources);
  }

  /**
   * What carries the operator's owner tag, or a name that only it gives where there are no tags.
   */
  Map<String, String> owned() {
    return resources.entrySet().stream()
        .filter(it -> it.getValue().contains(OWNER_TAG))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private static void addBuses(
      Map<String, String> resources, String account, EventBridgeClient events) {
    for (EventBus listed : events.listEventBuses(it -> {}).eventBuses()) {
      DescribeEventBusResponse bus = events.describeEventBus(it -> it.name(listed.name()));
      resources.put(
          account + " bus " + bus.name(),
          "policy=%s kms=%s log=%s %s"
              .formatted(
                  bus.policy(),
                  bus.kmsKeyIdentifier(),
                  log(bus.logConfig()),
                  tags(events, bus.arn())));
      for (Rule rule : events.listRules(it -> it.eventBusName(bus.name())).rules()) {
        resources.put(
            account + " rule " + bus.name() + "/" + rule.name(),
            "%s %s targets=%s %s"
                .formatted(
                    rule.eventPattern(),
                    rule.state(),
                    events
                        .listTargetsByRule(it -> it.eventBusName(bus.name()).rule(rule.name()))
                        .targets(),
                    tags(events, rule.arn())));
      }
    }
    for (Archive listed : events.listArchives(it -> {}).archives()) {
      var archive = events.describeArchive(it -> it.archiveName(listed.archiveName()));
      resources.put(
          account + " archive " + archive.archiveName(),
          "%s %s %s kms=%s"
              .formatted(
                  archive.description(),
                  archive.retentionDays(),
                  archive.eventPattern(),
                  archive.kmsKeyIdentifier()));
    }
    addReplays(resources, account, events);
  }

  /** Without their progress. */
  private static void addReplays(
      Map<String, String> resources, String account, EventBridgeClient events) {
    for (Replay listed : events.listReplays(it -> {}).replays()) {
      var replay = events.describeReplay(it -> it.replayName(listed.replayName()));
      resources.put(
          account + " replay " + replay.replayName(),
          "%s of %s from %s to %s: %s"
              .formatted(
                  replay.description(),
                  replay.eventSourceArn(),
                  replay.eventStartTime(),
                  replay.eventEndTime(),
                  replay.destination().filterArns()));
    }
  }

  /** To log nothing and to never have been told to is the same. */
  private static String log(LogConfig config) {
    return config == null || config.level() == Level.OFF ? "" : config.toString();
  }

  private static void addDiscoverers(
      Map<String, String> resources, String account, SchemasClient schemas) {
    for (DiscovererSummary listed : schemas.listDiscoverers(it -> {}).discoverers()) {
      var discoverer = schemas.describeDiscoverer(it -> it.discovererId(listed.discovererId()));
      resources.put(
          account + " discoverer of " + discoverer.sourceArn(),
          "%s %s %s %s"
              .formatted(
                  discoverer.description(),
                  discoverer.crossAccount(),
                  discoverer.state(),
                  new TreeMap<>(discoverer.tags())));
    }
  }

  /** The latest version of each, without its number. */
  private static void addSchemas(
      Map<String, String> resources, String account, SchemasClient schemas) {
    for (RegistrySummary listed : schemas.listRegistries(it -> {}).registries()) {
      String registry = listed.registryName();
      resources.put(
          account + " registry " + registry,
          "%s %s"
              .formatted(
                  schemas.describeRegistry(it -> it.registryName(registry)).description(),
                  new TreeMap<>(listed.tags())));
      for (SchemaSummary summary : schemas.listSchemas(it -> it.registryName(registry)).schemas()) {
        var schema =
            schemas.describeSchema(
                it -> it.registryName(registry).schemaName(summary.schemaName()));
        resources.put(
            account + " schema " + registry + "/" + summary.schemaName(),
            "%s %s %s %s"
                .formatted(
                    schema.type(),
                    schema.description(),
                    schema.content(),
                    new TreeMap<>(schema.tags())));
      }
    }
  }

  private static String tags(EventBridgeClient events, String arn) {
    return events.listTagsForResource(it -> it.resourceARN(arn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> a, TreeMap::new))
        .toString();
  }

  private static void addQueues(Map<String, String> resources, String account, SqsClient queues) {
    for (String url : queues.listQueues().queueUrls()) {
      Map<String, String> attributes =
          new TreeMap<>(
              queues
                  .getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                  .attributesAsStrings());
      attributes.keySet().removeIf(it -> it.matches("Approximate.*|.*Timestamp"));
      resources.put(
          account + " queue " + attributes.get("QueueArn"),
          attributes + " " + new TreeMap<>(queues.listQueueTags(it -> it.queueUrl(url)).tags()));
    }
  }

  private static void addLogs(
      Map<String, String> resources, String account, CloudWatchLogsClient logs) {
    for (LogGroup group : logs.describeLogGroups().logGroups()) {
      resources.put(
          account + " log group " + group.logGroupName(),
          "%s %s"
              .formatted(
                  group.retentionInDays(),
                  new TreeMap<>(
                      logs.listTagsForResource(it -> it.resourceArn(group.logGroupArn())).tags())));
    }
    addDeliveries(resources, account, logs);
    logs.describeResourcePolicies()
        .resourcePolicies()
        .forEach(policy ->
            resources.put(account + " log policy " + policy.policyName(), policy.policyDocument()));
  }

  /** Without the ids of deliveries, which are new each time. */
  private static void addDeliveries(
      Map<String, String> resources, String account, CloudWatchLogsClient logs) {
    logs.describeDeliverySources(it -> {})
        .deliverySources()
        .forEach(source ->
            resources.put(
                account + " delivery source " + source.name(),
                "%s %s %s"
                    .formatted(
                        source.resourceArns(), source.logType(), new TreeMap<>(source.tags()))));
    logs.describeDeliveryDestinations(it -> {})
        .deliveryDestinations()
        .forEach(destination ->
            resources.put(
                account + " delivery destination " + destination.name(),
                destination.deliveryDestinationConfiguration()
                    + " "
                    + new TreeMap<>(destination.tags())));
    logs.describeDeliveries(it -> {})
        .deliveries()
        .forEach(delivery ->
            resources.put(
                account + " delivery of " + delivery.deliverySourceName(),
                delivery.deliveryDestinationArn() + " " + new TreeMap<>(delivery.tags())));
  }
}
