package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The resource policy of a bus, as AWS keeps it: statements by their Sid, bare account ids written
 * out as root ARNs, no white space, and an order of statements that is not the one they came in.
 */
public final class BusPolicy {

  public static final BusPolicy NONE = new BusPolicy("2012-10-17", new TreeMap<>());

  /** In characters of the document as AWS writes it. */
  public static final int LONGEST = 10_240;

  /** Any order but that of insertion: nobody shall rely on one. */
  private static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(sid -> Integer.reverse(sid.hashCode()))
          .thenComparing(Comparator.naturalOrder());

  /** The actions that a bus policy may allow. Administration of the bus is not among them. */
  private static final List<String> ACTIONS =
      List.of(
          "events:DeleteRule",
          "events:DescribeEventBus",
          "events:DescribeRule",
          "events:DisableRule",
          "events:EnableRule",
          "events:ListRuleNamesByTarget",
          "events:ListRules",
          "events:ListTagsForResource",
          "events:ListTargetsByRule",
          "events:PutEvents",
          "events:PutRule",
          "events:PutTargets",
          "events:RemoveTargets",
          "events:TagResource",
          "events:UntagResource");

  private static final List<String> REQUIRED =
      List.of("Sid", "Effect", "Principal", "Action", "Resource");

  private static final List<String> NEGATIONS = List.of("NotAction", "NotResource", "NotPrincipal");

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private static final Pattern AWS_PRINCIPAL =
      Pattern.compile(
          "\\*|arn:aws[\\w-]*:(iam::\\d{12}:(root|(role|user)/.+)|sts::\\d{12}:assumed-role/.+)");

  private final String version;
  private final NavigableMap<String, ObjectNode> statements;

  private BusPolicy(String version, NavigableMap<String, ObjectNode> statements) {
    this.version = version;
    this.statements = Collections.unmodifiableNavigableMap(statements);
  }

  /**
   * The policy of a whole document, which PutPermission's {@code Policy} gives.
   *
   * @throws AwsException {@code ValidationException}, {@code PolicyLengthExceededException}
   */
  public static BusPolicy parse(String document, BusId bus) {
    ObjectNode policy =
        Json.parseObject(document)
            .orElseThrow(() -> EventBridgeErrors.validation("Policy is not a JSON object."));
    String version =
        field(policy, "Version").map(JsonNode::asText).orElseThrow(() -> missing("Version"));
    JsonNode given = field(policy, "Statement").orElseThrow(() -> missing("Statement"));
    NavigableMap<String, ObjectNode> statements = new TreeMap<>(ORDER);
    for (JsonNode statement : given.isArray() ? given : Json.object().putArray("_").add(given)) {
      ObjectNode normalised = normalise(statement, bus);
      if (statements.put(normalised.get("Sid").asText(), normalised) != null) {
        throw EventBridgeErrors.validation(
            "Statement IDs (SID) in a single policy must be unique.");
      }
    }
    return new BusPolicy(version, statements).requireFitting();
  }

  /** Adds a statement, or replaces the statement with the same Sid. */
  public BusPolicy with(String sid, ObjectNode statement, BusId bus) {
    NavigableMap<String, ObjectNode> changed = new TreeMap<>(ORDER);
    changed.putAll(statements);
    changed.put(sid, normalise(statement, bus));
    return new BusPolicy(version, changed).requireFitting();
  }

  public BusPolicy without(String sid) {
    if (!statements.containsKey(sid)) {
      throw EventBridgeErrors.notFound("Statement with the provided id does not exist.");
    }
    NavigableMap<String, ObjectNode> changed = new TreeMap<>(ORDER);
    changed.putAll(statements);
    changed.remove(sid);
    return new BusPolicy(version, changed);
  }

  /** The document as AWS answers it; a bus without statements has none. */
  public Optional<ObjectNode> document() {
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = Json.object().put("Version", version);
    ArrayNode list = document.putArray("Statement");
    statements.values().forEach(statement -> list.add(statement.deepCopy()));
    return Optional.of(document);
  }

  private BusPolicy requireFitting() {
    if (document().map(ObjectNode::toString).orElse("").length() > LONGEST) {
      throw EventBridgeErrors.policyTooLong();
    }
    return this;
  }

  private static ObjectNode normalise(JsonNode given, BusId bus) {
    if (!(given instanceof ObjectNode)) {
      throw EventBridgeErrors.validation("Statement is not a JSON object.");
    }
    ObjectNode statement = given.deepCopy();
    checkFields(statement);

    if (!Set.of("Allow", "Deny").contains(statement.get("Effect").asText())) {
      throw EventBridgeErrors.validation("Invalid effect: " + statement.get("Effect").asText());
    }
    texts(statement.get("Action")).forEach(BusPolicy::checkAction);
    texts(statement.get("Resource")).forEach(resource -> checkResource(resource, bus));
    statement.set("Principal", normalisePrincipal(statement.get("Principal"), bus));
    return statement;
  }

  private static void checkFields(ObjectNode statement) {
    for (String prohibited : NEGATIONS) {
      if (statement.has(prohibited)) {
        throw EventBridgeErrors.validation("Has prohibited field " + prohibited);
      }
    }
    for (String required : REQUIRED) {
      if (field(statement, required).isEmpty()) {
        throw missing(required);
      }
    }
  }

  private static void checkAction(String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("events:") && !lower.equals("*")) {
      throw EventBridgeErrors.validation(
          "Action field includes AWS services that are inconsistent with specified vendor");
    }
    Pattern wanted =
        Pattern.compile(Pattern.quote(lower).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    if (ACTIONS.stream().noneMatch(a -> wanted.matcher(a.toLowerCase(Locale.ROOT)).matches())) {
      throw EventBridgeErrors.validation(
          "The following action names are invalid: \"" + action + "\"");
    }
  }

  private static void checkResource(String resource, BusId bus) {
    String rules = bus.ruleArn("");
    boolean itself = resource.equals(bus.arn()) || resource.equals("*");
    if (!itself && !(resource.startsWith(rules) && resource.length() > rules.length())) {
      throw EventBridgeErrors.validation(
          "Resource \"%s\" is invalid: a policy of this bus names %s or %s<rule>"
              .formatted(resource, bus.arn(), rules));
    }
  }

  private static JsonNode normalisePrincipal(JsonNode principal, BusId bus) {
    if (principal.isTextual()) {
      if (!principal.textValue().equals("*")) {
        throw invalidPrincipal();
      }
      return principal;
    }
    if (!(principal instanceof ObjectNode) || principal.isEmpty()) {
      throw invalidPrincipal();
    }
    ObjectNode normalised = Json.object();
    for (Map.Entry<String, JsonNode> kind : principal.properties()) {
      normalised.set(
          kind.getKey(),
          kind.getKey().equals("AWS") ? normaliseAccounts(kind.getValue(), bus) : kind.getValue());
    }
    return normalised;
  }

  private static JsonNode normaliseAccounts(JsonNode principals, BusId bus) {
    if (principals.isTextual()) {
      return TextNode.valueOf(normaliseAccount(principals.textValue(), bus));
    }
    ArrayNode normalised = Json.object().putArray("AWS");
    texts(principals).map(principal -> normaliseAccount(principal, bus)).forEach(normalised::add);
    return normalised;
  }

  private static String normaliseAccount(String principal, BusId bus) {
    String arn =
        ACCOUNT.matcher(principal).matches()
            ? "arn:" + bus.home().partition() + ":iam::" + principal + ":root"
            : principal;
    if (!AWS_PRINCIPAL.matcher(arn).matches()) {
      throw invalidPrincipal();
    }
    return arn;
  }

  private static Stream<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).map(JsonNode::asText)
        : Stream.of(oneOrMany.asText());
  }

  private static Optional<JsonNode> field(ObjectNode object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(value -> !value.isNull() && !(value.isTextual() && value.textValue().isEmpty()));
  }

  private static AwsException missing(String field) {
    return EventBridgeErrors.validation("Missing required field " + field);
  }

  private static AwsException invalidPrincipal() {
    return EventBridgeErrors.validation("Policy contains an invalid principal");
  }
}
