package io.eventbackbone.core.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Writes every policy statement of the operator, and compares statements by their meaning. */
public final class Policies {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SOURCE = "events:source";
  private static final String LOG_DELIVERY = "delivery.logs.amazonaws.com";
  private static final String BUS_LOG_SID = "bus-log-delivery";
  private static final String BOUND = "ForAllValues:StringEquals";
  private static final List<String> LISTS =
      List.of("Action", "NotAction", "Resource", "NotResource");

  private Policies() {}

  /**
   * Lets accounts put events on the global bus. One statement holds all accounts, because 303
   * principals fit into the 10,240 characters of a policy, but only 51 statements.
   */
  public static PolicyStatement publishers(EventBusKey bus, Collection<String> accountIds) {
    ArrayNode principals = JSON.arrayNode();
    new TreeSet<>(accountIds)
        .forEach(id -> principals.add(AccountScope.rootArn(bus.scope().partition(), id)));
    ObjectNode statement = putEvents(Names.PUBLISHERS_SID, bus);
    statement.putObject("Principal").set("AWS", principals);
    return new PolicyStatement(Names.PUBLISHERS_SID, statement);
  }

  /**
   * Lets an account put events of the given Sources on the global bus. A request has several values
   * of the condition key (AWS Service Authorization Reference, "Condition keys for Amazon
   * EventBridge"). The condition Null requires one, because ForAllValues admits a request without
   * values.
   */
  public static PolicyStatement publisher(
      EventBusKey bus, String accountId, Collection<String> sources) {
    String sid = Names.publisherSid(accountId);
    ObjectNode statement = putEvents(sid, bus);
    statement
        .putObject("Principal")
        .put("AWS", AccountScope.rootArn(bus.scope().partition(), accountId));
    ObjectNode condition = statement.putObject("Condition");
    ArrayNode bound = condition.putObject(BOUND).putArray(SOURCE);
    new TreeSet<>(sources).forEach(bound::add);
    condition.putObject("Null").put(SOURCE, "false");
    return new PolicyStatement(sid, statement);
  }

  /** Numbers of the accounts that a statement names as principals. */
  public static Set<String> accountsOf(PolicyStatement statement) {
    return texts(statement.canonical().at("/Principal/AWS"))
        .map(arn -> arn.replaceAll("^.*::|:root$", ""))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Sources that a statement binds its accounts to; empty: any Source. */
  public static Set<String> sourcesOf(PolicyStatement statement) {
    return texts(statement.canonical().path("Condition").path(BOUND).path(SOURCE))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
  }

  /** Lets every account of an organization put events on the global bus. */
  public static PolicyStatement organization(EventBusKey bus, String organizationId) {
    ObjectNode statement = putEvents(Names.PUBLISHERS_SID, bus);
    statement.put("Principal", "*");
    statement
        .putObject("Condition")
        .putObject("StringEquals")
        .put("aws:PrincipalOrgID", organizationId);
    return new PolicyStatement(Names.PUBLISHERS_SID, statement);
  }

  /** Lets only the account of the global bus put events on a local bus. */
  public static PolicyStatement globalBusAccount(EventBusKey localBus, AccountScope global) {
    ObjectNode statement = putEvents(Names.GLOBAL_BUS_SID, localBus);
    statement.putObject("Principal").put("AWS", global.rootArn());
    return new PolicyStatement(Names.GLOBAL_BUS_SID, statement);
  }

  /** Lets one rule send to a queue. */
  public static PolicyStatement rule(QueueKey queue, RuleKey rule) {
    return sendMessage(queue, "ArnEquals", rule.arn());
  }

  /** Lets every rule of a bus send undeliverable events to the bus's dead-letter queue. */
  public static PolicyStatement rulesOf(QueueKey queue, EventBusKey bus) {
    return sendMessage(queue, "ArnLike", bus.scope().arn("events", "rule/" + bus.name() + "/*"));
  }

  /** One policy for all log groups of a bus, because an account has ten policies at most. */
  public static ObjectNode logPolicy(Collection<ObjectNode> statements) {
    return document(statements);
  }

  private static ObjectNode document(Collection<ObjectNode> statements) {
    ObjectNode document = JSON.objectNode().put("Version", "2012-10-17");
    document.putArray("Statement").addAll(statements);
    return document;
  }

  /**
   * Lets rules write to one log group (EventBridge User Guide, "Using resource-based policies").
   */
  public static ObjectNode logDelivery(LogGroupKey logGroup) {
    ObjectNode statement = writeLogs("log-delivery");
    statement
        .putObject("Principal")
        .putArray("Service")
        .add(LOG_DELIVERY)
        .add("events.amazonaws.com");
    return statement.put("Resource", logGroup.arn() + ":*");
  }

  /**
   * Lets the log of a bus be delivered to one log group (CloudWatch Logs User Guide, "Logs sent to
   * CloudWatch Logs").
   */
  public static ObjectNode busLogDelivery(LogGroupKey logGroup, Collection<String> sourceArns) {
    ObjectNode statement = writeLogs(BUS_LOG_SID);
    statement.putObject("Principal").put("Service", LOG_DELIVERY);
    statement.put("Resource", logGroup.arn() + ":log-stream:*");
    ObjectNode condition = statement.putObject("Condition");
    condition.putObject("StringEquals").put("aws:SourceAccount", logGroup.scope().accountId());
    ArrayNode sources = condition.putObject("ArnLike").putArray("aws:SourceArn");
    sourceArns.forEach(sources::add);
    return statement;
  }

  /** Whether a policy of log groups lets the log of a bus be delivered. */
  public static boolean deliversBusLog(ObjectNode policy) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .anyMatch(it -> it.path("Sid").asText().equals(Names.SID_PREFIX + BUS_LOG_SID));
  }

  private static ObjectNode writeLogs(String sid) {
    ObjectNode statement = JSON.objectNode();
    statement.put("Sid", Names.SID_PREFIX + sid).put("Effect", "Allow");
    statement.putArray("Action").add("logs:CreateLogStream").add("logs:PutLogEvents");
    return statement;
  }

  /** The length of a policy with the given statements, in characters, as the quota counts it. */
  public static int length(Collection<PolicyStatement> statements) {
    return document(statements.stream().map(PolicyStatement::json).toList()).toString().length();
  }

  /** The canonical form of a statement or document: equal meanings are equal JSON. */
  public static JsonNode canonical(JsonNode policy) {
    if (policy.isObject()) {
      ObjectNode sorted = JSON.objectNode();
      new TreeSet<>(names(policy))
          .forEach(name -> sorted.set(name, canonicalMember(name, policy.get(name))));
      return sorted;
    }
    return policy.isArray() ? sortedList(policy) : policy;
  }

  private static JsonNode canonicalMember(String name, JsonNode value) {
    if (name.equals("Principal") || name.equals("NotPrincipal")) {
      return principals(value);
    }
    if (name.equals("Condition")) {
      return conditions(value);
    }
    return LISTS.contains(name) || name.equals("Statement") ? sortedList(value) : canonical(value);
  }

  /** AWS writes everyone as "*" or {"AWS": "*"}, and an account as its number or root ARN. */
  private static JsonNode principals(JsonNode value) {
    ObjectNode byType = JSON.objectNode();
    if (value.isTextual()) {
      byType.set("AWS", sortedList(value));
      return byType;
    }
    new TreeSet<>(names(value)).forEach(type -> byType.set(type, sortedList(value.get(type))));
    return byType;
  }

  private static JsonNode conditions(JsonNode value) {
    ObjectNode byOperator = JSON.objectNode();
    for (String operator : new TreeSet<>(names(value))) {
      ObjectNode byKey = byOperator.putObject(operator);
      for (String key : new TreeSet<>(names(value.get(operator)))) {
        byKey.set(key, sortedList(value.get(operator).get(key)));
      }
    }
    return byOperator;
  }

  private static ArrayNode sortedList(JsonNode value) {
    ArrayNode list = JSON.arrayNode();
    Iterable<JsonNode> elements = value.isArray() ? value : List.of(value);
    StreamSupport.stream(elements.spliterator(), false)
        .map(element ->
            element.isTextual()
                ? JSON.textNode(principal(element.textValue()))
                : canonical(element))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .distinct()
        .forEach(list::add);
    return list;
  }

  private static String principal(String text) {
    return text.matches("[0-9]{12}") ? AccountScope.rootArn("aws", text) : text;
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  private static ObjectNode putEvents(String sid, EventBusKey bus) {
    return statement(sid, "events:PutEvents", bus.arn());
  }

  private static PolicyStatement sendMessage(QueueKey queue, String operator, String ruleArn) {
    ObjectNode statement = statement(Names.RULE_SID, "sqs:SendMessage", queue.arn());
    statement.putObject("Principal").put("Service", "events.amazonaws.com");
    statement.putObject("Condition").putObject(operator).put("aws:SourceArn", ruleArn);
    return new PolicyStatement(Names.RULE_SID, statement);
  }

  private static ObjectNode statement(String sid, String action, String resource) {
    return JSON.objectNode()
        .put("Sid", sid)
        .put("Effect", "Allow")
        .put("Action", action)
        .put("Resource", resource);
  }
}
