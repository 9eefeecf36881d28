package io.eventbackbone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets everything pass but the actions a test refuses, and remembers what it was asked. */
public final class RecordingAuthorizer implements Authorizer {

  /** One question. */
  public record Access(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      RequestContext context,
      Optional<JsonNode> resourcePolicy) {}

  private final List<Access> asked = new CopyOnWriteArrayList<>();
  private volatile Set<String> refused = Set.of();

  public void refuse(String... actions) {
    refused = Set.of(actions);
  }

  public Access last() {
    return asked.get(asked.size() - 1);
  }

  public List<Access> asked() {
    return asked;
  }

  @Override
  public void authorize(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      RequestContext context,
      Optional<JsonNode> resourcePolicy) {
    asked.add(new Access(principal, action, resourceArn, resourceAccount, context, resourcePolicy));
    if (refused.contains(action)) {
      throw AwsException.badRequest("AccessDeniedException", action + " on " + resourceArn);
    }
  }
}
