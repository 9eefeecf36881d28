package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Optional;

/** Limits of Amazon EventBridge that AWS applies to an account in one Region. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppliedQuotas(
    @Required @JsonPropertyDescription("Region of the buses.") String region,
    @JsonPropertyDescription("Rules that a bus can have.") Integer rulesPerEventBus,
    @JsonPropertyDescription("Characters that the policy of a bus can have.")
        Integer eventBusPolicyCharacters,
    @JsonPropertyDescription("Characters that the pattern of a rule can have.")
        Integer eventPatternCharacters) {

  /** Rules that a bus can have; empty where Service Quotas does not list it. */
  public Optional<Integer> appliedRules() {
    return Optional.ofNullable(rulesPerEventBus);
  }

  /** Characters that the policy of a bus can have; empty where Service Quotas does not list it. */
  public Optional<Integer> appliedPolicyCharacters() {
    return Optional.ofNullable(eventBusPolicyCharacters);
  }

  /** Characters that a pattern can have; empty where Service Quotas does not list it. */
  public Optional<Integer> appliedPatternCharacters() {
    return Optional.ofNullable(eventPatternCharacters);
  }
}
