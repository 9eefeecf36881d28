package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.access.RoleAssumption;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.StsErrors;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which principals may assume which roles. */
public final class Trust implements RoleAssumption {

  private static final String ASSUME_ROLE = "sts:AssumeRole";
  private static final String ASSUME_ROLE_WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
  private static final String SET_SOURCE_IDENTITY = "sts:SetSourceIdentity";
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:.*/)?([^/]+)");

  private final Roles roles;
  private final PolicyAuthorizer authorizer;

  /**
   * The input of AssumeRole.
   *
   * @param sourceIdentity asks for sts:SetSourceIdentity besides (IAM User Guide, "Monitor and
   *     control actions taken with assumed roles")
   * @param policy the session policy, JSON as text
   */
  public record Assumption(
      String roleArn,
      String sessionName,
      Optional<String> externalId,
      Optional<String> sourceIdentity,
      Optional<String> policy,
      Duration duration) {}

  public Trust(Roles roles, PolicyAuthorizer authorizer) {
    this.roles = roles;
    this.authorizer = authorizer;
  }

  /**
   * A caller becomes a session of a role.
   *
   * @throws AwsException {@code AccessDeniedException} unless the trust policy allows it, and the
   *     caller's own permissions too where the trust policy leaves it to the caller's account;
   *     {@code ValidationError} when the role does not allow sessions that long; {@code
   *     MalformedPolicyDocument} for a session policy that can't be read
   */
  public Principal.Account assume(Principal.Account caller, Assumption assumption) {
    Matcher role = parsed(assumption.roleArn());
    Map<String, String> circumstances = new HashMap<>();
    assumption.externalId().ifPresent(id -> circumstances.put("sts:ExternalId", id));
    assumption.sourceIdentity().ifPresent(id -> circumstances.put("sts:SourceIdentity", id));
    require(caller, role, ASSUME_ROLE, circumstances);
    if (assumption.sourceIdentity().isPresent()) {
      require(caller, role, SET_SOURCE_IDENTITY, circumstances);
    }
    return limited(role, assumption);
  }

  /** The id of the role whose session this is; empty if the account declared none of the name. */
  public Optional<String> roleId(Principal.Account session) {
    return Caller.roleName(session)
        .flatMap(name -> roles.find(session.accountId(), name))
        .map(Roles.Role::id);
  }

  /**
   * Whether the role of a session is there, and the same. A session of the root needs none.
   *
   * @param roleId when the session began; empty if the account had not declared the role
   */
  public boolean isThere(Principal.Account session, Optional<String> roleId) {
    if (Caller.roleName(session).isEmpty()) {
      return true;
    }
    Optional<String> now = roleId(session);
    return roleId.isPresent()
        ? roleId.equals(now)
        : now.isPresent() || !roles.areDeclared(session.accountId());
  }

  private void require(
      Principal.Account caller, Matcher role, String action, Map<String, String> circumstances) {
    Access access =
        authorizer.withCircumstances(
            caller,
            Access.to(action, role.group(), role.group(1)).under(RequestContext.of(circumstances)));
    Decision byTrust = byTrust(caller, role, access);
    if (byTrust == Decision.NOTHING_SAID) {
      throw PolicyAuthorizer.refusal(caller, access, "");
    }
    authorizer.authorize(caller, access, byTrust);
  }

  /**
   * A workload becomes a session of a role.
   *
   * @param issuer of its token, without {@code https://}; the role's account must know it as a
   *     provider, which is what the trust policy says
   * @param conditionKeys what the token says, by condition keys
   */
  public Principal.Account assumeWithWebIdentity(
      Assumption assumption, String issuer, Map<String, String> conditionKeys) {
    Matcher role = parsed(assumption.roleArn());
    Principal workload =
        new Principal.WebIdentity(
            "arn:aws:iam::%s:oidc-provider/%s".formatted(role.group(1), issuer));
    Access access =
        Access.to(ASSUME_ROLE_WITH_WEB_IDENTITY, assumption.roleArn(), role.group(1))
            .under(RequestContext.of(conditionKeys));
    requireTrust(workload, role, access);
    return limited(role, assumption);
  }

  private Principal.Account limited(Matcher role, Assumption assumption) {
    roles
        .find(role.group(1), role.group(2))
        .ifPresent(it -> requireNoLonger(assumption.duration(), it.maxSessionDuration()));
    return session(
        role,
        assumption.sessionName(),
        assumption.policy().map(text -> PolicyDocument.read(text, PolicyDocument.Kind.IDENTITY)));
  }

  private void requireTrust(Principal principal, Matcher role, Access access) {
    Decision byTrust = byTrust(principal, role, access);
    if (byTrust == Decision.DENIED || byTrust == Decision.NOTHING_SAID) {
      throw PolicyAuthorizer.refusal(principal, access, "");
    }
  }

  @Override
  public Principal.Account assumeAsService(String servicePrincipal, String roleArn) {
    Matcher role = parsed(roleArn);
    Principal service = new Principal.Service(servicePrincipal);
    Access access = Access.to(ASSUME_ROLE, roleArn, role.group(1));
    requireTrust(service, role, access);
    return session(role, servicePrincipal, Optional.empty());
  }

  /** An account that declared no roles has any role, and trusts its own choice of callers. */
  private Decision byTrust(Principal principal, Matcher role, Access access) {
    if (!roles.areDeclared(role.group(1))) {
      return Decision.ALLOWED_TO_ACCOUNT;
    }
    return roles
        .find(role.group(1), role.group(2))
        .filter(it -> it.arn().equals(access.resourceArn()))
        .map(it -> it.trust().decide(access, Caller.of(principal, roles)))
        .orElse(Decision.NOTHING_SAID);
  }

  private static void requireNoLonger(Duration wanted, Duration longest) {
    if (wanted.compareTo(longest) > 0) {
      throw StsErrors.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  private static Principal.Account session(
      Matcher role, String sessionName, Optional<JsonNode> policy) {
    return new Principal.Account(
        role.group(1),
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.group(1), role.group(2), sessionName),
        policy);
  }

  private static Matcher parsed(String roleArn) {
    Matcher role = ROLE.matcher(roleArn);
    if (!role.matches()) {
      throw StsErrors.validation(roleArn + " is invalid");
    }
    return role;
  }
}
