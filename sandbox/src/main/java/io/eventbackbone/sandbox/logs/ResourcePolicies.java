package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Call;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The policies by which an account lets AWS services write to its log groups: ten at most in an
 * account and Region (API Reference, PutResourcePolicy).
 */
final class ResourcePolicies {

  private static final int MAX_POLICIES = 10;
  private static final int MAX_CHARACTERS = 5120;
  private static final int MAX_PAGE = 50;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Home(String account, String region) {}

  private record ResourcePolicy(
      String name, String document, List<JsonNode> statements, long updatedAt) {

    ObjectNode toJson() {
      return Answer.empty()
          .put("policyName", name)
          .put("policyDocument", document)
          .put("lastUpdatedTime", updatedAt)
          .put("policyScope", "ACCOUNT");
    }
  }

  private final LogsAccess access;
  private final Clock clock;
  private final Map<Home, Map<String, ResourcePolicy>> byHome = new HashMap<>();

  ResourcePolicies(LogsAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  Map<String, Function<Call, ObjectNode>> byName() {
    return Map.of(
        "DeleteResourcePolicy", this::deleteResourcePolicy,
        "DescribeResourcePolicies", this::describeResourcePolicies,
        "PutResourcePolicy", this::putResourcePolicy);
  }

  /** All statements of the policies that hold for the group, as one document. */
  Optional<JsonNode> of(LogGroupId group) {
    List<JsonNode> statements =
        policies(new Home(group.account(), group.region())).values().stream()
            .flatMap(policy -> policy.statements().stream())
            .toList();
    ObjectNode all = Answer.empty();
    all.putArray("Statement").addAll(statements);
    return statements.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private Map<String, ResourcePolicy> policies(Home home) {
    return byHome.computeIfAbsent(home, first -> new TreeMap<>());
  }

  private Map<String, ResourcePolicy> policies(Call call) {
    return policies(new Home(call.caller().accountId(), call.region()));
  }

  private ObjectNode putResourcePolicy(Call call) {
    Input input = new Input(call).without("resourceArn", "expectedRevisionId");
    access.account(call);
    String name = input.requiredText("policyName");
    String document = input.requiredText("policyDocument");
    Map<String, ResourcePolicy> policies = policies(call);
    ResourcePolicy policy =
        new ResourcePolicy(name, document, statements(document), clock.millis());
    if (!policies.containsKey(name) && policies.size() == MAX_POLICIES) {
      throw LogsErrors.limitExceeded();
    }
    policies.put(name, policy);
    return Answer.empty().set("resourcePolicy", policy.toJson());
  }

  private static List<JsonNode> statements(String document) {
    if (document.isEmpty() || document.length() > MAX_CHARACTERS) {
      throw LogsErrors.invalidParameter(
          "Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > 5120");
    }
    JsonNode statement = json(document).path("Statement");
    List<JsonNode> statements = new ArrayList<>();
    if (statement.isArray()) {
      statement.forEach(statements::add);
    } else {
      statements.add(statement);
    }
    if (statements.isEmpty() || !statements.stream().allMatch(ResourcePolicies::complete)) {
      throw LogsErrors.invalidParameter(
          "The policy document is not valid: each statement has Effect, Principal, Action and"
              + " Resource.");
    }
    return statements;
  }

  private static JsonNode json(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException notJson) {
      throw LogsErrors.invalidParameter("The policy document is not JSON.");
    }
  }

  private static boolean complete(JsonNode statement) {
    return Stream.of("Effect", "Principal", "Action", "Resource").allMatch(statement::hasNonNull);
  }

  private ObjectNode describeResourcePolicies(Call call) {
    Input input = new Input(call).without("resourceArn");
    access.account(call);
    if (input.text("policyScope").filter(scope -> !scope.equals("ACCOUNT")).isPresent()) {
      throw LogsErrors.invalidParameter(
          "The sandbox implements no other policyScope than ACCOUNT.");
    }
    return Answer.page(
        "resourcePolicies",
        List.copyOf(policies(call).values()),
        input,
        MAX_PAGE,
        ResourcePolicy::toJson);
  }

  private ObjectNode deleteResourcePolicy(Call call) {
    Input input = new Input(call).without("resourceArn", "expectedRevisionId");
    access.account(call);
    String name = input.requiredText("policyName");
    if (policies(call).remove(name) == null) {
      throw LogsErrors.notFound("Policy with name [" + name + "] does not exist.");
    }
    return Answer.empty();
  }
}
