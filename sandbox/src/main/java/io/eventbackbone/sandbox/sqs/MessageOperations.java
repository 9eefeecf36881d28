package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operations on messages, one by one and in batches. */
final class MessageOperations {

  private static final int MAX_BATCH = 10;
  private static final Pattern FIFO_ID = Pattern.compile("[\\p{Alnum}\\p{Punct}]{1,128}");
  private static final Pattern ENTRY_ID = Pattern.compile("[\\w-]{1,80}");

  private final Queues queues;
  private final SqsAccess access;
  private final Clock clock;

  MessageOperations(Queues queues, SqsAccess access, Clock clock) {
    this.queues = queues;
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ChangeMessageVisibility", this::changeMessageVisibility,
        "ChangeMessageVisibilityBatch", this::changeMessageVisibilityBatch,
        "DeleteMessage", this::deleteMessage,
        "DeleteMessageBatch", this::deleteMessageBatch,
        "ReceiveMessage", this::receiveMessage,
        "SendMessage", this::sendMessage,
        "SendMessageBatch", this::sendMessageBatch);
  }

  private ObjectNode sendMessage(Request request) {
    Queue queue = access.queue(request);
    Draft draft = draft(request, request.input());
    return sent(queue.send(draft, clock.instant()), draft);
  }

  private ObjectNode sendMessageBatch(Request request) {
    Queue queue = access.queue(request, "SendMessage");
    Map<String, Members> entries = entries(request);
    List<Draft> readable =
        entries.values().stream().flatMap(entry -> readable(request, entry)).toList();
    int size = readable.stream().mapToInt(Draft::size).sum();
    if (size > QueueAttributes.MAX_MESSAGE_SIZE) {
      throw SqsErrors.batchTooLong(QueueAttributes.MAX_MESSAGE_SIZE, size);
    }
    readable.forEach(draft -> checkInBatch(queue, draft));
    return eachOf(
        entries,
        entry -> {
          Draft draft = draft(request, entry);
          return sent(queue.send(draft, clock.instant()), draft);
        });
  }

  /** The message of an entry; none when the entry will fail alone. */
  private static Stream<Draft> readable(Request request, Members entry) {
    try {
      return Stream.of(draft(request, entry));
    } catch (AwsException failsAlone) {
      return Stream.empty();
    }
  }

  /** Recorded from AWS: an entry that does not fit the queue's type refuses the whole batch. */
  private static void checkInBatch(Queue queue, Draft draft) {
    try {
      draft.requireFitting(queue.attributes());
    } catch (AwsException unfit) {
      throw SqsErrors.invalidParameter(unfit.getMessage());
    }
  }

  private static Draft draft(Request request, Members input) {
    String body = input.requiredNonEmptyText("MessageBody");
    if (Draft.hasForbiddenCharacter(body)) {
      throw SqsErrors.invalidContents();
    }
    return new Draft(
        body,
        MessageAttributes.parse(input.structuresByKey("MessageAttributes")),
        traceHeader(input),
        fifoId(input, "MessageGroupId"),
        fifoId(input, "MessageDeduplicationId"),
        input.integer("DelaySeconds", 0, QueueAttributes.MAX_DELAY).map(Duration::ofSeconds),
        request.caller().accountId());
  }

  private static Optional<String> fifoId(Members input, String member) {
    Optional<String> id = input.text(member);
    if (id.filter(text -> !FIFO_ID.matcher(text).matches()).isPresent()) {
      throw SqsErrors.invalidParameter(
          member,
          id.get(),
          member
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
    return id;
  }

  private static Optional<String> traceHeader(Members input) {
    return input
        .structure("MessageSystemAttributes")
        .flatMap(attributes -> attributes.structure("AWSTraceHeader"))
        .flatMap(header -> header.text("StringValue"))
        .filter(header -> !header.isEmpty());
  }

  private static ObjectNode sent(Message message, Draft draft) {
    ObjectNode output =
        Json.object()
            .put("MessageId", message.content().id().toString())
            .put("MD5OfMessageBody", Digests.md5(draft.body()));
    draft.attributes().md5().ifPresent(md5 -> output.put("MD5OfMessageAttributes", md5));
    draft
        .traceHeader()
        .flatMap(trace -> MessageAttributes.texts(Map.of("AWSTraceHeader", trace)).md5())
        .ifPresent(md5 -> output.put("MD5OfMessageSystemAttributes", md5));
    message.content().sequenceNumber().ifPresent(n -> output.put("SequenceNumber", n));
    return output;
  }

  private ObjectNode receiveMessage(Request request) {
    Queue queue = access.queue(request);
    Members input = request.input();
    int max = input.integer("MaxNumberOfMessages", 1, MAX_BATCH).orElse(1);
    Duration visibilityTimeout =
        input
            .integer("VisibilityTimeout", 0, QueueAttributes.MAX_VISIBILITY_TIMEOUT)
            .map(Duration::ofSeconds)
            .orElse(queue.attributes().visibilityTimeout());
    Duration wait =
        input
            .integer("WaitTimeSeconds", 0, QueueAttributes.MAX_WAIT)
            .map(Duration::ofSeconds)
            .orElse(queue.attributes().receiveWait());
    List<Message> received = poll(queue.id(), max, visibilityTimeout, wait);
    ObjectNode output = Json.object();
    if (!received.isEmpty()) {
      ArrayNode messages = output.putArray("Messages");
      received.forEach(message -> messages.add(received(message, input)));
    }
    return output;
  }

  /**
   * Receives, and waits for messages when there are none. How long a caller waits goes by elapsed
   * time, when messages become visible by the clock.
   */
  private List<Message> poll(QueueId id, int max, Duration visibilityTimeout, Duration wait) {
    long patience = wait.toNanos();
    while (true) {
      Queue queue = queues.get(id);
      Instant now = clock.instant();
      List<Message> received = queue.receive(max, visibilityTimeout, deadLetters(queue), now);
      if (!received.isEmpty() || patience <= 0) {
        return received;
      }
      long pause =
          Math.min(
              patience,
              queue
                  .nextVisible(now)
                  .map(next -> Duration.between(now, next).toNanos())
                  .orElse(patience));
      try {
        patience -= pause - queue.changed().awaitNanos(pause);
      } catch (InterruptedException shutdown) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }
  }

  private Optional<Queue> deadLetters(Queue queue) {
    return queue.attributes().redrive().flatMap(redrive -> queues.find(redrive.deadLetterQueue()));
  }

  private static ObjectNode received(Message message, Members input) {
    Draft draft = message.content().draft();
    ObjectNode output =
        Json.object()
            .put("MessageId", message.content().id().toString())
            .put("ReceiptHandle", message.receiptHandle().orElseThrow())
            .put("MD5OfBody", Digests.md5(draft.body()))
            .put("Body", draft.body());
    Set<String> systemNames = new HashSet<>(input.texts("MessageSystemAttributeNames"));
    systemNames.addAll(input.texts("AttributeNames"));
    Map<String, String> system = message.systemAttributes();
    if (!systemNames.contains("All")) {
      system.keySet().retainAll(systemNames);
    }
    if (!system.isEmpty()) {
      output.set("Attributes", Json.object(system));
    }
    MessageAttributes attributes =
        draft.attributes().requested(input.texts("MessageAttributeNames"));
    attributes
        .md5()
        .ifPresent(md5 -> {
          output.put("MD5OfMessageAttributes", md5);
          output.set("MessageAttributes", attributes.toJson());
        });
    return output;
  }

  private ObjectNode deleteMessage(Request request) {
    Queue queue = access.queue(request);
    return delete(queue, request.input());
  }

  private ObjectNode deleteMessageBatch(Request request) {
    Queue queue = access.queue(request, "DeleteMessage");
    return eachOf(entries(request), entry -> delete(queue, entry));
  }

  private ObjectNode delete(Queue queue, Members input) {
    queue.delete(input.requiredNonEmptyText("ReceiptHandle"), clock.instant());
    return Json.object();
  }

  private ObjectNode changeMessageVisibility(Request request) {
    Queue queue = access.queue(request);
    return changeVisibility(queue, request.input());
  }

  private ObjectNode changeMessageVisibilityBatch(Request request) {
    Queue queue = access.queue(request, "ChangeMessageVisibility");
    return eachOf(entries(request), entry -> changeVisibility(queue, entry));
  }

  private ObjectNode changeVisibility(Queue queue, Members input) {
    int seconds =
        input.requiredInteger("VisibilityTimeout", 0, QueueAttributes.MAX_VISIBILITY_TIMEOUT);
    queue.changeVisibility(
        input.requiredNonEmptyText("ReceiptHandle"), Duration.ofSeconds(seconds), clock.instant());
    return Json.object();
  }

  /** The entries of a batch by their ids, in their order. */
  private static Map<String, Members> entries(Request request) {
    List<Members> entries = request.input().structures("Entries");
    if (entries.isEmpty()) {
      throw SqsErrors.emptyBatch(request.call().operation());
    }
    if (entries.size() > MAX_BATCH) {
      throw SqsErrors.tooManyEntries(MAX_BATCH, entries.size());
    }
    Map<String, Members> byId = new LinkedHashMap<>();
    for (Members entry : entries) {
      String id = entry.text("Id").orElse("");
      if (!ENTRY_ID.matcher(id).matches()) {
        throw SqsErrors.invalidEntryId();
      }
      if (byId.put(id, entry) != null) {
        throw SqsErrors.repeatedEntryId(id);
      }
    }
    return byId;
  }

  /** Does the entries of a batch in turn; a refused entry fails alone. */
  private static <T> ObjectNode eachOf(Map<String, T> entries, Function<T, ObjectNode> operation) {
    ArrayNode successful = Json.array();
    ArrayNode failed = Json.array();
    entries.forEach((id, entry) -> {
      try {
        successful.add(operation.apply(entry).put("Id", id));
      } catch (AwsException refused) {
        failed.add(
            Json.object()
                .put("Id", id)
                .put("Code", SqsErrors.SQS.queryCode(refused.code()))
                .put("Message", refused.getMessage())
                .put("SenderFault", true));
      }
    });
    return Json.withoutEmpty(Map.of("Successful", successful, "Failed", failed));
  }
}
