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

/** The account's number, the operator's way in, and the namespaces that may use the account. */
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
        @ValidationRule(
            value = "self == oldSelf",
            message = "accountId is immutable: create another AwsAccount for the other account")
        @JsonPropertyDescription("Account number, 12 digits. Unique in the cluster.")
        String accountId,
    @Size(max = 2048)
        @Pattern("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$")
        @JsonPropertyDescription(
            "ARN of the role that the operator assumes. Without it the operator"
                + " uses its own identity, if that belongs to this account.")
        String roleArn,
    @Size(min = 2, max = 1224)
        @Pattern("^[A-Za-z0-9_+=,.@:/-]+$")
        @JsonPropertyDescription("External id that the role's trust policy requires.")
        String externalId,
    @JsonPropertyDescription(
            "Namespaces whose EventBackbones and ServiceAccountBuses may use this account. Default:"
                + " none.")
        AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription(
            "Limits of Amazon EventBridge in this account. They replace those of"
                + " Service Quotas.")
        Quotas quotas) {

  /** Limits of Amazon EventBridge that the account's owner states. They win over all others. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Quotas(
      @Min(1)
          @Max(100_000)
          @JsonPropertyDescription(
              "Most rules that a bus can have. Default: the limit of Service Quotas,"
                  + " if the role may read it; otherwise AWS's default, 100 in af-south-1"
                  + " and eu-south-1, 300 elsewhere.")
          Integer rulesPerEventBus,
      @Min(1)
          @Max(1_000_000)
          @JsonPropertyDescription(
              "Most characters that the policy of a bus can have. Default: the limit"
                  + " of Service Quotas, if the role may read it; otherwise AWS's default,"
                  + " 10,240.")
          Integer eventBusPolicyCharacters,
      @Min(1)
          @Max(4096)
          @JsonPropertyDescription(
              "Most characters that the pattern of a rule can have. Default: the"
                  + " limit of Service Quotas, if the account holds an EventBackbone and the"
                  + " role may read it; otherwise AWS's default, 2,048.")
          Integer eventPatternCharacters) {

    /** Most rules that a bus can have, if the owner states it. */
    public Optional<Integer> statedRules() {
      return Optional.ofNullable(rulesPerEventBus);
    }

    /** Most characters of a bus policy, if the owner states it. */
    public Optional<Integer> statedPolicyCharacters() {
      return Optional.ofNullable(eventBusPolicyCharacters);
    }

    /** Most characters of a pattern, if the owner states it. */
    public Optional<Integer> statedPatternCharacters() {
      return Optional.ofNullable(eventPatternCharacters);
    }
  }

  public AwsAccountSpec {
    quotas = quotas == null ? new Quotas(null, null, null) : quotas;
    allowedNamespaces = allowedNamespaces == null ? AllowedNamespaces.none() : allowedNamespaces;
  }

  /** The role to assume. Empty: the operator uses its own identity. */
  public Optional<String> assumedRole() {
    return Optional.ofNullable(roleArn);
  }

  /** The external id that the role's trust policy requires. */
  public Optional<String> trustedExternalId() {
    return Optional.ofNullable(externalId);
  }
}
