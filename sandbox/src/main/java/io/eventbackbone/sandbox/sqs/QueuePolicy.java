package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks a queue's policy document as SetQueueAttributes does. Quotas: SQS Developer Guide, "Amazon
 * SQS policy quotas".
 */
final class QueuePolicy {

  static final String ATTRIBUTE = "Policy";

  private static final int MAX_BYTES = 8192;
  private static final int MAX_STATEMENTS = 20;
  private static final int MAX_PRINCIPALS = 50;
  private static final int MAX_ACTIONS = 7;

  private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");
  private static final Pattern ACCOUNT_PRINCIPAL =
      Pattern.compile("\\*|\\d{12}|arn:aws:(?:iam|sts)::\\d{12}:.+");

  private QueuePolicy() {}

  static JsonNode parse(String document) {
    require(
        document.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
        "A policy is at most " + MAX_BYTES + " bytes.");
    JsonNode policy =
        Json.parseObject(document).orElseThrow(() -> invalid("The policy is not a JSON object."));
    require(
        !policy.has("Version") || VERSIONS.contains(policy.path("Version").asText()),
        "Version is one of " + VERSIONS + ".");
    List<JsonNode> statements = listOf(policy.path("Statement"));
    require(!statements.isEmpty(), "The policy has no Statement.");
    require(statements.size() <= MAX_STATEMENTS, "A policy has at most 20 statements.");
    statements.forEach(QueuePolicy::check);
    require(
        statements.stream().mapToInt(s -> principals(s).size()).sum() <= MAX_PRINCIPALS,
        "A policy has at most 50 principals.");
    return policy;
  }

  private static void check(JsonNode statement) {
    require(
        Set.of("Allow", "Deny").contains(statement.path("Effect").asText()),
        "The Effect of a statement is Allow or Deny.");
    require(!principals(statement).isEmpty(), "A statement names its Principal.");
    accountPrincipals(statement)
        .forEach(principal ->
            require(
                ACCOUNT_PRINCIPAL.matcher(principal.asText()).matches(),
                "'" + principal.asText() + "' is no account and no ARN of an identity."));
    List<JsonNode> actions = either(statement, "Action", "NotAction");
    require(!actions.isEmpty(), "A statement has an Action.");
    require(actions.size() <= MAX_ACTIONS, "A statement has at most 7 actions.");
    actions.forEach(action ->
        require(
            action.asText().equals("*")
                || action.asText().toLowerCase(Locale.ROOT).startsWith("sqs:"),
            "'" + action.asText() + "' is no action of SQS."));
    require(!either(statement, "Resource", "NotResource").isEmpty(), "A statement has a Resource.");
  }

  private static List<JsonNode> principals(JsonNode statement) {
    List<JsonNode> principals = new ArrayList<>();
    for (JsonNode principal : either(statement, "Principal", "NotPrincipal")) {
      if (principal.isObject()) {
        principal.forEach(ofType -> principals.addAll(listOf(ofType)));
      } else {
        principals.add(principal);
      }
    }
    return principals;
  }

  private static List<JsonNode> accountPrincipals(JsonNode statement) {
    return either(statement, "Principal", "NotPrincipal").stream()
        .flatMap(principal -> listOf(principal.path("AWS")).stream())
        .toList();
  }

  private static List<JsonNode> either(JsonNode statement, String member, String negated) {
    return listOf(statement.has(member) ? statement.get(member) : statement.path(negated));
  }

  /** Policies write one value or a list of them. */
  private static List<JsonNode> listOf(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else if (!value.isMissingNode() && !value.isNull()) {
      values.add(value);
    }
    return values;
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw invalid(reason);
    }
  }

  private static AwsException invalid(String reason) {
    return SqsErrors.invalidAttributeValue(ATTRIBUTE, reason);
  }
}
