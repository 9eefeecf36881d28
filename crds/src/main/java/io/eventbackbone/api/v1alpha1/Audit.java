package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** A log of every event of a bus. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Audit(
    @Default("true") @JsonPropertyDescription("Whether events are logged.") Boolean enabled,
    @Pattern(LogRules.GROUP_NAME)
        @Size(min = 1, max = LogRules.LONGEST_GROUP_NAME)
        @JsonPropertyDescription(
            "Log group. It can't be added or changed later. Default: /aws/events/<busName>.")
        String logGroupName,
    @ValidationRule(value = LogRules.RETENTION, message = LogRules.RETENTION_MESSAGE)
        @JsonPropertyDescription(
            "Days that log events are kept. Default: the log group's present days;"
                + " a new log group has 7.")
        Integer retentionDays) {

  public Audit {
    enabled = enabled == null || enabled;
  }

  /** The days in the spec. Empty: the operator leaves the log group's retention alone. */
  public Optional<Integer> retention() {
    return Optional.ofNullable(retentionDays);
  }

  /** The log group in the spec. Empty: the log group named after the bus. */
  public Optional<String> logGroup() {
    return Optional.ofNullable(logGroupName);
  }
}
