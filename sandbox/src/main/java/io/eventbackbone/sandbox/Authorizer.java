package io.eventbackbone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Decides as IAM does: identity policies of the caller's role and the resource's own policy. */
public interface Authorizer {

  /**
   * Lets the access pass or refuses it. Inside one account either side may allow; across accounts
   * both must; a service principal needs the resource policy (IAM User Guide, "Policy evaluation
   * logic"). An identity of an account that declared no roles has every permission there.
   *
   * @param action for instance {@code sqs:SendMessage}
   * @param resourceArn of the resource accessed, or {@code *}
   * @param resourceAccount account that owns the resource
   * @param context condition keys and values, those aside that every request has
   * @param resourcePolicy the policy document of the resource, when it has one
   * @throws AwsException {@code AccessDeniedException} with AWS's wording
   */
  void authorize(
      Principal principal,
      String action,
      String resourceArn,
      String resourceAccount,
      RequestContext context,
      Optional<JsonNode> resourcePolicy);
}
