package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * A log of what EventBridge does with the events of a bus. It has no level only if the spec does
 * not contain it: the API server defaults every other.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Logging(
    @Default("None")
        @JsonPropertyDescription(
            "Error logs each failed delivery and its cause. Info also logs incoming"
                + " events and deliveries. Trace logs every step. None logs nothing. AWS"
                + " bills each record.")
        Level level,
    @Default("None")
        @JsonPropertyDescription(
            "Full puts the events themselves, and what targets are sent, into the"
                + " log. None leaves them out.")
        IncludeDetail includeDetail,
    @Pattern(LogRules.GROUP_NAME)
        @Size(min = 1, max = LogRules.LONGEST_GROUP_NAME)
        @JsonPropertyDescription(
            "Log group. It can't be added or changed later. Default:"
                + " /aws/vendedlogs/events/event-bus/<busName>.")
        String logGroupName,
    @ValidationRule(value = LogRules.RETENTION, message = LogRules.RETENTION_MESSAGE)
        @JsonPropertyDescription(
            "Days that records are kept. Default: the log group's present days; a"
                + " new log group has 7.")
        Integer retentionDays) {

  /** How much is logged. Each level includes those before it. */
  public enum Level {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Error")
    ERROR,
    @JsonProperty("Info")
    INFO,
    @JsonProperty("Trace")
    TRACE
  }

  /** Whether records contain the events themselves. */
  public enum IncludeDetail {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Full")
    FULL
  }

  public Logging {
    includeDetail = includeDetail == null ? IncludeDetail.NONE : includeDetail;
  }

  /** The days in the spec. Empty: the operator leaves the log group's retention alone. */
  public Optional<Integer> retention() {
    return Optional.ofNullable(retentionDays);
  }

  /** The level in the spec. Empty: the operator leaves the bus's level alone. */
  public Optional<Level> askedLevel() {
    return Optional.ofNullable(level);
  }

  /** The log group in the spec. Empty: the log group named after the bus. */
  public Optional<String> logGroup() {
    return Optional.ofNullable(logGroupName);
  }
}
