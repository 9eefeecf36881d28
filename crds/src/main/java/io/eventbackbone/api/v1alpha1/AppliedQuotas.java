package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Optional;

/** Limits of Amazon EventBridge that AWS applies to an account in one Region. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppliedQuotas(
    @Required @JsonPropertyDescription("Region of the buses.") String region,
    @JsonPropertyDescription("Most rules that a bus can have.") Integer rulesPerEventBus,
    @JsonPropertyDescription("Most characters that the policy of a bus can have.")
        Integer eventBusPolicyCharacters,
    @JsonPropertyDescription("Most characters that the pattern of a rule can have.")
        Integer eventPatternCharacters) {

  /** Most rules that a bus can have; empty if Service Quotas does not list the limit. */
  public Optional<Integer> appliedRules() {
    return Optional.ofNullable(rulesPerEventBus);
  }

  /** Most characters of a bus policy; empty if Service Quotas does not list the limit. */
  public Optional<Integer> appliedPolicyCharacters() {
    return Optional.ofNullable(eventBusPolicyCharacters);
  }

  /** Most characters of a pattern; empty if Service Quotas does not list the limit. */
  public Optional<Integer> appliedPatternCharacters() {
    return Optional.ofNullable(eventPatternCharacters);
  }
}
