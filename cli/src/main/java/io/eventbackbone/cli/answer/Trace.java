package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The way of events, hop by hop, and where each ended.
 *
 * @param asked what was asked for: an id, or a bus that publishes
 * @param code why there are no events, or none from the bus
 * @param message likewise, for people
 * @param events oldest first; those of one correlation id after the event that they follow from
 * @param outcome of all that was asked
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Trace(
    List<String> unseen,
    String asked,
    Optional<Code> code,
    Optional<String> message,
    List<Event> events,
    Ending outcome)
    implements Answer {

  public Trace {
    unseen = List.copyOf(unseen);
    events = List.copyOf(events);
  }

  /** Where an event is on its way. */
  public enum Stage {
    /** It is published to the global bus. */
    @JsonProperty("Global")
    GLOBAL,
    /** The rule of a bus forwards it. */
    @JsonProperty("Forward")
    FORWARD,
    /** It is on the local bus. */
    @JsonProperty("Local")
    LOCAL,
    /** The rule of a subscription matches it. */
    @JsonProperty("Filter")
    FILTER,
    /** It is in the subscription's queue. */
    @JsonProperty("Queue")
    QUEUE,
    /** The consumer could not handle it. */
    @JsonProperty("DeadLetter")
    DEAD_LETTER;

    /** For people. */
    public String text() {
      return switch (this) {
        case GLOBAL -> "Global";
        case FORWARD -> "Forward";
        case LOCAL -> "Local";
        case FILTER -> "Filter";
        case QUEUE -> "Queue";
        case DEAD_LETTER -> "DeadLetter";
      };
    }
  }

  /** Whether an event passed a hop. */
  public enum Passage {
    @JsonProperty("Passed")
    PASSED,
    @JsonProperty("Stopped")
    STOPPED,
    @JsonProperty("Unknown")
    UNKNOWN
  }

  /** What became of an event. */
  public enum Ending {
    @JsonProperty("Delivered")
    DELIVERED,
    @JsonProperty("Stopped")
    STOPPED,
    @JsonProperty("CannotTell")
    CANNOT_TELL
  }

  /**
   * One hop.
   *
   * @param at the AWS resource, with its account
   * @param object the custom resource, {@code EventSubscription orders/deliveries}
   * @param time of the evidence, RFC 3339
   * @param evidence what tells that it passed, for people: a log group and stream
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Hop(
      @JsonProperty("hop") Stage stage,
      String at,
      String object,
      Optional<String> time,
      Passage verdict,
      Optional<Code> code,
      Optional<String> message,
      Optional<String> evidence) {}

  /**
   * One event.
   *
   * @param id that EventBridge gave it
   * @param causedBy {@code metadata.id} of the event that it follows from
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Event(
      String id,
      Optional<String> metadataId,
      Optional<String> causedBy,
      String detailType,
      String source,
      String account,
      String time,
      List<Hop> hops,
      Ending verdict) {
    public Event {
      hops = List.copyOf(hops);
    }
  }

  @Override
  public ExitCode exitCode() {
    return switch (outcome) {
      case DELIVERED -> ExitCode.YES;
      case STOPPED -> ExitCode.NO;
      case CANNOT_TELL -> ExitCode.CANNOT_TELL;
    };
  }
}
