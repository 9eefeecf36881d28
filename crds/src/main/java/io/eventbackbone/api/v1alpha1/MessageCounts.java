package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Messages of a subscription at the last check for drift. SQS counts them approximately. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageCounts(
    @JsonPropertyDescription("Messages in the queue that the consumer may receive.") long waiting,
    @JsonPropertyDescription("Messages that the consumer received and did not delete yet.")
        long inFlight,
    @JsonPropertyDescription("Messages that the queue holds back for its delay.") long delayed,
    @JsonPropertyDescription("Messages in the consumer's dead-letter queue.") long deadLetters,
    @JsonPropertyDescription(
            "Time at which the oldest message in the queue was sent, to the minute. Absent while the"
                + " queue is empty, and where the role may not read CloudWatch's metric.")
        String oldestTime) {

  /** When the oldest message was sent. Empty: not known. */
  public Optional<Instant> oldest() {
    try {
      return Optional.ofNullable(oldestTime).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // Not the operator wrote it.
    }
  }
}
