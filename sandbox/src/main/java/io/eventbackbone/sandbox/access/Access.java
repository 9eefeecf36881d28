package io.eventbackbone.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An access that a principal asks for. Every service asks for permission with this record.
 *
 * @param action for instance {@code sqs:SendMessage}
 * @param resourceArn of the resource accessed, or {@code *}
 * @param resourceAccount account that owns the resource
 * @param context condition keys and values, without those that every request has
 * @param resourcePolicy the policy document of the resource, when it has one
 */
public record Access(
    String action,
    String resourceArn,
    String resourceAccount,
    RequestContext context,
    Optional<JsonNode> resourcePolicy) {

  /** Access without circumstances, to a resource without a policy. */
  public static Access to(String action, String resourceArn, String resourceAccount) {
    return new Access(action, resourceArn, resourceAccount, RequestContext.NONE, Optional.empty());
  }

  public Access under(RequestContext circumstances) {
    return new Access(action, resourceArn, resourceAccount, circumstances, resourcePolicy);
  }

  public Access governedBy(Optional<JsonNode> policy) {
    return new Access(action, resourceArn, resourceAccount, context, policy);
  }

  public Access inAccount(String account) {
    return new Access(action, resourceArn, account, context, resourcePolicy);
  }
}
