package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.AccessDecision;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RequestContext;
import io.eventbackbone.sandbox.iam.PolicyDocument.Access;
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
  public void authorize(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      RequestContext context,
      Optional<JsonNode> resourcePolicy) {
    Access access = access(principal, action, resourceArn, context);
    Decision byResource = byResource(principal, access, resourcePolicy);
    if (principal instanceof Principal.Account account) {
      authorize(account, access, resourceAccount, byResource);
    } else if (byResource == Decision.DENIED) {
      throw refusal(principal, access, "with an explicit deny in a resource-based policy");
    } else if (byResource != Decision.ALLOWED) {
      throw refusal(principal, access, nothingAllows("resource-based", access));
    }
  }

  /** Lets an account's identity pass, given what the resource's own policy says of it. */
  void authorize(
      Principal.Account account, Access access, String resourceAccount, Decision byResource) {
    Optional<String> refusal = whyNot(account, access, resourceAccount, byResource);
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

  /** Whether a role with this policy alone could do, in its own account, what was asked for. */
  public static boolean allows(JsonNode policy, AccessDecision asked) {
    Access access = new Access(asked.action(), asked.resource(), asked.context());
    return PolicyDocument.of(policy).decide(access) == Decision.ALLOWED;
  }

  private void remember(Access access, boolean isAllowed) {
    synchronized (decisions) {
      decisions.addLast(
          new AccessDecision(access.action(), access.resource(), access.context(), isAllowed));
      if (decisions.size() > REMEMBERED) {
        decisions.removeFirst();
      }
    }
  }

  private Optional<String> whyNot(
      Principal.Account account, Access access, String resourceAccount, Decision byResource) {
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
    boolean isOwn = account.accountId().equals(resourceAccount);
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

  /** The access, with what AWS itself adds to its circumstances. */
  Access access(Principal principal, String action, String resourceArn, RequestContext given) {
    if (!(principal instanceof Principal.Account account)) {
      return new Access(action, resourceArn, given);
    }
    Map<String, String> own = new HashMap<>();
    own.put("aws:PrincipalAccount", account.accountId());
    own.put("aws:PrincipalArn", Caller.arn(account, roles));
    roles.organizationOf(account.accountId()).ifPresent(id -> own.put("aws:PrincipalOrgID", id));
    return new Access(action, resourceArn, given.with(own));
  }

  private Decision byResource(Principal principal, Access access, Optional<JsonNode> policy) {
    try {
      return policy
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
    String who =
        principal instanceof Principal.Account account
            ? account.arn()
            : ((Principal.Service) principal).name();
    return AwsException.badRequest(
        "AccessDeniedException",
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(who, access.action(), access.resource(), why)
            .strip());
  }
}
