package io.eventbackbone.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.reception.Json;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Looks at AWS. What was seen is kept: a question looks at each thing once. */
public final class AwsWitness implements Witness {

  /** Whether messages of dead-letter queues may be received. */
  public enum Letters {
    /** Each is received once, and released at once. */
    LOOKED_INTO,
    LEFT_ALONE
  }

  /** State of a rule; others match, some of them CloudTrail's events besides. */
  private static final String DISABLED = "DISABLED";

  private final AwsAccess access;
  private final Letters letters;
  private final Map<Object, View<?>> looks = new HashMap<>();

  public AwsWitness(AwsAccess access, Letters letters) {
    this.access = access;
    this.letters = letters;
  }

  private <T> View<T> once(Object key, String action, Supplier<View<T>> look) {
    return once(key, () -> access.<View<T>>orElse(look, View.Unseen::new, action));
  }

  @SuppressWarnings("unchecked") // Of a key the view is always of one type.
  private <T> View<T> once(Object key, Supplier<View<T>> look) {
    View<?> known = looks.get(key);
    if (known == null) {
      known = look.get();
      looks.put(key, known);
    }
    return (View<T>) known;
  }

  @Override
  public View<List<Logged>> log(AccountScope scope, String group, String text, Instant since) {
    return once(
        List.of(scope, group, text),
        () -> access.logGroup(scope, group, logs -> filtered(logs, group, text, since)));
  }

  private static List<Logged> filtered(
      CloudWatchLogsClient logs, String group, String text, Instant since) {
    List<Logged> found = new ArrayList<>();
    logs.filterLogEventsPaginator(it ->
            it.logGroupName(group)
                .filterPattern('"' + text.replace("\"", "") + '"')
                .startTime(since.toEpochMilli()))
        .events()
        .forEach(it -> logged(group, it).ifPresent(found::add));
    found.sort(Comparator.comparing(Logged::logged));
    return found;
  }

  static Optional<Logged> logged(String group, FilteredLogEvent entry) {
    try {
      return Json.read(entry.message()) instanceof ObjectNode event
          ? Optional.of(
              new Logged(
                  group, entry.logStreamName(), Instant.ofEpochMilli(entry.timestamp()), event))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // No event: the bus's own log may share the group.
    }
  }

  @Override
  public View<Witness.RuleState> rule(RuleKey rule) {
    return once(
        rule,
        "events:DescribeRule and events:ListTargetsByRule of " + rule.describe(),
        () -> described(rule));
  }

  private View<Witness.RuleState> described(RuleKey rule) {
    var eventBridge = access.services(rule.scope()).eventBridge();
    try {
      DescribeRuleResponse found =
          eventBridge.describeRule(it -> it.eventBusName(rule.bus().name()).name(rule.name()));
      int targets =
          eventBridge
              .listTargetsByRule(it -> it.eventBusName(rule.bus().name()).rule(rule.name()))
              .targets()
              .size();
      return new View.Seen<>(
          new Witness.RuleState(
              !found.stateAsString().equals(DISABLED),
              (ObjectNode) Json.read(found.eventPattern()),
              targets));
    } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException e) {
      return new View.Missing<>();
    }
  }

  @Override
  public View<JsonNode> policy(EventBusKey bus) {
    return once(
        bus,
        "events:DescribeEventBus of " + bus.describe(),
        () -> {
          try {
            return new View.Seen<>(
                policy(
                    access
                        .services(bus.scope())
                        .eventBridge()
                        .describeEventBus(it -> it.name(bus.name()))
                        .policy()));
          } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException e) {
            return new View.Missing<>();
          }
        });
  }

  /** AWS leaves out a policy that is not there. */
  private static JsonNode policy(String text) {
    return text == null || text.isEmpty() ? JsonNodeFactory.instance.objectNode() : Json.read(text);
  }

  @Override
  public View<QueueState> queue(QueueKey queue) {
    return once(queue, "sqs:GetQueueAttributes of " + queue.describe(), () -> attributes(queue));
  }

  private View<QueueState> attributes(QueueKey queue) {
    try {
      SqsClient sqs = access.services(queue.scope()).sqs();
      Map<QueueAttributeName, String> attributes =
          sqs.getQueueAttributes(it ->
                  it.queueUrl(SqsQueues.url(sqs, queue)).attributeNames(QueueAttributeName.ALL))
              .attributes();
      return new View.Seen<>(
          new QueueState(
              number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
              number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
              policy(attributes.get(QueueAttributeName.POLICY))));
    } catch (QueueDoesNotExistException e) {
      return new View.Missing<>();
    }
  }

  private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Integer.parseInt(attributes.getOrDefault(name, "0"));
  }

  @Override
  public View<List<Letter>> letters(QueueKey queue) {
    if (letters == Letters.LEFT_ALONE) {
      return new View.Unseen<>("--look-into-dead-letters was not given");
    }
    return once(
        List.of("letters", queue),
        "sqs:ReceiveMessage of " + queue.describe(),
        () -> {
          try {
            SqsClient sqs = access.services(queue.scope()).sqs();
            try (Reading reading = new Reading(sqs, SqsQueues.url(sqs, queue))) {
              return new View.Seen<>(letters(reading.all()));
            }
          } catch (QueueDoesNotExistException e) {
            return new View.Missing<>();
          }
        });
  }

  private static List<Letter> letters(Stream<Reading.Received> received) {
    return received
        .map(it ->
            new Letter(
                it.attribute("RULE_ARN"),
                (it.attribute("ERROR_CODE") + " " + it.attribute("ERROR_MESSAGE")).strip(),
                it.body()))
        .toList();
  }
}
