package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.AccessDecision;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates the policies of roles, sessions and resources as IAM does. */
public final class PolicyAuthorizer implements Authorizer {

  private static final int REMEMBERED = 100_000;

  private final Roles roles;
  private final Deque<AccessDecision> decisions = new ArrayDeque<>();

  public PolicyAuthorizer(Roles roles) {
    this.roles = roles;
  }

  @Override
  public void authorize(Principal principal, Access asked) {
    Access access = withCircumstances(principal, asked);
    Decision byResource = byResource(principal, access);
    switch (principal) {
      case Principal.Account account -> authorize(account, access, byResource);
      case Principal.Service service -> authorizeByResource(service, access, byResource);
      case Principal.WebIdentity workload -> authorizeByResource(workload, access, byResource);
    }
  }

  /** A principal without an account needs the resource's policy. */
  private static void authorizeByResource(Principal principal, Access access, Decision byResource) {
    switch (byResource) {
      case ALLOWED -> {}
      case DENIED ->
          throw refusal(principal, access, "with an explicit deny in a resource-based policy");
      case ALLOWED_TO_ACCOUNT, NOTHING_SAID ->
          throw refusal(principal, access, nothingAllows("resource-based", access));
    }
  }

  /** Permits an account's identity, given what the resource's own policy says about it. */
  void authorize(Principal.Account account, Access access, Decision byResource) {
    Optional<String> refusal = whyNot(account, access, byResource);
    remember(access, refusal.isEmpty());
    if (refusal.isPresent()) {
      throw refusal(account, access, refusal.get());
    }
  }

  /** The last decisions on identities of accounts, oldest first. */
  public List<AccessDecision> decisions() {
    synchronized (decisions) {
      return List.copyOf(decisions);
    }
  }

  /** Whether this policy alone would allow the access, to a role in its own account. */
  public static boolean allows(JsonNode policy, AccessDecision asked) {
    Access access = Access.to(asked.action(), asked.resource(), "").under(asked.context());
    return PolicyDocument.of(policy).decide(access) == Decision.ALLOWED;
  }

  private void remember(Access access, boolean isAllowed) {
    synchronized (decisions) {
      decisions.addLast(
          new AccessDecision(access.action(), access.resourceArn(), access.context(), isAllowed));
      if (decisions.size() > REMEMBERED) {
        decisions.removeFirst();
      }
    }
  }

  private Optional<String> whyNot(Principal.Account account, Access access, Decision byResource) {
    Decision byRole = byRole(account, access);
    Decision bySession = bySession(account, access);
    if (byRole == Decision.DENIED) {
      return Optional.of("with an explicit deny in an identity-based policy");
    }
    if (byResource == Decision.DENIED) {
      return Optional.of("with an explicit deny in a resource-based policy");
    }
    if (bySession == Decision.DENIED) {
      return Optional.of("with an explicit deny in a session policy");
    }
    if (bySession != Decision.ALLOWED) {
      return Optional.of(nothingAllows("session", access));
    }
    boolean isOwn = account.accountId().equals(access.resourceAccount());
    if (isOwn && byResource == Decision.ALLOWED) {
      return Optional.empty();
    }
    if (byRole != Decision.ALLOWED) {
      return Optional.of(nothingAllows("identity-based", access));
    }
    return !isOwn && byResource == Decision.NOTHING_SAID
        ? Optional.of(nothingAllows("resource-based", access))
        : Optional.empty();
  }

  /** The access, with the condition keys that AWS itself adds. */
  Access withCircumstances(Principal principal, Access access) {
    return switch (principal) {
      case Principal.Service service -> access;
      case Principal.WebIdentity workload -> access;
      case Principal.Account account -> access.under(access.context().with(identity(account)));
    };
  }

  private Map<String, String> identity(Principal.Account account) {
    Map<String, String> identity = new HashMap<>();
    identity.put("aws:PrincipalAccount", account.accountId());
    identity.put("aws:PrincipalArn", Caller.arn(account, roles));
    roles
        .organizationOf(account.accountId())
        .ifPresent(id -> identity.put("aws:PrincipalOrgID", id));
    return identity;
  }

  private Decision byResource(Principal principal, Access access) {
    try {
      return access
          .resourcePolicy()
          .map(document -> PolicyDocument.of(document).decide(access, Caller.of(principal, roles)))
          .orElse(Decision.NOTHING_SAID);
    } catch (MalformedPolicyException e) {
      throw refusal(
          principal,
          access,
          "because its resource-based policy can't be evaluated: " + e.getMessage());
    }
  }

  private Decision byRole(Principal.Account account, Access access) {
    Optional<String> roleName = Caller.roleName(account);
    if (roleName.isEmpty() || !roles.areDeclared(account.accountId())) {
      return Decision.ALLOWED;
    }
    return Decision.of(
        roles.find(account.accountId(), roleName.get()).stream()
            .map(Role::policies)
            .flatMap(policies -> policies.values().stream())
            .map(policy -> PolicyDocument.of(policy).decide(access)));
  }

  private static Decision bySession(Principal.Account account, Access access) {
    return account
        .sessionPolicy()
        .map(policy -> PolicyDocument.of(policy).decide(access))
        .orElse(Decision.ALLOWED);
  }

  private static String nothingAllows(String kind, Access access) {
    return "because no %s policy allows the %s action".formatted(kind, access.action());
  }

  static AwsException refusal(Principal principal, Access access, String why) {
    return CommonErrors.accessDenied(
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(principal.identity(), access.action(), access.resourceArn(), why)
            .strip());
  }
}
