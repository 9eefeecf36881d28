package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of moving the dead letters of a subscription.
 *
 * @param subscription {@code namespace/name}
 * @param letters the kind of dead letters
 * @param found dead letters of this subscription
 * @param moved dead letters that are in its queue now; of a dry run, that would be there
 * @param dryRun whether the command only counted
 * @param code of the reason why some stayed
 * @param message the reason, for people
 * @param forwarding events that the global bus could not forward to the subscription's bus; empty:
 *     the caller did not ask for them, or may not see them
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Redrive(
    List<String> unseen,
    String subscription,
    Letters letters,
    long found,
    long moved,
    @JsonProperty boolean dryRun,
    Optional<Code> code,
    Optional<String> message,
    Optional<Forwarding> forwarding)
    implements Answer {

  /**
   * Dead letters of the global bus. They stay in their queue: let the services publish them again.
   *
   * @param queue the global bus's dead-letter queue, with its account
   * @param found events in it that EventBridge could not forward to the subscription's bus
   */
  public record Forwarding(String queue, long found) {}

  public Redrive {
    unseen = List.copyOf(unseen);
  }

  /** Which of the two kinds of dead letters. */
  public enum Letters {
    /** The consumer could not handle them. */
    @JsonProperty("Consumer")
    CONSUMER,
    /** EventBridge could not deliver them. */
    @JsonProperty("Delivery")
    DELIVERY
  }

  @Override
  public ExitCode exitCode() {
    return moved == found ? ExitCode.YES : ExitCode.NO;
  }
}
