package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Whether the operator can enter the account, and its identity there. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsAccountStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions describe.")
        Long observedGeneration,
    @JsonPropertyDescription("ARN that GetCallerIdentity returned.") String callerArn,
    @JsonPropertyDescription(
            "Limits of Amazon EventBridge from Service Quotas, in the Regions of"
                + " the account's EventBackbones. Empty if the role may not read them.")
        List<AppliedQuotas> quotas,
    @JsonPropertyDescription(
            "Accepted, CredentialsReady and Ready. Ready is the summary."
                + " Reconciling or Stalled while the object is not Ready.")
        List<Condition> conditions)
    implements ConditionedStatus {

  public AwsAccountStatus {
    quotas = quotas == null ? List.of() : List.copyOf(quotas);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  static AwsAccountStatus unknown() {
    return new AwsAccountStatus(null, null, List.of(), List.of());
  }
}
