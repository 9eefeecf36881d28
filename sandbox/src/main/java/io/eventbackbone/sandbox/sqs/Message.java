package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.errors.SqsErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A message in a queue, and how its delivery stands. Guarded by the lock of {@link Queues}. */
final class Message {

  /**
   * The sender's part of a message, and the part that SQS adds once.
   *
   * @param sequenceNumber of FIFO queues
   * @param deadLetterSource ARN of the queue that gave the message up
   */
  record Content(
      UUID id,
      Draft draft,
      Optional<String> deduplicationId,
      Optional<String> sequenceNumber,
      Optional<String> deadLetterSource,
      Instant sentAt) {}

  private final Content content;
  private final Instant arrivedAt;
  private final int receivedElsewhere;
  private int receivedHere;
  private Instant visibleAt;
  private Optional<Instant> firstReceivedAt;
  private Optional<Instant> lastReceivedAt = Optional.empty();
  private Optional<String> receiptHandle = Optional.empty();

  private Message(
      Content content,
      Instant arrivedAt,
      Instant visibleAt,
      int receivedElsewhere,
      Optional<Instant> firstReceivedAt) {
    this.content = content;
    this.arrivedAt = arrivedAt;
    this.visibleAt = visibleAt;
    this.receivedElsewhere = receivedElsewhere;
    this.firstReceivedAt = firstReceivedAt;
  }

  static Message sent(Content content, Instant visibleAt) {
    return new Message(content, content.sentAt(), visibleAt, 0, Optional.empty());
  }

  /**
   * The same message in a dead-letter queue: at once visible, its receives counted on (SQS API
   * Reference, ReceiveMessage: "across all queues"). In a standard queue its age counts on too, in
   * a FIFO queue it starts anew (SQS Developer Guide, "Setting-up dead-letter queue retention").
   */
  Message deadLettered(QueueId source, Optional<String> newSequenceNumber, Instant now) {
    Content moved =
        new Content(
            content.id(),
            content.draft(),
            content.deduplicationId(),
            newSequenceNumber,
            Optional.of(source.arn()),
            newSequenceNumber.isPresent() ? now : content.sentAt());
    return new Message(moved, now, now, receives(), firstReceivedAt);
  }

  Content content() {
    return content;
  }

  /** When the message came to this queue, which for a dead letter is later than it was sent. */
  Instant arrivedAt() {
    return arrivedAt;
  }

  /** The queue that gave the message up. */
  Optional<QueueId> deadLetterSource() {
    return content.deadLetterSource().flatMap(QueueId::ofArn);
  }

  Optional<String> receiptHandle() {
    return receiptHandle;
  }

  int receivedHere() {
    return receivedHere;
  }

  Instant visibleAt() {
    return visibleAt;
  }

  private int receives() {
    return receivedElsewhere + receivedHere;
  }

  boolean visible(Instant now) {
    return !visibleAt.isAfter(now);
  }

  /** Received, not deleted, and not yet visible again. */
  boolean inFlight(Instant now) {
    return receivedHere > 0 && !visible(now);
  }

  boolean expired(Instant now, Duration retention) {
    return !content.sentAt().plus(retention).isAfter(now);
  }

  void receive(QueueId queue, Instant now, Duration visibilityTimeout) {
    receivedHere++;
    visibleAt = now.plus(visibilityTimeout);
    lastReceivedAt = Optional.of(now);
    firstReceivedAt = firstReceivedAt.or(() -> Optional.of(now));
    String handle = UUID.randomUUID() + " " + queue.arn() + " " + content.id();
    receiptHandle =
        Optional.of(Base64.getEncoder().encodeToString(handle.getBytes(StandardCharsets.UTF_8)));
  }

  /** The message of a receipt handle; refuses a text that is no receipt of the queue. */
  static UUID idOf(String receiptHandle, QueueId queue) {
    try {
      String[] parts =
          new String(Base64.getDecoder().decode(receiptHandle), StandardCharsets.UTF_8)
              .split(" ", -1);
      if (parts.length == 3 && parts[1].equals(queue.arn())) {
        return UUID.fromString(parts[2]);
      }
    } catch (IllegalArgumentException notBase64) {
      throw SqsErrors.invalidReceiptHandle(receiptHandle);
    }
    throw SqsErrors.invalidReceiptHandle(receiptHandle);
  }

  /**
   * Hides the message from now on, until 12 hours after its last receive at most.
   *
   * @return whether the time is within that limit
   */
  boolean hide(Instant now, Duration visibilityTimeout) {
    Instant until = now.plus(visibilityTimeout);
    Instant latest = lastReceivedAt.orElse(now).plusSeconds(QueueAttributes.MAX_VISIBILITY_TIMEOUT);
    if (until.isAfter(latest)) {
      return false;
    }
    visibleAt = until;
    return true;
  }

  /** The attributes that SQS keeps of a message, by their names in ReceiveMessage. */
  Map<String, String> systemAttributes() {
    Map<String, String> attributes = new TreeMap<>();
    Draft draft = content.draft();
    attributes.put("SenderId", draft.senderId());
    attributes.put("SentTimestamp", Long.toString(content.sentAt().toEpochMilli()));
    attributes.put("ApproximateReceiveCount", Integer.toString(receives()));
    firstReceivedAt.ifPresent(first ->
        attributes.put("ApproximateFirstReceiveTimestamp", Long.toString(first.toEpochMilli())));
    content.sequenceNumber().ifPresent(n -> attributes.put("SequenceNumber", n));
    content.deduplicationId().ifPresent(d -> attributes.put("MessageDeduplicationId", d));
    draft.groupId().ifPresent(g -> attributes.put("MessageGroupId", g));
    draft.traceHeader().ifPresent(t -> attributes.put("AWSTraceHeader", t));
    content.deadLetterSource().ifPresent(s -> attributes.put("DeadLetterQueueSourceArn", s));
    return attributes;
  }
}
