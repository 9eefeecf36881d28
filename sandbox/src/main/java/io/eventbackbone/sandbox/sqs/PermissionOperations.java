package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** AddPermission and RemovePermission: single statements of a queue's policy, by their labels. */
final class PermissionOperations {

  private static final int MOST_ACTIONS = 7;
  private static final Pattern LABEL = Pattern.compile("[\\w-]{1,80}");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /** SQS Developer Guide, "Amazon SQS API permissions": actions for other accounts. */
  private static final Set<String> ACTIONS =
      Set.of(
          "*",
          "ChangeMessageVisibility",
          "DeleteMessage",
          "GetQueueAttributes",
          "GetQueueUrl",
          "ListDeadLetterSourceQueues",
          "PurgeQueue",
          "ReceiveMessage",
          "SendMessage");

  private final SqsAccess access;
  private final Clock clock;

  PermissionOperations(SqsAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of("AddPermission", this::add, "RemovePermission", this::remove);
  }

  private ObjectNode add(Request request) {
    Queue queue = access.queue(request);
    String label = label(request.input());
    ObjectNode policy = policy(queue);
    if (indexOf(policy, label) >= 0) {
      throw SqsErrors.invalidParameter(
          "Value %s for parameter Label is invalid. Reason: Already exists.".formatted(label));
    }
    statements(policy).add(statement(request.input(), label, queue.id()));
    set(queue, policy.toString());
    return Json.object();
  }

  private static ObjectNode statement(Members input, String label, QueueId queue) {
    List<String> accounts = requiredTexts(input, "AWSAccountIds");
    List<String> actions = requiredTexts(input, "Actions");
    if (actions.size() > MOST_ACTIONS) {
      throw SqsErrors.overLimit(actions.size(), MOST_ACTIONS);
    }
    ObjectNode statement = Json.object().put("Sid", label).put("Effect", "Allow");
    ArrayNode principals = Json.array();
    for (String account : accounts) {
      if (!ACCOUNT.matcher(account).matches()) {
        throw SqsErrors.invalidPrincipal(account);
      }
      principals.add("arn:aws:iam::" + account + ":root");
    }
    statement.putObject("Principal").set("AWS", oneOrMany(principals));
    ArrayNode allowed = Json.array();
    for (String action : actions) {
      if (!ACTIONS.contains(action)) {
        throw SqsErrors.invalidAction(action);
      }
      allowed.add("SQS:" + action);
    }
    statement.set("Action", oneOrMany(allowed));
    return statement.put("Resource", queue.arn());
  }

  private ObjectNode remove(Request request) {
    Queue queue = access.queue(request);
    String label = label(request.input());
    ObjectNode policy = policy(queue);
    int index = indexOf(policy, label);
    if (index < 0) {
      throw SqsErrors.invalidParameter(
          "Value %s for parameter Label is invalid. Reason: can't find label.".formatted(label));
    }
    statements(policy).remove(index);
    set(queue, statements(policy).isEmpty() ? "" : policy.toString());
    return Json.object();
  }

  private void set(Queue queue, String policy) {
    queue.setAttributes(
        queue.attributes().with(Map.of(QueuePolicy.ATTRIBUTE, policy)), clock.instant());
  }

  /** The policy of the queue with its statements as a list, or a new one as AWS makes it. */
  private static ObjectNode policy(Queue queue) {
    ObjectNode policy =
        queue
            .attributes()
            .policy()
            .map(JsonNode::<ObjectNode>deepCopy)
            .orElseGet(() ->
                Json.object()
                    .put("Version", "2012-10-17")
                    .put("Id", queue.id().arn() + "/SQSDefaultPolicy"));
    if (!policy.path("Statement").isArray()) {
      ArrayNode statements = Json.array();
      if (policy.has("Statement")) {
        statements.add(policy.get("Statement"));
      }
      policy.set("Statement", statements);
    }
    return policy;
  }

  private static ArrayNode statements(ObjectNode policy) {
    return policy.withArrayProperty("Statement");
  }

  private static int indexOf(ObjectNode policy, String label) {
    List<String> labels =
        statements(policy).valueStream().map(it -> it.path("Sid").asText()).toList();
    return labels.indexOf(label);
  }

  private static JsonNode oneOrMany(ArrayNode values) {
    return values.size() == 1 ? values.get(0) : values;
  }

  private static String label(Members input) {
    String label = input.requiredNonEmptyText("Label");
    if (!LABEL.matcher(label).matches()) {
      throw SqsErrors.invalidParameter(
          "Label",
          label,
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    return label;
  }

  private static List<String> requiredTexts(Members input, String member) {
    List<String> texts = input.texts(member);
    if (texts.isEmpty()) {
      throw SqsErrors.SQS.missing(member);
    }
    return texts;
  }
}
