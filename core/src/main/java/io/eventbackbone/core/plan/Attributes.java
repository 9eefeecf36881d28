package io.eventbackbone.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.BusPolicy;
import io.eventbackbone.core.resource.Delivery;
import io.eventbackbone.core.resource.DeliveryDestination;
import io.eventbackbone.core.resource.DeliverySource;
import io.eventbackbone.core.resource.Discoverer;
import io.eventbackbone.core.resource.EventBus;
import io.eventbackbone.core.resource.LogConfig;
import io.eventbackbone.core.resource.LogGroup;
import io.eventbackbone.core.resource.LogResourcePolicy;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.PolicyStatement;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.SchemaRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The attributes of one resource that the operator sets, in a canonical form: equal attributes are
 * equal JSON. Plans compare them, and fingerprints are made of them.
 *
 * @param values by attribute; one that is missing of a wanted resource stays as it is
 * @param elements of the sets of which the operator owns all elements, by attribute and id
 */
record Attributes(Map<String, JsonNode> values, Map<String, JsonNode> elements) {

  private static final JsonMapper JSON = new JsonMapper();

  static Attributes of(AwsResource resource) {
    Attributes attributes = new Attributes(new LinkedHashMap<>(), new TreeMap<>());
    switch (resource) {
      case EventBus bus -> attributes.addBus(bus);
      case BusPolicy policy -> attributes.addStatements(policy.statements());
      case Rule rule -> attributes.addRule(rule);
      case Queue queue -> attributes.addQueue(queue);
      case LogGroup logGroup -> attributes.addIfSet("retentionInDays", logGroup.retentionInDays());
      case LogResourcePolicy policy ->
          attributes.add("policyDocument", Policies.canonical(policy.document()));
      case Archive archive -> attributes.addArchive(archive);
      case Discoverer discoverer -> attributes.addDiscoverer(discoverer);
      case DeliverySource source -> attributes.addSource(source);
      case DeliveryDestination destination ->
          attributes.add("destinationResourceArn", destination.destinationResourceArn());
      case Delivery delivery -> attributes.add("deliveryDestinationArn", delivery.destinationArn());
      case SchemaRegistry registry -> attributes.add("description", registry.description());
      case SchemaRegistry.Schema schema -> attributes.addSchema(schema);
    }
    return attributes;
  }

  private void addBus(EventBus bus) {
    bus.encryption().ifPresent(key -> addOrNull("kmsKeyIdentifier", key.kmsKeyIdentifier()));
    bus.logConfig().ifPresent(this::addLogConfig);
  }

  private void addLogConfig(LogConfig config) {
    add("logConfig.level", config.level().name());
    add("logConfig.includeDetail", config.includeDetail().name());
  }

  private void addRule(Rule rule) {
    add("eventPattern", json(rule.pattern()));
    add("state", rule.state().name());
    rule.targets()
        .forEach(
            target -> addElement("targets[" + target.id() + "]", JSON.valueToTree(text(target))));
  }

  private void addQueue(Queue queue) {
    add("contentBasedDeduplication", queue.contentBasedDeduplication());
    addIfSet("visibilityTimeoutSeconds", queue.visibilityTimeoutSeconds());
    add("messageRetentionSeconds", queue.messageRetentionSeconds());
    addIfSet("redrive", queue.redrive());
    addStatements(queue.statements());
  }

  private void addArchive(Archive archive) {
    add("retentionDays", archive.retentionDays());
    addOrNull("eventPattern", archive.pattern().map(Attributes::json));
    archive.encryption().ifPresent(key -> addOrNull("kmsKeyIdentifier", key.kmsKeyIdentifier()));
    add("description", archive.description());
  }

  private void addDiscoverer(Discoverer discoverer) {
    add("description", discoverer.description());
    add("crossAccount", discoverer.crossAccount());
    add("state", discoverer.state().name());
  }

  /** With a digest of the content: nobody reads two long schemas in a message. */
  private void addSchema(SchemaRegistry.Schema schema) {
    add("type", schema.type());
    add("content", Fingerprint.digest(json(schema.content())));
    add("description", schema.description());
  }

  private void addSource(DeliverySource source) {
    add("resourceArn", source.resourceArn());
    add("logType", source.logType());
  }

  /** Statements with other Sids belong to others. */
  private void addStatements(Set<PolicyStatement> statements) {
    statements.stream()
        .filter(PolicyStatement::isOurs)
        .forEach(it -> addElement("policy[" + it.sid() + "]", it.canonical()));
  }

  private void addElement(String name, JsonNode value) {
    elements.put(name, value);
  }

  private void add(String name, Object value) {
    values.put(name, JSON.valueToTree(value));
  }

  private void addIfSet(String name, Optional<?> value) {
    value.ifPresent(it -> add(name, it));
  }

  private void addOrNull(String name, Optional<?> value) {
    values.put(name, value.<JsonNode>map(JSON::valueToTree).orElse(NullNode.getInstance()));
  }

  private static String text(Rule.Target target) {
    return target.arn()
        + target.roleArn().map(arn -> " by " + arn).orElse("")
        + target.deadLetterArn().map(arn -> ", dead letters to " + arn).orElse("")
        + target.messageGroupId().map(group -> ", group " + group).orElse("")
        + target.input().map(input -> ", sent " + input).orElse("");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "EventBridge returned a pattern or a schema that is not JSON", e);
    }
  }
}
