package io.eventbackbone.cli.aws;

import io.eventbackbone.cli.answer.Redrive.Forwarding;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Moves the dead letters of a subscription back into its queue. */
public final class DeadLetters {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final String RULE_ARN = "RULE_ARN";

  private final AwsAccess access;
  private final SqsClient sqs;
  private final AdmittedSubscription subscription;

  /**
   * Of a subscription.
   *
   * @throws NoAccessException if the caller does not get into its account
   */
  public DeadLetters(AwsAccess access, AdmittedSubscription subscription) {
    this.access = access;
    sqs = access.services(subscription.bus().scope()).sqs();
    this.subscription = subscription;
  }

  /**
   * The outcome of a move.
   *
   * @param found letters of the subscription
   * @param failure the reason why the rest stayed, for people; empty: nothing stayed
   */
  public record Moved(long found, long moved, String failure) {}

  /** The number of messages that the consumer could not handle. */
  public long ofConsumer() {
    return Long.parseLong(
        sqs.getQueueAttributes(it ->
                it.queueUrl(url(subscription.deadLetterQueueKey()))
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  /**
   * Lets SQS move the messages that the consumer could not handle, and waits for the end.
   *
   * @param progress gets the number of messages moved so far
   */
  public Moved moveOfConsumer(LongConsumer progress) throws InterruptedException {
    String source = subscription.deadLetterQueueKey().arn();
    long found = ofConsumer();
    if (found == 0) {
      return new Moved(0, 0, "");
    }
    sqs.startMessageMoveTask(
        it -> it.sourceArn(source).destinationArn(subscription.queueKey().arn()));
    ListMessageMoveTasksResultEntry task = task(source);
    while (task.status().equals("RUNNING")) {
      progress.accept(task.approximateNumberOfMessagesMoved());
      Thread.sleep(LOOK_AGAIN);
      task = task(source);
    }
    return new Moved(
        found,
        Math.min(found, task.approximateNumberOfMessagesMoved()),
        task.status().equals("COMPLETED")
            ? ""
            : "SQS ended the move as %s: %s".formatted(task.status(), task.failureReason()));
  }

  private ListMessageMoveTasksResultEntry task(String source) {
    return sqs.listMessageMoveTasks(it -> it.sourceArn(source).maxResults(1)).results().get(0);
  }

  /**
   * The number of events that the subscription's rule could not deliver. Receives the messages of
   * the bus's dead-letter queue, and releases them at once.
   */
  public long ofDelivery() {
    try (Reading reading = reading()) {
      return reading.all().filter(this::isOfSubscription).count();
    }
  }

  /**
   * Sends the events that the subscription's rule could not deliver to the queue, as the rule's
   * target does, and deletes each dead letter that the queue accepted. Releases the letters of
   * other rules.
   *
   * @param progress gets the number of messages moved so far
   */
  public Moved moveOfDelivery(LongConsumer progress) {
    String queue = url(subscription.queueKey());
    try (Reading reading = reading()) {
      List<Reading.Received> letters = reading.all().filter(this::isOfSubscription).toList();
      long moved = 0;
      for (Reading.Received letter : letters) {
        try {
          sqs.sendMessage(message(queue, letter));
        } catch (SqsException e) {
          return new Moved(letters.size(), moved, "SQS did not take one: " + AwsAccess.words(e));
        }
        reading.delete(letter);
        progress.accept(++moved);
      }
      return new Moved(letters.size(), moved, "");
    }
  }

  /**
   * The number of events that the global bus could not forward to the subscription's bus. Receives
   * the messages of the global bus's dead-letter queue, and releases them at once.
   *
   * @throws NoAccessException if the caller does not get into the account of the global bus
   */
  public Forwarding ofForwarding() {
    AdmittedBackbone backbone = subscription.bus().backbone();
    QueueKey queue = backbone.deadLetterQueueKey();
    SqsClient global = access.services(backbone.scope()).sqs();
    try (Reading reading = new Reading(global, SqsQueues.url(global, queue))) {
      return new Forwarding(
          queue.describe(),
          reading.all().filter(it -> isOf(subscription.bus().forwardingRuleKey(), it)).count());
    } catch (QueueDoesNotExistException e) {
      return new Forwarding(queue.describe(), 0);
    }
  }

  private Reading reading() {
    return new Reading(sqs, url(subscription.bus().deadLetterQueueKey()));
  }

  private boolean isOfSubscription(Reading.Received letter) {
    return isOf(subscription.ruleKey(), letter);
  }

  private static boolean isOf(RuleKey rule, Reading.Received letter) {
    return letter.attribute(RULE_ARN).equals(rule.arn());
  }

  private SendMessageRequest message(String queue, Reading.Received letter) {
    SendMessageRequest.Builder message =
        SendMessageRequest.builder().queueUrl(queue).messageBody(letter.message().body());
    return subscription.resource().getSpec().queue().fifo()
        ? message
            .messageGroupId(Names.messageGroup(subscription.resource().getMetadata().getName()))
            .build()
        : message.build();
  }

  private String url(QueueKey queue) {
    return SqsQueues.url(sqs, queue);
  }
}
