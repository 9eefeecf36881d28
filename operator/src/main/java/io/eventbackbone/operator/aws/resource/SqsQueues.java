package io.eventbackbone.operator.aws.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.AwsResource.Queue;
import io.eventbackbone.core.resource.AwsResource.QueueKind;
import io.eventbackbone.core.resource.AwsResource.Redrive;
import io.eventbackbone.core.resource.ResourceKey;
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
public final class SqsQueues implements ResourceApi {

  private final SqsClient sqs;

  /** A queue keeps its URL for as long as it has its name. */
  private final Map<String, String> urls = new ConcurrentHashMap<>();

  public SqsQueues(SqsClient sqs) {
    this.sqs = sqs;
  }

  @Override
  public Set<ResourceKey.Type> types() {
    return Set.of(ResourceKey.Type.QUEUE);
  }

  public String url(String name) {
    return urls.computeIfAbsent(
        name, it -> sqs.getQueueUrl(request -> request.queueName(it)).queueUrl());
  }

  @Override
  public Optional<Observed> observe(ResourceKey key, Lists lists) {
    try {
      String url = url(key.name());
      Map<QueueAttributeName, String> attributes = attributes(url);
      Map<String, String> tags =
          lists.tags(key).orElseGet(() -> sqs.listQueueTags(it -> it.queueUrl(url)).tags());
      return Optional.of(new Observed(queue(key, attributes), tags));
    } catch (SqsException e) {
      requireMissing(e);
      urls.remove(key.name());
      return Optional.empty();
    }
  }

  @Override
  public void create(AwsResource wanted, Map<String, String> tags) {
    Queue queue = (Queue) wanted;
    Map<QueueAttributeName, String> attributes = settings(queue, null);
    if (queue.kind() == QueueKind.FIFO) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    attributes.values().removeIf(String::isEmpty);
    String url =
        sqs.createQueue(it -> it.queueName(queue.name()).attributes(attributes).tags(tags))
            .queueUrl();
    urls.put(queue.name(), url);
  }

  @Override
  public void update(AwsResource wanted, AwsResource observed) {
    Queue queue = (Queue) wanted;
    String url = url(queue.name());
    String policy = attributes(url).get(QueueAttributeName.POLICY);
    sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(settings(queue, policy)));
  }

  @Override
  public void tag(ResourceKey key, Map<String, String> tags) {
    sqs.tagQueue(it -> it.queueUrl(url(key.name())).tags(tags));
  }

  @Override
  public void untag(ResourceKey key, Set<String> tagKeys) {
    sqs.untagQueue(it -> it.queueUrl(url(key.name())).tagKeys(tagKeys));
  }

  @Override
  public void delete(AwsResource observed) {
    String name = observed.key().name();
    try {
      sqs.deleteQueue(it -> it.queueUrl(url(name)));
    } catch (SqsException e) {
      requireMissing(e);
    }
    urls.remove(name);
  }

  /** The SDK knows the exception by one of the spellings of its code alone. */
  private static void requireMissing(SqsException e) {
    if (!ErrorCode.of(e).equals(ErrorCode.NO_SUCH_QUEUE)) {
      throw e;
    }
  }

  private Map<QueueAttributeName, String> attributes(String url) {
    return sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  /** Attributes that may be set on a queue that exists; an empty text takes one away. */
  private static Map<QueueAttributeName, String> settings(Queue queue, String policy) {
    Map<QueueAttributeName, String> settings = new EnumMap<>(QueueAttributeName.class);
    if (queue.kind() == QueueKind.FIFO) {
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

  private static Queue queue(ResourceKey key, Map<QueueAttributeName, String> attributes) {
    return new Queue(
        key.scope(),
        key.name(),
        "true".equals(attributes.get(QueueAttributeName.CONTENT_BASED_DEDUPLICATION)),
        Optional.of(Integer.valueOf(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT))),
        Integer.parseInt(attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD)),
        Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY))
            .filter(text -> !text.isEmpty())
            .map(SqsQueues::redrive),
        Set.copyOf(StatementJson.read(attributes.get(QueueAttributeName.POLICY))));
  }

  private static Redrive redrive(String policy) {
    JsonNode json = StatementJson.document(policy);
    return new Redrive(
        json.path("deadLetterTargetArn").asText(), json.path("maxReceiveCount").asInt());
  }
}
