package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.reception.Json;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * AWS as tests need it: everything works and the logs are empty, until a test changes a bus, a
 * rule, a queue or a log group by its name.
 */
final class Aws implements Witness {

  static final RuleState RULE = new RuleState(true, json("{}"), 1);

  private static final JsonNode BUS_POLICY =
      json("{'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 'events:PutEvents'}]}");

  private static final QueueState QUEUE =
      new QueueState(
          0,
          0,
          json(
              "{'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 'sqs:SendMessage'}]}"));

  private final Map<String, View<List<Logged>>> logs = new HashMap<>();
  private final Map<String, View<RuleState>> rules = new HashMap<>();
  private final Map<String, View<JsonNode>> policies = new HashMap<>();
  private final Map<String, View<QueueState>> queues = new HashMap<>();
  private final Map<String, View<List<Letter>>> letters = new HashMap<>();

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    return (ObjectNode) Json.read(text.replace('\'', '"'));
  }

  Aws log(String group, View<List<Logged>> view) {
    logs.put(group, view);
    return this;
  }

  /** Logs an event, in addition to nothing. */
  Aws logged(String group, ObjectNode event) {
    return log(
        group,
        new View.Seen<>(
            List.of(new Logged(group, "stream", Instant.parse("2026-11-29T00:00:01Z"), event))));
  }

  Aws rule(String name, View<RuleState> view) {
    rules.put(name, view);
    return this;
  }

  Aws policy(String bus, View<JsonNode> view) {
    policies.put(bus, view);
    return this;
  }

  Aws queue(String name, View<QueueState> view) {
    queues.put(name, view);
    return this;
  }

  /** A queue with messages that wait and messages that a consumer has received. */
  Aws waiting(String queue, int waiting, int inFlight) {
    return queue(queue, new View.Seen<>(new QueueState(waiting, inFlight, QUEUE.policy())));
  }

  Aws letters(String queue, Letter... found) {
    letters.put(queue, new View.Seen<>(List.of(found)));
    return this;
  }

  @Override
  public View<List<Logged>> log(AccountScope scope, String group, String text, Instant since) {
    return logs.getOrDefault(group, new View.Seen<>(List.of()));
  }

  @Override
  public View<RuleState> rule(RuleKey rule) {
    return rules.getOrDefault(rule.name(), new View.Seen<>(RULE));
  }

  @Override
  public View<JsonNode> policy(EventBusKey bus) {
    return policies.getOrDefault(bus.name(), new View.Seen<>(BUS_POLICY));
  }

  @Override
  public View<QueueState> queue(QueueKey queue) {
    return queues.getOrDefault(queue.name(), new View.Seen<>(QUEUE));
  }

  @Override
  public View<List<Letter>> letters(QueueKey queue) {
    return letters.getOrDefault(
        queue.name(), new View.Unseen<>("--look-into-dead-letters was not given"));
  }
}
