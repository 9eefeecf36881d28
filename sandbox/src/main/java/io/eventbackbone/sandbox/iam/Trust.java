package io.eventbackbone.sandbox.iam;

import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RoleAssumption;
import io.eventbackbone.sandbox.iam.PolicyDocument.Access;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may become which role. */
public final class Trust implements RoleAssumption {

  private static final String ASSUME_ROLE = "sts:AssumeRole";
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:.*/)?([^/]+)");

  private final Roles roles;
  private final PolicyAuthorizer authorizer;

  public Trust(Roles roles, PolicyAuthorizer authorizer) {
    this.roles = roles;
    this.authorizer = authorizer;
  }

  /**
   * A caller becomes a session of a role.
   *
   * @param externalId that the caller sent
   * @throws AwsException {@code AccessDenied} unless the trust policy and, for a caller of another
   *     account, the caller's own permissions allow it
   */
  public Principal.Account assume(
      Principal.Account caller, String roleArn, String sessionName, Optional<String> externalId) {
    Map<String, String> context = new HashMap<>();
    externalId.ifPresent(id -> context.put("sts:ExternalId", id));
    context.put("aws:PrincipalAccount", caller.accountId());
    context.put("aws:PrincipalArn", Caller.arn(caller));
    Access access = new Access(ASSUME_ROLE, roleArn, context);
    Matcher role = parsed(roleArn);
    if (roles.areDeclared(role.group(1))) {
      Decision byTrust =
          roles
              .find(role.group(1), role.group(2))
              .map(it -> it.trust().decide(access, Caller.of(caller)))
              .orElse(Decision.NOTHING_SAID);
      boolean isEnough = byTrust == Decision.ALLOWED || byTrust == Decision.ALLOWED_TO_ACCOUNT;
      if (!isEnough) {
        throw denied(caller.arn(), roleArn);
      }
    }
    if (authorizer.identityDecision(caller, access) != Decision.ALLOWED) {
      throw denied(caller.arn(), roleArn);
    }
    return session(role, sessionName);
  }

  @Override
  public Principal.Account assumeAsService(String servicePrincipal, String roleArn) {
    Matcher role = parsed(roleArn);
    if (roles.areDeclared(role.group(1))) {
      Optional<Role> found = roles.find(role.group(1), role.group(2));
      Access access = new Access(ASSUME_ROLE, roleArn, Map.of());
      boolean isTrusted =
          found
              .map(
                  it ->
                      it.trust().decide(access, Caller.of(new Principal.Service(servicePrincipal))))
              .filter(Decision.ALLOWED::equals)
              .isPresent();
      if (!isTrusted) {
        throw denied(servicePrincipal, roleArn);
      }
    }
    return session(role, servicePrincipal);
  }

  private static Principal.Account session(Matcher role, String sessionName) {
    return new Principal.Account(
        role.group(1),
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.group(1), role.group(2), sessionName));
  }

  private static Matcher parsed(String roleArn) {
    Matcher role = ROLE.matcher(roleArn);
    if (!role.matches()) {
      throw AwsException.badRequest("ValidationError", roleArn + " is invalid");
    }
    return role;
  }

  private static AwsException denied(String who, String roleArn) {
    return new AwsException(
        403,
        "AccessDenied",
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(who, ASSUME_ROLE, roleArn));
  }
}
