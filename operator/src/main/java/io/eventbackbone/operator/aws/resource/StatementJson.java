package io.eventbackbone.operator.aws.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.Policies;
import io.eventbackbone.core.resource.PolicyStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Policy documents as AWS stores them. */
final class StatementJson {

  private static final JsonMapper JSON = new JsonMapper();

  private StatementJson() {}

  /** The statements of a policy; none where there is no policy. */
  static List<PolicyStatement> read(String policy) {
    if (policy == null || policy.isEmpty()) {
      return List.of();
    }
    JsonNode statement = document(policy).path("Statement");
    List<PolicyStatement> statements = new ArrayList<>();
    Iterable<JsonNode> elements = statement.isArray() ? statement : List.of(statement);
    for (JsonNode element : elements) {
      statements.add(new PolicyStatement(element.path("Sid").asText(""), (ObjectNode) element));
    }
    return statements;
  }

  static Set<PolicyStatement> ours(String policy) {
    return read(policy).stream()
        .filter(PolicyStatement::isOurs)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What the statements of others take of the quota. */
  static int othersCharacters(String policy) {
    List<PolicyStatement> others =
        read(policy).stream().filter(Predicate.not(PolicyStatement::isOurs)).toList();
    return Policies.length(others) - Policies.length(List.of());
  }

  /**
   * The policy with the operator's statements in place of those that it had; what others have stays
   * as it is.
   */
  static String merged(String policy, Collection<PolicyStatement> ours) {
    ObjectNode document =
        policy == null || policy.isEmpty()
            ? JSON.createObjectNode().put("Version", "2012-10-17")
            : document(policy);
    ArrayNode statements = document.putArray("Statement");
    read(policy).stream()
        .filter(Predicate.not(PolicyStatement::isOurs))
        .forEach(foreign -> statements.add(foreign.json()));
    ours.forEach(statement -> statements.add(statement.json()));
    return statements.isEmpty() ? "" : document.toString();
  }

  static ObjectNode document(String policy) {
    try {
      return (ObjectNode) JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("AWS returned a policy that is no JSON", e);
    }
  }
}
