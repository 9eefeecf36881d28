package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A policy as IAM reads it (IAM User Guide, "IAM JSON policy elements reference").
 *
 * @param statements in the order of the document
 */
record PolicyDocument(List<Statement> statements) {

  /** What the statements that match come to. An explicit deny wins. */
  enum Decision {
    ALLOWED,
    /** Allowed to the account as a whole, which leaves it to the account's own policies. */
    ALLOWED_TO_ACCOUNT,
    DENIED,
    NOTHING_SAID
  }

  PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a document.
   *
   * @throws MalformedPolicyException naming the element that is wrong
   */
  static PolicyDocument of(JsonNode document) {
    JsonNode statement = document.path("Statement");
    if (!document.isObject() || statement.isMissingNode()) {
      throw new MalformedPolicyException("a policy is a JSON object with a Statement");
    }
    List<Statement> statements = new ArrayList<>();
    (statement.isArray() ? statement : List.of(statement))
        .forEach(element -> statements.add(Statement.of(element)));
    return new PolicyDocument(statements);
  }

  /** What an identity policy says: it speaks of its owner, and names no principals. */
  Decision decide(Access access) {
    return sum(
        statements.stream().filter(statement -> statement.covers(access)).map(Statement::decision));
  }

  /** What a resource or trust policy says of a principal. */
  Decision decide(Access access, Caller caller) {
    return sum(
        statements.stream()
            .filter(statement -> statement.covers(access))
            .map(statement -> statement.decision(caller)));
  }

  private static Decision sum(Stream<Decision> decisions) {
    List<Decision> all = decisions.toList();
    return Stream.of(Decision.DENIED, Decision.ALLOWED, Decision.ALLOWED_TO_ACCOUNT)
        .filter(all::contains)
        .findFirst()
        .orElse(Decision.NOTHING_SAID);
  }

  /** What is to be done, to what, under which circumstances. */
  record Access(String action, String resource, Map<String, String> context) {}

  /** Texts of an element that is one or a list of them. */
  static List<String> texts(JsonNode element) {
    Iterable<JsonNode> values = element.isArray() ? element : List.of(element);
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }
}
