package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the events of an audit log are, held to their contracts.
 *
 * @param log whose events they are
 * @param since time of the first event that was asked for
 * @param events how many were read
 * @param extent whether these are all
 * @param types by detail type
 */
public record Observation(
    List<String> unseen, String log, String since, int events, Extent extent, List<Observed> types)
    implements Answer {

  public Observation {
    unseen = List.copyOf(unseen);
    types = List.copyOf(types);
  }

  /** Which events were read. */
  public enum Extent {
    @JsonProperty("All")
    ALL,
    /** Some of each part of the time, because there are more than the limit. */
    @JsonProperty("Sample")
    SAMPLE
  }

  /**
   * The events of a detail type.
   *
   * @param eventType {@code namespace/name}; empty: there is none
   * @param events how many there are
   * @param breaking how many of them no version of the contract accepts
   * @param code empty: they keep their contract
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Observed(
      String detailType,
      Optional<String> eventType,
      int events,
      int breaking,
      Optional<Code> code,
      Optional<String> message,
      List<Breach> breaches) {
    public Observed {
      breaches = List.copyOf(breaches);
    }
  }

  /**
   * A place where events break the latest version of their contract.
   *
   * @param path a JSONPath in the event; it has no value of an event in it
   * @param message {@code is missing}
   * @param events how many break it there
   * @param example id of the first of these events, as {@code why} takes it
   */
  public record Breach(String path, String message, int events, String example) {}

  @Override
  public ExitCode exitCode() {
    boolean isBroken =
        types.stream()
            .flatMap(it -> it.code().stream())
            .anyMatch(it -> it == Code.UNKNOWN_TYPE || it == Code.CONTRACT_BROKEN);
    if (isBroken) {
      return ExitCode.NO;
    }
    return partial() ? ExitCode.CANNOT_TELL : ExitCode.YES;
  }
}
