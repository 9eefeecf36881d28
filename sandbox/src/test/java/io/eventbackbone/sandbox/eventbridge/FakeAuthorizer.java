package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.RequestContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
  public void authorize(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      RequestContext context,
      Optional<JsonNode> resourcePolicy) {
    asked.add(new Asked(principal, action, resourceArn, context));
    Principal.Account caller = (Principal.Account) principal;
    boolean own = caller.accountId().equals(resourceAccount);
    boolean admitted = own || resourcePolicy.filter(p -> admits(p, caller.accountId())).isPresent();
    if (deniedActions.contains(action) || !admitted) {
      throw AwsException.badRequest(
          "AccessDeniedException",
          "User: " + caller.arn() + " is not authorized to perform: " + action);
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
