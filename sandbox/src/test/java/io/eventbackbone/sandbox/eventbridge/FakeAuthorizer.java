package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.errors.CommonErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Allows everything inside an account but what a test denies, and across accounts what the resource
 * policy gives to the caller's root or to everyone.
 */
final class FakeAuthorizer implements Authorizer {

  record Asked(Principal principal, String action, String resourceArn, RequestContext context) {}

  final List<Asked> asked = new ArrayList<>();
  final Set<String> deniedActions = new HashSet<>();

  @Override
  public void authorize(Principal principal, Access access) {
    asked.add(new Asked(principal, access.action(), access.resourceArn(), access.context()));
    Principal.Account caller = (Principal.Account) principal;
    boolean own = caller.accountId().equals(access.resourceAccount());
    boolean admitted =
        own || access.resourcePolicy().filter(p -> admits(p, caller.accountId())).isPresent();
    if (deniedActions.contains(access.action()) || !admitted) {
      throw CommonErrors.accessDenied(
          "User: " + caller.arn() + " is not authorized to perform: " + access.action());
    }
  }

  private static boolean admits(JsonNode policy, String account) {
    for (JsonNode statement : policy.get("Statement")) {
      String principal = statement.get("Principal").toString();
      if (principal.contains("arn:aws:iam::" + account + ":root") || principal.equals("\"*\"")) {
        return true;
      }
    }
    return false;
  }
}
