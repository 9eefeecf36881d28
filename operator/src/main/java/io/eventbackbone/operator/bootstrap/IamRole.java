package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A role with one inline policy.
 *
 * @param function the role's purpose, one word
 * @param trustPolicy names the principals that may assume the role
 */
record IamRole(
    String function, String name, String description, ObjectNode trustPolicy, List<Grant> grants) {

  /** IAM's quota for the inline policies of a role, in characters without white space. */
  static final int LONGEST_POLICY = 10_240;

  static final String POLICY_NAME = "event-backbone";

  IamRole {
    grants = List.copyOf(grants);
  }

  ObjectNode policy() {
    ObjectNode document = policyDocument();
    ArrayNode statements = document.putArray("Statement");
    grants.forEach(grant -> statements.add(grant.json()));
    return document;
  }

  static ObjectNode policyDocument() {
    return JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
  }
}
