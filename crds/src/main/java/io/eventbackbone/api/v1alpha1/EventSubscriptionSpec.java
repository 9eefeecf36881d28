package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** The events that a service wants, and the queue that receives them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "(has(self.queue) && has(self.queue.fifo) && self.queue.fifo)"
            + " == (has(oldSelf.queue) && has(oldSelf.queue.fifo) && oldSelf.queue.fifo)",
    message =
        "queue.fifo is immutable, as SQS can't turn one kind of queue into the other: create another"
            + " subscription, and delete this one when its queue is empty")
public record EventSubscriptionSpec(
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "busRef is immutable: create another subscription to the other bus, and delete this"
                    + " one when its queue is empty")
        @JsonPropertyDescription(
            "ServiceAccountBus to subscribe to. Its allowedSubscriptions must admit"
                + " this namespace.")
        NamespacedReference busRef,
    @Required @JsonPropertyDescription("Events that the queue receives.") EventFilter filter,
    @JsonPropertyDescription("SQS queue that receives the events.") Queue queue,
    @JsonPropertyDescription("Queue of messages that the consumer could not handle.")
        DeadLetterQueue deadLetter,
    @Default("false")
        @JsonPropertyDescription("Whether the rule is disabled. The queue and its messages stay.")
        Boolean suspend) {

  /** The consumer's queue. */
  public record Queue(
      @Default("false")
          @JsonPropertyDescription(
              "Whether the queue is FIFO: in order within the subscription, without duplicates.")
          Boolean fifo,
      @Default("60")
          @Min(0)
          @Max(43200)
          @JsonPropertyDescription("Seconds that a received message stays hidden from others.")
          Integer visibilityTimeoutSeconds,
      @Default("4")
          @Min(1)
          @Max(14)
          @JsonPropertyDescription("Days that a message waits to be received.")
          Integer retentionDays,
      @Default("5")
          @Min(1)
          @Max(1000)
          @JsonPropertyDescription(
              "Number of receives after which a message goes to the dead-letter" + " queue.")
          Integer maxReceiveCount) {

    public Queue {
      fifo = fifo != null && fifo;
      visibilityTimeoutSeconds =
          visibilityTimeoutSeconds == null ? Integer.valueOf(60) : visibilityTimeoutSeconds;
      retentionDays = retentionDays == null ? Integer.valueOf(4) : retentionDays;
      maxReceiveCount = maxReceiveCount == null ? Integer.valueOf(5) : maxReceiveCount;
    }
  }

  /** The consumer's dead-letter queue. */
  public record DeadLetterQueue(
      @Default("14")
          @Min(1)
          @Max(14)
          @JsonPropertyDescription(
              "Days that a message is kept, counted from when it was first sent.")
          Integer retentionDays) {

    public DeadLetterQueue {
      retentionDays = retentionDays == null ? Integer.valueOf(14) : retentionDays;
    }
  }

  public EventSubscriptionSpec {
    queue = queue == null ? new Queue(null, null, null, null) : queue;
    deadLetter = deadLetter == null ? new DeadLetterQueue(null) : deadLetter;
    suspend = suspend != null && suspend;
  }
}
