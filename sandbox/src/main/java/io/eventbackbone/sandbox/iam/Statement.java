package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.iam.PolicyDocument.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One statement of a policy. */
record Statement(JsonNode json) {

  private static final Set<String> ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  static Statement of(JsonNode json) {
    for (Map.Entry<String, JsonNode> element : json.properties()) {
      if (!ELEMENTS.contains(element.getKey())) {
        throw new MalformedPolicyException("unknown element " + element.getKey());
      }
    }
    if (!Set.of("Allow", "Deny").contains(json.path("Effect").asText())) {
      throw new MalformedPolicyException("Effect must be Allow or Deny");
    }
    if (!json.has("Action") && !json.has("NotAction")) {
      throw new MalformedPolicyException("a statement needs Action or NotAction");
    }
    Conditions.check(json.path("Condition"));
    return new Statement(json);
  }

  /** Refuses elements that IAM does not take in a policy of this kind, in IAM's words. */
  void check(PolicyDocument.Kind kind) {
    boolean hasPrincipal = json.has("Principal") || json.has("NotPrincipal");
    boolean hasResource = json.has("Resource") || json.has("NotResource");
    switch (kind) {
      case IDENTITY -> {
        if (hasPrincipal) {
          throw new MalformedPolicyException("Policy document should not specify a principal.");
        }
        if (!hasResource) {
          throw new MalformedPolicyException("Policy statement must contain resources.");
        }
      }
      case TRUST -> {
        if (hasResource) {
          throw new MalformedPolicyException("Has prohibited field Resource");
        }
        if (!hasPrincipal) {
          throw new MalformedPolicyException("Missing required field Principal");
        }
      }
    }
  }

  boolean covers(Access access) {
    return matches("Action", action -> Globs.matches(lower(action), lower(access.action())))
        && matches("Resource", resource -> Globs.matches(resource, access.resourceArn()))
        && Conditions.hold(json.path("Condition"), access.context());
  }

  Decision decision() {
    return isAllow() ? Decision.ALLOWED : Decision.DENIED;
  }

  Decision decision(Caller caller) {
    if (json.has("NotPrincipal")) {
      return names(json.get("NotPrincipal"), caller) ? Decision.NOTHING_SAID : decision();
    }
    JsonNode principal = json.path("Principal");
    if (names(principal, caller)) {
      return decision();
    }
    if (principalsOf(principal, "AWS").stream().anyMatch(caller::isAccount)) {
      return isAllow() ? Decision.ALLOWED_TO_ACCOUNT : Decision.DENIED;
    }
    return Decision.NOTHING_SAID;
  }

  private static boolean names(JsonNode principal, Caller caller) {
    if (principal.isTextual()) {
      return principal.textValue().equals("*");
    }
    return principalsOf(principal, "AWS").stream()
            .anyMatch(name -> name.equals("*") || caller.names().contains(name))
        || Stream.of("Service", "Federated")
            .flatMap(type -> principalsOf(principal, type).stream())
            .anyMatch(caller.names()::contains);
  }

  private static List<String> principalsOf(JsonNode principal, String type) {
    return principal.has(type) ? PolicyDocument.texts(principal.get(type)) : List.of();
  }

  /** An element and its negation; a statement without either covers everything. */
  private boolean matches(String element, Predicate<String> matcher) {
    if (json.has(element)) {
      return PolicyDocument.texts(json.get(element)).stream().anyMatch(matcher);
    }
    return !json.has("Not" + element)
        || PolicyDocument.texts(json.get("Not" + element)).stream().noneMatch(matcher);
  }

  private boolean isAllow() {
    return json.path("Effect").asText().equals("Allow");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
