package io.eventbackbone.operator.aws.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.Queue.Redrive;
import io.eventbackbone.core.resource.QueueMessages;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.operator.aws.failure.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** SQS queues, by CreateQueue and Set/GetQueueAttributes. */
final class SqsQueues {

  private final SqsClient sqs;

  /** The URL of a queue never changes. */
  private final Map<QueueKey, String> urls = new ConcurrentHashMap<>();

  SqsQueues(SqsClient sqs) {
    this.sqs = sqs;
  }

  String url(QueueKey queue) {
    return urls.computeIfAbsent(
        queue, it -> sqs.getQueueUrl(request -> request.queueName(it.name())).queueUrl());
  }

  Optional<Observed> observe(QueueKey key, Lists lists) {
    try {
      String url = url(key);
      Map<QueueAttributeName, String> attributes = attributes(url);
      Map<String, String> tags =
          lists.tags(key).orElseGet(() -> sqs.listQueueTags(it -> it.queueUrl(url)).tags());
      return Optional.of(
          new Observed(queue(key, attributes), tags, Optional.of(messages(attributes))));
    } catch (SqsException e) {
      requireMissing(e);
      urls.remove(key);
      return Optional.empty();
    }
  }

  void create(Queue queue, Map<String, String> tags) {
    Map<QueueAttributeName, String> attributes = settings(queue, null);
    if (queue.kind() == Queue.Kind.FIFO) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    attributes.values().removeIf(String::isEmpty);
    String url =
        sqs.createQueue(it -> it.queueName(queue.key().name()).attributes(attributes).tags(tags))
            .queueUrl();
    urls.put(queue.key(), url);
  }

  void update(Queue queue) {
    String url = url(queue.key());
    String policy = attributes(url).get(QueueAttributeName.POLICY);
    sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(settings(queue, policy)));
  }

  ResourceTags tags(QueueKey queue) {
    return new ResourceTags() {
      @Override
      public void put(Map<String, String> tags) {
        sqs.tagQueue(it -> it.queueUrl(url(queue)).tags(tags));
      }

      @Override
      public void remove(Set<String> keys) {
        sqs.untagQueue(it -> it.queueUrl(url(queue)).tagKeys(keys));
      }
    };
  }

  void delete(QueueKey queue) {
    try {
      sqs.deleteQueue(it -> it.queueUrl(url(queue)));
    } catch (SqsException e) {
      requireMissing(e);
    }
    urls.remove(queue);
  }

  /** The SDK has an exception class for one of the two spellings of this code only. */
  private static void requireMissing(SqsException e) {
    if (!ErrorCode.of(e).equals(ErrorCode.NO_SUCH_QUEUE)) {
      throw e;
    }
  }

  private Map<QueueAttributeName, String> attributes(String url) {
    return sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  /** Attributes of an existing queue; an empty text removes one. */
  private static Map<QueueAttributeName, String> settings(Queue queue, String policy) {
    Map<QueueAttributeName, String> settings = new EnumMap<>(QueueAttributeName.class);
    if (queue.kind() == Queue.Kind.FIFO) {
      settings.put(
          QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
          Boolean.toString(queue.contentBasedDeduplication()));
    }
    queue
        .visibilityTimeoutSeconds()
        .ifPresent(seconds ->
            settings.put(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(seconds)));
    settings.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
        Integer.toString(queue.messageRetentionSeconds()));
    queue
        .redrive()
        .ifPresent(redrive -> settings.put(QueueAttributeName.REDRIVE_POLICY, json(redrive)));
    settings.put(QueueAttributeName.POLICY, StatementJson.merged(policy, queue.statements()));
    return settings;
  }

  private static String json(Redrive redrive) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("deadLetterTargetArn", redrive.deadLetterTargetArn())
        .put("maxReceiveCount", redrive.maxReceiveCount())
        .toString();
  }

  private static Queue queue(QueueKey key, Map<QueueAttributeName, String> attributes) {
    return new Queue(
        key,
        "true".equals(attributes.get(QueueAttributeName.CONTENT_BASED_DEDUPLICATION)),
        Optional.of(Integer.valueOf(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT))),
        Integer.parseInt(attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD)),
        Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY))
            .filter(text -> !text.isEmpty())
            .map(SqsQueues::redrive),
        Set.copyOf(StatementJson.read(attributes.get(QueueAttributeName.POLICY))));
  }

  private static QueueMessages messages(Map<QueueAttributeName, String> attributes) {
    return new QueueMessages(
        count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  private static long count(
      Map<QueueAttributeName, String> attributes, QueueAttributeName counted) {
    return Long.parseLong(attributes.getOrDefault(counted, "0"));
  }

  private static Redrive redrive(String policy) {
    JsonNode json = StatementJson.document(policy);
    return new Redrive(
        json.path("deadLetterTargetArn").asText(), json.path("maxReceiveCount").asInt());
  }
}
