package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Whether the operator gets into the account, and as whom. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsAccountStatus(
    @JsonPropertyDescription("Generation of the spec that the conditions speak of.")
        Long observedGeneration,
    @JsonPropertyDescription("ARN that GetCallerIdentity answered.") String callerArn,
    @JsonPropertyDescription(
            "What Service Quotas says of Amazon EventBridge, in the Regions of the account's"
                + " EventBackbones; none where the role may not read it.")
        List<AppliedQuotas> quotas,
    @JsonPropertyDescription(
            "Accepted, CredentialsReady and Ready, which is the summary of the others;"
                + " Reconciling or Stalled while it is not Ready.")
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
