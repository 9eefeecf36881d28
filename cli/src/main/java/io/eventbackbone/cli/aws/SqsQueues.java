package io.eventbackbone.cli.aws;

import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues by their keys. */
final class SqsQueues {

  private SqsQueues() {}

  /**
   * The URL of a queue.
   *
   * @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException if there is none
   */
  static String url(SqsClient sqs, QueueKey queue) {
    return sqs.getQueueUrl(it -> it.queueName(queue.name())).queueUrl();
  }
}
