package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import java.util.Optional;
import java.util.Set;

/**
 * An SQS queue. An observed queue has every attribute.
 *
 * @param contentBasedDeduplication a FIFO queue refuses EventBridge's messages without it
 * @param visibilityTimeoutSeconds empty: the operator does not set it
 * @param redrive empty: the operator does not set it
 * @param statements wanted: the operator's statements of the queue's policy. Observed: all; those
 *     with another Sid stay as they are
 */
public record Queue(
    QueueKey key,
    boolean contentBasedDeduplication,
    Optional<Integer> visibilityTimeoutSeconds,
    int messageRetentionSeconds,
    Optional<Redrive> redrive,
    Set<PolicyStatement> statements)
    implements AwsResource {

  /** The type of a queue, which never changes. */
  public enum Kind {
    STANDARD,
    FIFO
  }

  /** The dead-letter queue of a queue, and after how many receives a message moves there. */
  public record Redrive(String deadLetterTargetArn, int maxReceiveCount) {}

  public Queue {
    statements = AwsResource.inOrder(statements, PolicyStatement::sid);
  }

  /**
   * The name of a FIFO queue, and of no other, ends with .fifo (SQS API Reference, CreateQueue).
   */
  public Kind kind() {
    return key.name().endsWith(".fifo") ? Kind.FIFO : Kind.STANDARD;
  }
}
