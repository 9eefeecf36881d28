package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The events to replay, and who receives them again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self == oldSelf",
    message = "a replay runs once, and its spec never changes: create another EventReplay")
@ValidationRule(
    value = "has(self.subscriptionRef) != has(self.backboneRef)",
    message = "name either subscriptionRef or backboneRef")
@ValidationRule(
    value = "has(self.backboneRef) == has(self.busSelector)",
    message = "busSelector belongs to backboneRef, and only to it")
@ValidationRule(value = "self.from < self.to", message = "from must be before to")
public record EventReplaySpec(
    @JsonPropertyDescription(
            "EventSubscription in the replay's own namespace, which receives the events of its"
                + " bus's archive again. The bus's archive.allowedReplays must admit this"
                + " namespace.")
        LocalReference subscriptionRef,
    @JsonPropertyDescription(
            "EventBackbone in the replay's own namespace, whose archive is forwarded again to the"
                + " buses of busSelector.")
        LocalReference backboneRef,
    @JsonPropertyDescription("Labels of the ServiceAccountBuses that receive the events again.")
        LabelSelector busSelector,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "Time of the first event to replay (RFC 3339), for example 2026-11-28T12:00:00Z.")
        String from,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "Time after the last event to replay (RFC 3339). It is not after the creation of the"
                + " EventReplay.")
        String to,
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription(
            "Seconds after the end of the replay after which the operator deletes the object."
                + " Default: never.")
        Integer ttlSecondsAfterFinished) {

  /** The subscription in the spec, if it is one that receives the events. */
  public Optional<LocalReference> subscription() {
    return Optional.ofNullable(subscriptionRef);
  }

  /** The backbone in the spec, if its archive is replayed. */
  public Optional<LocalReference> backbone() {
    return Optional.ofNullable(backboneRef);
  }

  /** The selector of the buses, if the spec has one. */
  public Optional<LabelSelector> buses() {
    return Optional.ofNullable(busSelector);
  }

  /** {@link #from} as a time. Empty: it is none. */
  public Optional<Instant> begin() {
    return time(from);
  }

  /** {@link #to} as a time. Empty: it is none. */
  public Optional<Instant> end() {
    return time(to);
  }

  /** How long the object stays after the end of the replay. Empty: for ever. */
  public Optional<Duration> stay() {
    return Optional.ofNullable(ttlSecondsAfterFinished).map(Duration::ofSeconds);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
