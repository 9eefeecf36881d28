package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.IamErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A policy as IAM reads it (IAM User Guide, "IAM JSON policy elements reference").
 *
 * @param statements in the order of the document
 */
record PolicyDocument(List<Statement> statements) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The decision of all matching statements. An explicit deny wins. */
  enum Decision {
    ALLOWED,
    /** Allowed to the account as a whole; the account's own policies decide further. */
    ALLOWED_TO_ACCOUNT,
    DENIED,
    NOTHING_SAID;

    static Decision of(Stream<Decision> decisions) {
      Set<Decision> all = decisions.collect(Collectors.toUnmodifiableSet());
      return Stream.of(DENIED, ALLOWED, ALLOWED_TO_ACCOUNT)
          .filter(all::contains)
          .findFirst()
          .orElse(NOTHING_SAID);
    }
  }

  /** The use of a policy, which decides on the elements that the policy must and must not have. */
  enum Kind {
    /** A policy of a role or a session. Its statements apply to the owner. */
    IDENTITY,
    /** The trust policy of a role. Its principals may assume the role. */
    TRUST
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
    if (document.toString().contains("${")) {
      throw new MalformedPolicyException("the sandbox does not substitute policy variables (${…})");
    }
    List<Statement> statements = new ArrayList<>();
    (statement.isArray() ? statement : List.of(statement))
        .forEach(element -> statements.add(Statement.of(element)));
    return new PolicyDocument(statements);
  }

  /**
   * Refuses a policy that IAM would not attach, or that the sandbox can't evaluate.
   *
   * @throws MalformedPolicyException naming the element that is wrong
   */
  static void check(JsonNode document, Kind kind) {
    of(document).statements().forEach(statement -> statement.check(kind));
  }

  /**
   * Reads a document that a caller sent.
   *
   * @throws AwsException {@code MalformedPolicyDocument} saying what is wrong
   */
  static JsonNode read(String text, Kind kind) {
    try {
      JsonNode document = JSON.readTree(text);
      check(document, kind);
      return document;
    } catch (JsonProcessingException e) {
      throw IamErrors.malformedPolicy("This policy contains invalid Json");
    } catch (MalformedPolicyException e) {
      throw IamErrors.malformedPolicy(e.getMessage());
    }
  }

  /** The decision of an identity policy, which names no principals. */
  Decision decide(Access access) {
    return Decision.of(
        statements.stream().filter(statement -> statement.covers(access)).map(Statement::decision));
  }

  /** The decision of a resource policy or trust policy about a principal. */
  Decision decide(Access access, Caller caller) {
    return Decision.of(
        statements.stream()
            .filter(statement -> statement.covers(access))
            .map(statement -> statement.decision(caller)));
  }

  /** Texts of an element that is one or a list of them. */
  static List<String> texts(JsonNode element) {
    Iterable<JsonNode> values = element.isArray() ? element : List.of(element);
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }
}
