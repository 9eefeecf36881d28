package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What became of dead letters.
 *
 * @param subscription {@code namespace/name}
 * @param letters whose they are
 * @param found how many there were, of this subscription
 * @param moved how many of them are in its queue now; of a dry run, how many would be
 * @param dryRun whether nothing was moved
 * @param code why some were not moved
 * @param message for people
 * @param forwarding what the global bus could not forward to the subscription's bus; empty: nobody
 *     asked, or nobody could look
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
   * Dead letters of the global bus. They stay where they are: they are events of all services, so
   * only the services can publish them again.
   *
   * @param queue the global bus's dead-letter queue, with its account
   * @param found how many of its messages EventBridge could not forward to the subscription's bus
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
