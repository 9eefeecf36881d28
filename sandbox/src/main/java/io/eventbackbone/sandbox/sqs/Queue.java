package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.stream.Collectors;

/** A queue: its settings and its messages. Guarded by the lock of {@link Queues}. */
final class Queue {

  private static final int POISONOUS = 3;
  private static final Duration PURGE_INTERVAL = Duration.ofSeconds(60);

  private final QueueId id;
  private final Instant createdAt;
  private final Condition changed;
  private final Map<UUID, Message> messages = new LinkedHashMap<>();
  private final Deduplication deduplication = new Deduplication();
  private final Map<String, String> tags;
  private QueueAttributes attributes;
  private Instant modifiedAt;
  private Optional<Instant> purgedAt = Optional.empty();
  private long sequence;

  /**
   * @param changed of the lock that guards this queue; long polls wait on it
   */
  Queue(
      QueueId id,
      QueueAttributes attributes,
      Map<String, String> tags,
      Condition changed,
      Instant now) {
    this.id = id;
    this.attributes = attributes;
    this.tags = new TreeMap<>(tags);
    this.changed = changed;
    this.createdAt = now;
    this.modifiedAt = now;
  }

  QueueId id() {
    return id;
  }

  QueueAttributes attributes() {
    return attributes;
  }

  void setAttributes(QueueAttributes attributes, Instant now) {
    this.attributes = attributes;
    this.modifiedAt = now;
    changed.signalAll();
  }

  /** Tags by key; changes are the caller's. */
  Map<String, String> tags() {
    return tags;
  }

  Condition changed() {
    return changed;
  }

  /** All attributes, those that SQS computes included. Times are in seconds. */
  Map<String, String> describe(Instant now) {
    Map<String, String> all = new TreeMap<>(attributes.values());
    Counts counts = counts(now);
    all.put("ApproximateNumberOfMessages", Long.toString(counts.visible()));
    all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(counts.inFlight()));
    all.put("ApproximateNumberOfMessagesDelayed", Long.toString(counts.delayed()));
    all.put("QueueArn", id.arn());
    all.put("CreatedTimestamp", Long.toString(createdAt.getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(modifiedAt.getEpochSecond()));
    return all;
  }

  /** How many messages are there, by how they stand. */
  record Counts(long visible, long inFlight, long delayed) {}

  Counts counts(Instant now) {
    List<Message> kept = kept(now);
    long visible = kept.stream().filter(message -> message.visible(now)).count();
    long inFlight = kept.stream().filter(message -> message.inFlight(now)).count();
    return new Counts(visible, inFlight, kept.size() - visible - inFlight);
  }

  /**
   * How long the oldest message has been in this queue; zero when it is empty. In a standard queue
   * a message that was received more than three times does not count (SQS Developer Guide,
   * "Available CloudWatch metrics for Amazon SQS").
   */
  Duration ageOfOldest(Instant now) {
    return kept(now).stream()
        .filter(message -> attributes.fifo() || message.receivedHere() <= POISONOUS)
        .map(Message::arrivedAt)
        .min(Instant::compareTo)
        .map(oldest -> Duration.between(oldest, now))
        .orElse(Duration.ZERO);
  }

  private List<Message> kept(Instant now) {
    return messages.values().stream()
        .filter(message -> !message.expired(now, attributes.retention()))
        .toList();
  }

  /**
   * Takes a message in. A FIFO queue answers a repetition within five minutes with the message it
   * took the first time, even if that one has been deleted since.
   */
  Message send(Draft draft, Instant now) {
    draft.requireShort(attributes);
    draft.requireFitting(attributes);
    Duration delay =
        attributes.fifo() ? attributes.delay() : draft.delay().orElse(attributes.delay());
    Instant visibleAt = now.plus(delay);
    if (!attributes.fifo()) {
      return add(
          Message.sent(
              new Message.Content(
                  UUID.randomUUID(),
                  draft,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  now),
              visibleAt));
    }
    String deduplicationId = draft.deduplicationId().orElseGet(() -> Digests.sha256(draft.body()));
    return deduplication.firstUnder(
        deduplicationKey(draft, deduplicationId),
        now,
        () ->
            add(
                Message.sent(
                    new Message.Content(
                        UUID.randomUUID(),
                        draft,
                        Optional.of(deduplicationId),
                        nextSequenceNumber(),
                        Optional.empty(),
                        now),
                    visibleAt)));
  }

  private Message add(Message message) {
    messages.put(message.content().id(), message);
    changed.signalAll();
    return message;
  }

  private String deduplicationKey(Draft draft, String deduplicationId) {
    return attributes.deduplicatesByGroup()
        ? draft.groupId().orElseThrow() + " " + deduplicationId
        : deduplicationId;
  }

  private Optional<String> nextSequenceNumber() {
    sequence++;
    return Optional.of("%020d".formatted(sequence));
  }

  /** Takes over a message that another queue gives up. */
  void takeDeadLetter(Message message, QueueId source, Instant now) {
    add(
        message.deadLettered(
            source, attributes.fifo() ? nextSequenceNumber() : Optional.empty(), now));
  }

  /**
   * Takes a message that comes back from a dead-letter queue, as a new one (SQS Developer Guide,
   * "Learn how to configure a dead-letter queue redrive").
   */
  void takeRedriven(Message message, Instant now) {
    Message.Content before = message.content();
    add(
        Message.sent(
            new Message.Content(
                UUID.randomUUID(),
                before.draft(),
                before.deduplicationId(),
                attributes.fifo() ? nextSequenceNumber() : Optional.empty(),
                Optional.empty(),
                now),
            now));
  }

  void remove(Message message) {
    messages.remove(message.content().id());
    changed.signalAll();
  }

  /** The message that a receive would give first, without receiving it. */
  Optional<Message> firstReceivable(Instant now) {
    return receivable(now).stream()
        .filter(message -> !message.expired(now, attributes.retention()))
        .findFirst();
  }

  /**
   * Receives in order of arrival. In a FIFO queue a group waits while one of its messages is in
   * flight or delayed, and the messages of one group come before those of the next (SQS Developer
   * Guide, "FIFO queue delivery logic").
   *
   * @param deadLetters where messages go that were received often enough; absent: they stay
   */
  List<Message> receive(
      int max, Duration visibilityTimeout, Optional<Queue> deadLetters, Instant now) {
    messages.values().removeIf(message -> message.expired(now, attributes.retention()));
    List<Message> received = new ArrayList<>();
    for (Message message : receivable(now)) {
      if (received.size() == max) {
        break;
      }
      if (exhausted(message) && deadLetters.isPresent()) {
        messages.remove(message.content().id());
        deadLetters.get().takeDeadLetter(message, id, now);
      } else {
        message.receive(id, now, visibilityTimeout);
        received.add(message);
      }
    }
    return received;
  }

  private List<Message> receivable(Instant now) {
    Set<String> waitingGroups = new HashSet<>();
    List<Message> inOrder =
        messages.values().stream()
            .filter(message -> !mustWait(message, waitingGroups, now))
            .toList();
    return attributes.fifo() ? byGroup(inOrder) : inOrder;
  }

  private static List<Message> byGroup(List<Message> inOrder) {
    Map<String, List<Message>> groups =
        inOrder.stream()
            .collect(
                Collectors.groupingBy(
                    message -> message.content().draft().groupId().orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private boolean mustWait(Message message, Set<String> waitingGroups, Instant now) {
    if (!attributes.fifo()) {
      return !message.visible(now);
    }
    String group = message.content().draft().groupId().orElseThrow();
    if (!message.visible(now)) {
      waitingGroups.add(group);
    }
    return waitingGroups.contains(group);
  }

  private boolean exhausted(Message message) {
    return attributes
        .redrive()
        .filter(redrive -> message.receivedHere() >= redrive.maxReceiveCount())
        .isPresent();
  }

  /** When the next hidden message becomes visible, if one will. */
  Optional<Instant> nextVisible(Instant now) {
    return messages.values().stream()
        .filter(message -> !message.visible(now))
        .map(Message::visibleAt)
        .min(Instant::compareTo);
  }

  /**
   * Deletes the message of the receipt. In a standard queue every receipt of the message will do,
   * and a message that is gone is no error; in a FIFO queue a receipt expires with its visibility
   * timeout.
   */
  void delete(String receiptHandle, Instant now) {
    Optional<Message> message = Optional.ofNullable(messages.get(Message.idOf(receiptHandle, id)));
    boolean isLatest = messageOf(receiptHandle).isPresent();
    if (attributes.fifo() && message.isPresent() && (!isLatest || message.get().visible(now))) {
      throw SqsErrors.invalidParameter(
          "ReceiptHandle", receiptHandle, "The receipt handle has expired.");
    }
    message.ifPresent(this::remove);
  }

  void changeVisibility(String receiptHandle, Duration visibilityTimeout, Instant now) {
    Message message =
        messageOf(receiptHandle)
            .orElseThrow(() ->
                SqsErrors.invalidParameter(
                    "ReceiptHandle",
                    receiptHandle,
                    "Message does not exist or is not available for visibility timeout"
                        + " change."));
    if (!message.hide(now, visibilityTimeout)) {
      throw SqsErrors.invalidParameter(
          "VisibilityTimeout",
          visibilityTimeout.toSeconds(),
          "Total VisibilityTimeout for the message is beyond the limit [%d seconds]"
              .formatted(QueueAttributes.MAX_VISIBILITY_TIMEOUT));
    }
    changed.signalAll();
  }

  /** The message that has this text as its latest receipt. */
  private Optional<Message> messageOf(String receiptHandle) {
    return Optional.ofNullable(messages.get(Message.idOf(receiptHandle, id)))
        .filter(message -> message.receiptHandle().equals(Optional.of(receiptHandle)));
  }

  void purge(Instant now) {
    if (purgedAt.filter(last -> last.plus(PURGE_INTERVAL).isAfter(now)).isPresent()) {
      throw SqsErrors.purgeInProgress(id.name());
    }
    purgedAt = Optional.of(now);
    messages.clear();
    deduplication.clear();
  }
}
