package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.iam.PolicyDocument.Access;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Evaluates the policies of roles, sessions and resources as IAM does. */
public final class PolicyAuthorizer implements Authorizer {

  private final Roles roles;

  public PolicyAuthorizer(Roles roles) {
    this.roles = roles;
  }

  @Override
  public void authorize(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      Map<String, String> context,
      Optional<JsonNode> resourcePolicy) {
    Access access = new Access(action, resourceArn, context(principal, context));
    Decision byResource =
        resourcePolicy
            .map(policy -> PolicyDocument.of(policy).decide(access, Caller.of(principal)))
            .orElse(Decision.NOTHING_SAID);
    if (principal instanceof Principal.Account account) {
      authorize(account, access, resourceAccount, byResource);
    } else if (byResource != Decision.ALLOWED) {
      throw refusal(principal, access, "no resource-based policy allows the " + action + " action");
    }
  }

  private void authorize(
      Principal.Account account, Access access, String resourceAccount, Decision byResource) {
    Decision byIdentity = identityDecision(account, access);
    if (byIdentity == Decision.DENIED) {
      throw refusal(account, access, "with an explicit deny in an identity-based policy");
    }
    if (byResource == Decision.DENIED) {
      throw refusal(account, access, "with an explicit deny in a resource-based policy");
    }
    boolean isOwn = account.accountId().equals(resourceAccount);
    if (isOwn && byResource == Decision.ALLOWED) {
      return;
    }
    if (byIdentity != Decision.ALLOWED) {
      throw refusal(
          account,
          access,
          "because no identity-based policy allows the " + access.action() + " action");
    }
    if (!isOwn && byResource == Decision.NOTHING_SAID) {
      throw refusal(
          account,
          access,
          "because no resource-based policy allows the " + access.action() + " action");
    }
  }

  /** What the caller's own side says: its role's policies, narrowed by its session's. */
  Decision identityDecision(Principal.Account account, Access access) {
    Decision byRole = roleDecision(account, access);
    Decision bySession =
        roles
            .sessionPolicy(account.arn())
            .map(policy -> PolicyDocument.of(policy).decide(access))
            .orElse(Decision.ALLOWED);
    if (byRole == Decision.DENIED || bySession == Decision.DENIED) {
      return Decision.DENIED;
    }
    return byRole == Decision.ALLOWED && bySession == Decision.ALLOWED
        ? Decision.ALLOWED
        : Decision.NOTHING_SAID;
  }

  private Decision roleDecision(Principal.Account account, Access access) {
    Optional<String> roleName = Caller.roleName(account);
    if (roleName.isEmpty() || !roles.areDeclared(account.accountId())) {
      return Decision.ALLOWED;
    }
    List<Decision> decisions =
        roles.find(account.accountId(), roleName.get()).stream()
            .map(Role::policies)
            .flatMap(policies -> policies.values().stream())
            .map(policy -> PolicyDocument.of(policy).decide(access))
            .toList();
    return Stream.of(Decision.DENIED, Decision.ALLOWED)
        .filter(decisions::contains)
        .findFirst()
        .orElse(Decision.NOTHING_SAID);
  }

  private Map<String, String> context(Principal principal, Map<String, String> given) {
    Map<String, String> context = new HashMap<>(given);
    if (principal instanceof Principal.Account account) {
      context.put("aws:PrincipalAccount", account.accountId());
      context.put("aws:PrincipalArn", Caller.arn(account));
      roles
          .organizationOf(account.accountId())
          .ifPresent(id -> context.put("aws:PrincipalOrgID", id));
    }
    return context;
  }

  private static AwsException refusal(Principal principal, Access access, String why) {
    String who =
        principal instanceof Principal.Account account
            ? account.arn()
            : ((Principal.Service) principal).name();
    return AwsException.badRequest(
        "AccessDeniedException",
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(who, access.action(), access.resource(), why));
  }
}
