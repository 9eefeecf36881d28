package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.BusPolicyKey;
import io.eventbackbone.core.resource.ResourceKey.DeliveryDestinationKey;
import io.eventbackbone.core.resource.ResourceKey.DeliveryKey;
import io.eventbackbone.core.resource.ResourceKey.DeliverySourceKey;
import io.eventbackbone.core.resource.ResourceKey.DiscovererKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.LogResourcePolicyKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.core.wanted.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.Lazy;

/** The resources of one account and Region: hands each one to the API of its type. */
public final class AccountResources {

  private final EventBridgeClient events;
  private final CloudWatchLogsClient logs;
  private final SchemasClient schemas;
  private final SqsQueues queues;
  private final EventBuses buses;
  private final BusPolicies policies;
  private final Rules rules;
  private final Archives archives;
  private final Discoverers discoverers;
  private final LogGroups logGroups;
  private final LogResourcePolicies logPolicies;
  private final DeliverySources sources;
  private final DeliveryDestinations destinations;
  private final Deliveries deliveries;
  private final SchemaRegistries registries;
  private final RegistrySchemas registrySchemas;

  public AccountResources(
      EventBridgeClient events, CloudWatchLogsClient logs, SqsClient sqs, SchemasClient schemas) {
    this.events = events;
    this.logs = logs;
    this.schemas = schemas;
    queues = new SqsQueues(sqs);
    policies = new BusPolicies(events);
    buses = new EventBuses(events, policies);
    rules = new Rules(events);
    archives = new Archives(events);
    discoverers = new Discoverers(schemas);
    logGroups = new LogGroups(logs);
    logPolicies = new LogResourcePolicies(logs);
    sources = new DeliverySources(logs);
    destinations = new DeliveryDestinations(logs);
    deliveries = new Deliveries(logs);
    registries = new SchemaRegistries(schemas);
    registrySchemas = new RegistrySchemas(schemas);
  }

  /** Reads those of the resources that exist. One call reads a bus with its policy. */
  public Map<ResourceKey, Observed> observe(Collection<? extends ResourceKey> keys, Lists lists) {
    Map<EventBusKey, Optional<DescribeEventBusResponse>> described = new HashMap<>();
    Lazy<Map<String, Deliveries.Listed>> delivered = new Lazy<>(deliveries::list);
    Map<ResourceKey, Observed> found = new HashMap<>();
    for (ResourceKey key : keys) {
      Optional<Observed> observed =
          switch (key) {
            case QueueKey queue -> queues.observe(queue, lists);
            case EventBusKey bus ->
                described
                    .computeIfAbsent(bus, buses::describe)
                    .map(it -> buses.observed(bus, it, lists));
            case BusPolicyKey policy ->
                described
                    .computeIfAbsent(policy.bus(), buses::describe)
                    .flatMap(it -> policies.observed(policy, it));
            case RuleKey rule -> rules.observe(rule, lists);
            case ArchiveKey archive -> archives.observe(archive);
            case DiscovererKey discoverer -> discoverers.observe(discoverer);
            case LogGroupKey logGroup -> logGroups.observe(logGroup, lists);
            case LogResourcePolicyKey policy -> logPolicies.observe(policy);
            case DeliverySourceKey source -> sources.observe(source);
            case DeliveryDestinationKey destination -> destinations.observe(destination);
            case DeliveryKey delivery -> deliveries.observe(delivery, delivered.getValue());
            case SchemaRegistryKey registry -> registries.observe(registry);
            case SchemaKey schema -> registrySchemas.observe(schema);
          };
      observed.ifPresent(it -> found.put(key, it));
    }
    return found;
  }

  public void apply(Change change) {
    switch (change) {
      case Change.Create(AwsResource wanted, Tags tags) -> create(wanted, tags.all());
      case Change.Update update -> update(update);
      case Change.Retag retag -> retag(retag);
      case Change.Adopt(ResourceKey key, Tags tags) -> tags(key).put(tags.all());
      case Change.Release(ResourceKey key, Map<String, String> tags) -> tags(key).put(tags);
      case Change.TakeBack takeBack -> tags(takeBack.key()).put(takeBack.tags().all());
      case Change.Delete(AwsResource observed) -> delete(observed);
    }
  }

  private void create(AwsResource wanted, Map<String, String> tags) {
    switch (wanted) {
      case Queue queue -> queues.create(queue, tags);
      case EventBus bus -> buses.create(bus, tags);
      case BusPolicy policy -> policies.put(policy);
      case Rule rule -> rules.create(rule, tags);
      case Archive archive -> archives.create(archive);
      case Discoverer discoverer -> discoverers.create(discoverer, tags);
      case LogGroup logGroup -> logGroups.create(logGroup, tags);
      case LogResourcePolicy policy -> logPolicies.put(policy);
      case DeliverySource source -> sources.create(source, tags);
      case DeliveryDestination destination -> destinations.create(destination, tags);
      case Delivery delivery -> deliveries.create(delivery, tags);
      case SchemaRegistry registry -> registries.create(registry, tags);
      case SchemaRegistry.Schema schema -> registrySchemas.create(schema, tags);
    }
  }

  private void update(Change.Update update) {
    switch (update.wanted()) {
      case Queue queue -> queues.update(queue);
      case EventBus bus -> buses.update(bus, update.observed(EventBus.class));
      case BusPolicy policy -> policies.put(policy);
      case Rule rule -> rules.update(rule, update.observed(Rule.class));
      case Archive archive -> archives.update(archive, update.observed(Archive.class));
      case Discoverer discoverer ->
          discoverers.update(discoverer, update.observed(Discoverer.class));
      case LogGroup logGroup -> logGroups.update(logGroup);
      case LogResourcePolicy policy -> logPolicies.put(policy);
      case DeliverySource source -> sources.update(source);
      case DeliveryDestination destination -> destinations.update(destination);
      case Delivery delivery -> deliveries.update(delivery);
      case SchemaRegistry registry -> registries.update(registry);
      case SchemaRegistry.Schema schema ->
          registrySchemas.update(schema, update.observed(SchemaRegistry.Schema.class));
    }
  }

  /** Remove first: the tag that lists the keys of the removed tags is among the missing ones. */
  private void retag(Change.Retag retag) {
    ResourceTags tags = tags(retag.key());
    if (!retag.surplus().isEmpty()) {
      tags.remove(retag.surplus());
    }
    if (!retag.missing().isEmpty()) {
      tags.put(retag.missing());
    }
  }

  private ResourceTags tags(ResourceKey key) {
    return switch (key) {
      case QueueKey queue -> queues.tags(queue);
      case EventBusKey bus -> new EventBridgeTags(events, bus);
      case RuleKey rule -> new EventBridgeTags(events, rule);
      case ArchiveKey archive -> archives.tags(archive);
      case DiscovererKey discoverer -> new SchemasTags(schemas, discoverers.arn(discoverer));
      case SchemaRegistryKey registry -> new SchemasTags(schemas, registry.arn());
      case SchemaKey schema -> new SchemasTags(schemas, schema.arn());
      case LogGroupKey logGroup -> new LogTags(logs, logGroup.arn());
      case DeliverySourceKey source -> new LogTags(logs, source.arn());
      case DeliveryDestinationKey destination -> new LogTags(logs, destination.arn());
      case DeliveryKey delivery -> new LogTags(logs, deliveries.arn(delivery));
      case BusPolicyKey policy -> ResourceTags.NONE;
      case LogResourcePolicyKey policy -> ResourceTags.NONE;
    };
  }

  private void delete(AwsResource observed) {
    switch (observed) {
      case Queue queue -> queues.delete(queue.key());
      case EventBus bus -> buses.delete(bus.key());
      case BusPolicy policy -> policies.delete(policy);
      case Rule rule -> rules.delete(rule);
      case Archive archive -> archives.delete(archive.key());
      case Discoverer discoverer -> discoverers.delete(discoverer.key());
      case LogGroup logGroup -> logGroups.delete(logGroup.key());
      case LogResourcePolicy policy -> logPolicies.delete(policy.key());
      case DeliverySource source -> sources.delete(source.key());
      case DeliveryDestination destination -> destinations.delete(destination.key());
      case Delivery delivery -> deliveries.delete(delivery.key());
      case SchemaRegistry registry -> registries.delete(registry.key());
      case SchemaRegistry.Schema schema -> registrySchemas.delete(schema.key());
    }
  }

  /** The name that AWS chose: the URL of a queue or the ARN of a discoverer. */
  public Optional<String> address(ResourceKey key) {
    return switch (key) {
      case QueueKey queue -> Optional.of(queues.url(queue));
      case DiscovererKey discoverer -> Optional.of(discoverers.arn(discoverer));
      case EventBusKey bus -> Optional.empty();
      case BusPolicyKey policy -> Optional.empty();
      case RuleKey rule -> Optional.empty();
      case ArchiveKey archive -> Optional.empty();
      case LogGroupKey logGroup -> Optional.empty();
      case LogResourcePolicyKey policy -> Optional.empty();
      case DeliverySourceKey source -> Optional.empty();
      case DeliveryDestinationKey destination -> Optional.empty();
      case DeliveryKey delivery -> Optional.empty();
      case SchemaRegistryKey registry -> Optional.empty();
      case SchemaKey schema -> Optional.empty();
    };
  }
}
