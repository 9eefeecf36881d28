package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a resource policy lets EventBridge or an account do something, as far as its statements
 * tell: of conditions only those that the operator writes are decided, and others are taken as met.
 */
final class PolicyCheck {

  private final JsonNode policy;

  PolicyCheck(JsonNode policy) {
    this.policy = policy;
  }

  /** Whether a bus certainly refuses the events that an account publishes with a Source. */
  static boolean isRefused(View<JsonNode> policy, String accountId, String source) {
    return switch (policy) {
      case View.Missing<JsonNode> missing -> true;
      case View.Seen<JsonNode> seen ->
          !new PolicyCheck(seen.value()).admitsAccount(accountId, source);
      case View.Unseen<JsonNode> unseen -> false;
    };
  }

  /** Whether a rule may send to the queue that has the policy. */
  boolean admitsRule(String ruleArn) {
    return admits(it ->
        names(it.path("Action"), "sqs:SendMessage")
            && isPrincipal(it.path("Principal"), "Service", "events.amazonaws.com")
            && isCondition(it, "aws:SourceArn", ruleArn));
  }

  /** Whether an account may put events with a Source on the bus that has the policy. */
  boolean admitsAccount(String accountId, String source) {
    return admits(it ->
        names(it.path("Action"), "events:PutEvents")
            && isAccount(it.path("Principal"), accountId)
            && isCondition(it, "events:source", source));
  }

  private boolean admits(java.util.function.Predicate<JsonNode> applies) {
    return statements("Allow").anyMatch(applies) && statements("Deny").noneMatch(applies);
  }

  private Stream<JsonNode> statements(String effect) {
    return values(policy.path("Statement")).filter(it -> it.path("Effect").asText().equals(effect));
  }

  private static boolean isPrincipal(JsonNode principal, String type, String name) {
    return principal.asText().equals("*")
        || values(principal.path(type)).anyMatch(it -> it.asText().equals(name))
        || values(principal.path("AWS")).anyMatch(it -> it.asText().equals("*"));
  }

  private static boolean isAccount(JsonNode principal, String accountId) {
    return principal.asText().equals("*")
        || values(principal.path("AWS"))
            .map(JsonNode::asText)
            .anyMatch(it ->
                it.equals("*")
                    || it.equals(accountId)
                    || it.matches("arn:[^:]*:iam::" + accountId + ":root"));
  }

  private static boolean names(JsonNode actions, String action) {
    return values(actions).anyMatch(it -> matches(it.asText(), action));
  }

  /** Whether each condition on the key is met. */
  private static boolean isCondition(JsonNode statement, String key, String value) {
    return statement
        .path("Condition")
        .valueStream()
        .filter(it -> it.has(key))
        .allMatch(it -> values(it.get(key)).anyMatch(wanted -> matches(wanted.asText(), value)));
  }

  private static Stream<JsonNode> values(JsonNode one) {
    return one.isArray()
        ? one.valueStream()
        : one.isMissingNode() ? Stream.empty() : Stream.of(one);
  }

  private static boolean matches(String glob, String text) {
    String pattern = "\\Q" + glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(text)
        .matches();
  }
}
