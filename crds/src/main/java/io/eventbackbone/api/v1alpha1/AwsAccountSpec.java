package io.eventbackbone.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
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
    @JsonPropertyDescription("Quotas that AWS raised for this account. Default: AWS's own.")
        Quotas quotas) {

  /**
   * Quotas of Amazon EventBridge in one account. The defaults are those of the EventBridge User
   * Guide, "Amazon EventBridge quotas".
   */
  public record Quotas(
      @Default("300")
          @Min(1)
          @Max(100_000)
          @JsonPropertyDescription(
              "Rules that a bus can have. AWS's own default is 100 in af-south-1 and eu-south-1.")
          Integer rulesPerEventBus,
      @Default("10240")
          @Min(1)
          @Max(1_000_000)
          @JsonPropertyDescription("Characters that the policy of a bus can have.")
          Integer eventBusPolicyCharacters) {

    public Quotas {
      rulesPerEventBus = rulesPerEventBus == null ? Integer.valueOf(300) : rulesPerEventBus;
      eventBusPolicyCharacters =
          eventBusPolicyCharacters == null ? Integer.valueOf(10_240) : eventBusPolicyCharacters;
    }
  }

  public AwsAccountSpec {
    quotas = quotas == null ? new Quotas(null, null) : quotas;
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
