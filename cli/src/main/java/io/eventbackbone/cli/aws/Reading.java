package io.eventbackbone.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventbackbone.cli.reception.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A look into a dead-letter queue. It receives every message once, hides it from others for as long
 * as the look takes, and releases it at the end unless the caller deleted it. A dead-letter queue
 * has no consumers, and no redrive policy that counts receives.
 */
final class Reading implements AutoCloseable {

  private static final int BATCH = 10;
  private static final int HIDDEN_SECONDS = 60;

  /** SQS answers with the messages of some servers at a time. Stop after two empty answers. */
  private static final int EMPTY_ANSWERS = 2;

  /** A message. */
  record Received(Message message) {

    String attribute(String name) {
      return Optional.ofNullable(message.messageAttributes().get(name))
          .map(MessageAttributeValue::stringValue)
          .orElse("");
    }

    /** The body as JSON. A body that is not JSON becomes a text. */
    JsonNode body() {
      try {
        return Json.read(message.body());
      } catch (IllegalArgumentException e) {
        return TextNode.valueOf(message.body());
      }
    }
  }

  private final SqsClient sqs;
  private final String url;
  private final Map<String, Message> held = new LinkedHashMap<>();

  Reading(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  /** All messages that SQS delivers now. */
  Stream<Received> all() {
    int empty = 0;
    while (empty < EMPTY_ANSWERS) {
      List<Message> batch =
          sqs.receiveMessage(it ->
                  it.queueUrl(url)
                      .maxNumberOfMessages(BATCH)
                      .visibilityTimeout(HIDDEN_SECONDS)
                      .messageAttributeNames("All")
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      empty = batch.isEmpty() ? empty + 1 : 0;
      batch.forEach(it -> held.put(it.messageId(), it));
    }
    return List.copyOf(held.values()).stream().map(Received::new);
  }

  /** Deletes a message from the queue. */
  void delete(Received received) {
    sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle(received.message().receiptHandle()));
    held.remove(received.message().messageId());
  }

  /** Releases the messages that nobody deleted. */
  @Override
  public void close() {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : held.values()) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(message.receiptHandle())
              .visibilityTimeout(0)
              .build());
      if (entries.size() == BATCH) {
        release(entries);
      }
    }
    release(entries);
  }

  private void release(List<ChangeMessageVisibilityBatchRequestEntry> entries) {
    if (!entries.isEmpty()) {
      sqs.changeMessageVisibilityBatch(it -> it.queueUrl(url).entries(List.copyOf(entries)));
      entries.clear();
    }
  }
}
