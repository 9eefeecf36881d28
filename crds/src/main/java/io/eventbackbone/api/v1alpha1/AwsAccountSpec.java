package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/** Which account it is, how the operator gets in, and which namespaces may use it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.roleArn) || self.roleArn.split(':')[4] == self.accountId",
    message = "roleArn must be a role of the account accountId")
@ValidationRule(
    value = "!has(self.externalId) || has(self.roleArn)",
    message = "externalId is sent when a role is assumed: it needs roleArn")
public record AwsAccountSpec(
    @Required
        @Pattern("^[0-9]{12}$")
        @ValidationRule(value = "self == oldSelf", message = "accountId is immutable")
        @JsonPropertyDescription("The account's number, 12 digits. Unique in the cluster.")
        String accountId,
    @Size(max = 2048)
        @Pattern("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$")
        @JsonPropertyDescription(
            "ARN of the role that the operator assumes. Without it the operator's own identity is"
                + " used, if it is this account's.")
        String roleArn,
    @Size(min = 2, max = 1224)
        @Pattern("^[A-Za-z0-9_+=,.@:/-]+$")
        @JsonPropertyDescription("External id that the role's trust policy asks for.")
        String externalId,
    @JsonPropertyDescription(
            "Namespaces whose EventBackbones and ServiceAccountBuses may use this account. Default:"
                + " none.")
        AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription(
            "Limits of Amazon EventBridge in this account, in place of what Service Quotas says.")
        Quotas quotas) {

  /** Limits of Amazon EventBridge that the account's owner states, whatever else says of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Quotas(
      @Min(1)
          @Max(100_000)
          @JsonPropertyDescription(
              "Rules that a bus can have. Default: what Service Quotas says, if the role may read"
                  + " it, else AWS's own: 100 in af-south-1 and eu-south-1, 300 elsewhere.")
          Integer rulesPerEventBus,
      @Min(1)
          @Max(1_000_000)
          @JsonPropertyDescription(
              "Characters that the policy of a bus can have. Default: what Service Quotas says, if"
                  + " the role may read it, else AWS's own, 10,240.")
          Integer eventBusPolicyCharacters,
      @Min(1)
          @Max(4096)
          @JsonPropertyDescription(
              "Characters that the pattern of a rule can have. Default: what Service Quotas says, if"
                  + " the account holds an EventBackbone and the role may read it, else AWS's own,"
                  + " 2,048.")
          Integer eventPatternCharacters) {

    /** Rules that a bus can have, if the owner says so. */
    public Optional<Integer> statedRules() {
      return Optional.ofNullable(rulesPerEventBus);
    }

    /** Characters that the policy of a bus can have, if the owner says so. */
    public Optional<Integer> statedPolicyCharacters() {
      return Optional.ofNullable(eventBusPolicyCharacters);
    }

    /** Characters that a pattern can have, if the owner says so. */
    public Optional<Integer> statedPatternCharacters() {
      return Optional.ofNullable(eventPatternCharacters);
    }
  }

  public AwsAccountSpec {
    quotas = quotas == null ? new Quotas(null, null, null) : quotas;
    allowedNamespaces = allowedNamespaces == null ? AllowedNamespaces.none() : allowedNamespaces;
  }

  /** The role to assume; empty: the operator's own identity. */
  public Optional<String> assumedRole() {
    return Optional.ofNullable(roleArn);
  }

  /** What the role's trust policy asks for besides the principal. */
  public Optional<String> trustedExternalId() {
    return Optional.ofNullable(externalId);
  }
}
