package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The operations on queues themselves: their life, attributes, tags and lists. */
final class QueueOperations {

  private static final Pattern STANDARD_NAME = Pattern.compile("[\\w-]{1,80}");
  private static final Pattern FIFO_NAME = Pattern.compile("[\\w-]{1,75}\\.fifo");
  private static final int MAX_PAGE = 1000;
  private static final int MAX_TAGS = 50;

  /** Attributes that GetQueueAttributes computes. */
  private static final Set<String> COMPUTED =
      Set.of(
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesDelayed",
          "ApproximateNumberOfMessagesNotVisible",
          "CreatedTimestamp",
          "LastModifiedTimestamp",
          "QueueArn");

  private final Queues queues;
  private final SqsAccess access;
  private final Clock clock;
  private final Supplier<URI> endpoint;

  QueueOperations(Queues queues, SqsAccess access, Clock clock, Supplier<URI> endpoint) {
    this.queues = queues;
    this.access = access;
    this.clock = clock;
    this.endpoint = endpoint;
  }

  Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("CreateQueue", this::createQueue),
        Map.entry("DeleteQueue", this::deleteQueue),
        Map.entry("GetQueueAttributes", this::getQueueAttributes),
        Map.entry("GetQueueUrl", this::getQueueUrl),
        Map.entry("ListDeadLetterSourceQueues", this::listDeadLetterSourceQueues),
        Map.entry("ListQueueTags", this::listQueueTags),
        Map.entry("ListQueues", this::listQueues),
        Map.entry("PurgeQueue", this::purgeQueue),
        Map.entry("SetQueueAttributes", this::setQueueAttributes),
        Map.entry("TagQueue", this::tagQueue),
        Map.entry("UntagQueue", this::untagQueue));
  }

  private ObjectNode createQueue(Request request) {
    Members input = request.input();
    QueueId id = new QueueId(request.home(), input.requiredNonEmptyText("QueueName"));
    Map<String, String> given = input.textsByKey("Attributes");
    QueueAttributes attributes = QueueAttributes.created(given);
    checkName(id.name(), attributes.type());
    Map<String, String> tags = input.textsByKey("tags");
    checkTags(tags);
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    access.require(request, "CreateQueue", id, context);
    if (!tags.isEmpty()) {
      access.require(request, "TagQueue", id, context);
    }
    Optional<Queue> existing = queues.find(id);
    existing
        .flatMap(queue -> queue.attributes().firstDifference(given))
        .ifPresent(attribute -> {
          throw SqsErrors.queueNameExists(attribute);
        });
    if (existing.isEmpty()) {
      checkRedrive(id, attributes);
      queues.create(id, attributes, tags, clock.instant());
    }
    return Json.object().put("QueueUrl", id.url(endpoint.get()));
  }

  private static void checkName(String name, QueueAttributes.Type type) {
    if (type == QueueAttributes.Type.FIFO && !FIFO_NAME.matcher(name).matches()) {
      throw SqsErrors.invalidParameter(
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
              + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
    }
    if (type == QueueAttributes.Type.STANDARD && !STANDARD_NAME.matcher(name).matches()) {
      throw SqsErrors.invalidParameter(
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
  }

  private void checkRedrive(QueueId source, QueueAttributes attributes) {
    if (attributes.redrive().isEmpty()) {
      return;
    }
    String json = attributes.values().get(RedrivePolicy.ATTRIBUTE);
    QueueId target = attributes.redrive().get().deadLetterQueue();
    if (!target.account().equals(source.account())) {
      throw RedrivePolicy.invalid(json, "Dead-letter target owner should be same as the source.");
    }
    if (!target.region().equals(source.region())) {
      throw RedrivePolicy.invalid(
          json, "Dead-letter target must be in the same region as the source.");
    }
    Queue deadLetters =
        queues
            .find(target)
            .orElseThrow(() -> RedrivePolicy.invalid(json, "Dead letter target does not exist."));
    if (deadLetters.attributes().type() != attributes.type()) {
      throw RedrivePolicy.invalid(
          json, "Dead-letter queue must be same type of queue as the source.");
    }
    if (!deadLetters.attributes().redriveAllow().admits(source)) {
      throw RedrivePolicy.invalid(
          json, "The RedriveAllowPolicy of the dead-letter queue does not admit this queue.");
    }
  }

  private ObjectNode getQueueUrl(Request request) {
    Members input = request.input();
    QueueId id =
        new QueueId(
            input.text("QueueOwnerAWSAccountId").orElse(request.caller().accountId()),
            request.home().region(),
            input.requiredNonEmptyText("QueueName"));
    queues.get(id);
    access.require(request, "GetQueueUrl", id, RequestContext.NONE);
    return Json.object().put("QueueUrl", id.url(endpoint.get()));
  }

  private ObjectNode getQueueAttributes(Request request) {
    Queue queue = access.queue(request);
    Set<String> names = Set.copyOf(request.input().texts("AttributeNames"));
    for (String name : names) {
      if (!name.equals("All")
          && !COMPUTED.contains(name)
          && !QueueAttributes.names().contains(name)) {
        throw SqsErrors.unknownAttribute(name);
      }
    }
    Map<String, String> attributes = queue.describe(clock.instant());
    if (!names.contains("All")) {
      attributes.keySet().retainAll(names);
    }
    ObjectNode output = Json.object();
    if (!attributes.isEmpty()) {
      output.set("Attributes", Json.object(attributes));
    }
    return output;
  }

  private ObjectNode setQueueAttributes(Request request) {
    Queue queue = access.queue(request);
    Map<String, String> given = request.input().textsByKey("Attributes");
    QueueAttributes attributes = queue.attributes().with(given);
    if (given.containsKey(RedrivePolicy.ATTRIBUTE)) {
      checkRedrive(queue.id(), attributes);
    }
    queue.setAttributes(attributes, clock.instant());
    return Json.object();
  }

  private ObjectNode deleteQueue(Request request) {
    queues.delete(access.queue(request));
    return Json.object();
  }

  private ObjectNode purgeQueue(Request request) {
    access.queue(request).purge(clock.instant());
    return Json.object();
  }

  private ObjectNode listQueues(Request request) {
    Members input = request.input();
    access.require(request, "ListQueues", new QueueId(request.home(), ""), RequestContext.NONE);
    String prefix = input.text("QueueNamePrefix").orElse("");
    return page(
        "QueueUrls",
        input,
        queues.of(request.home()).keySet().stream()
            .filter(id -> id.name().startsWith(prefix))
            .toList());
  }

  private ObjectNode listDeadLetterSourceQueues(Request request) {
    Queue deadLetters = access.queue(request);
    return page("queueUrls", request.input(), queues.deadLetterSources(deadLetters.id()));
  }

  /** A page in order of names; its token is the last name on it. Without MaxResults, no token. */
  private ObjectNode page(String member, Members input, List<QueueId> ids) {
    Optional<Integer> max = input.integer("MaxResults", 1, MAX_PAGE);
    String after = input.text("NextToken").orElse("");
    List<QueueId> rest = ids.stream().filter(id -> id.name().compareTo(after) > 0).toList();
    List<QueueId> shown = rest.subList(0, Math.min(rest.size(), max.orElse(MAX_PAGE)));
    ObjectNode output = Json.object();
    if (!shown.isEmpty()) {
      ArrayNode urls = output.putArray(member);
      shown.forEach(id -> urls.add(id.url(endpoint.get())));
    }
    if (max.isPresent() && shown.size() < rest.size()) {
      output.put("NextToken", shown.get(shown.size() - 1).name());
    }
    return output;
  }

  private ObjectNode tagQueue(Request request) {
    Map<String, String> given = request.input().textsByKey("Tags");
    Queue queue = access.queue(request, RequestContext.NONE.withRequestTags(given));
    Map<String, String> tags = new TreeMap<>(queue.tags());
    tags.putAll(given);
    checkTags(tags);
    queue.tags().putAll(tags);
    return Json.object();
  }

  private static void checkTags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw SqsErrors.invalidParameter(
          "Too many tags added for queue: at most " + MAX_TAGS + " are allowed.");
    }
    tags.forEach((key, value) -> {
      if (key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
        throw SqsErrors.invalidParameter(
            "Tag key '" + key + "' is invalid: 1 to 128 characters, not starting with aws:");
      }
      if (value.length() > 256) {
        throw SqsErrors.invalidParameter(
            "The value of tag '" + key + "' is longer than 256 characters.");
      }
    });
  }

  private ObjectNode untagQueue(Request request) {
    List<String> keys = request.input().texts("TagKeys");
    Queue queue = access.queue(request, RequestContext.NONE.withTagKeys(keys));
    queue.tags().keySet().removeAll(keys);
    return Json.object();
  }

  private ObjectNode listQueueTags(Request request) {
    Queue queue = access.queue(request);
    ObjectNode output = Json.object();
    if (!queue.tags().isEmpty()) {
      output.set("Tags", Json.object(queue.tags()));
    }
    return output;
  }
}
