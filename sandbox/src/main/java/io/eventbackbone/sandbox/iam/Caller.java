package io.eventbackbone.sandbox.iam;

import io.eventbackbone.sandbox.access.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A principal as policies name it.
 *
 * @param accountId empty for a service
 * @param names ARNs, or the service's name, by which a statement may mean exactly this principal
 */
record Caller(String accountId, Set<String> names) {

  private static final Pattern SESSION =
      Pattern.compile("arn:(aws[a-z-]*):sts::(\\d{12}):assumed-role/([^/]+)/.+");

  static Caller of(Principal principal, Roles roles) {
    return switch (principal) {
      case Principal.Service service -> new Caller("", Set.of(service.name()));
      case Principal.WebIdentity workload -> new Caller("", Set.of(workload.provider()));
      case Principal.Account account ->
          new Caller(
              account.accountId(),
              Stream.of(account.arn(), arn(account, roles))
                  .collect(Collectors.toUnmodifiableSet()));
    };
  }

  /**
   * What {@code aws:PrincipalArn} is: of a session, its role with the path, which the ARN of a
   * session leaves out.
   */
  static String arn(Principal.Account account, Roles roles) {
    Matcher session = SESSION.matcher(account.arn());
    if (!session.matches()) {
      return account.arn();
    }
    return roles
        .find(session.group(2), session.group(3))
        .map(Roles.Role::arn)
        .orElseGet(() ->
            "arn:%s:iam::%s:role/%s"
                .formatted(session.group(1), session.group(2), session.group(3)));
  }

  /** The name of the role whose session this is; empty for anybody else. */
  static Optional<String> roleName(Principal.Account account) {
    Matcher session = SESSION.matcher(account.arn());
    return session.matches() ? Optional.of(session.group(3)) : Optional.empty();
  }

  boolean isAccount(String principal) {
    return principal.equals(accountId)
        || principal.matches("arn:aws[a-z-]*:iam::" + accountId + ":root");
  }
}
