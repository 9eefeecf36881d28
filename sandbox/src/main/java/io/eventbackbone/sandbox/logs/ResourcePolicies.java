package io.eventbackbone.sandbox.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.LogsErrors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The policies by which an account lets AWS services write to its log groups: ten at most in an
 * account and Region (API Reference, PutResourcePolicy).
 */
final class ResourcePolicies {

  private static final int MAX_POLICIES = 10;
  private static final int MAX_CHARACTERS = 5120;
  private static final int MAX_PAGE = 50;

  private record ResourcePolicy(
      String name, String document, List<JsonNode> statements, long updatedAt) {

    ObjectNode toJson() {
      return Json.object()
          .put("policyName", name)
          .put("policyDocument", document)
          .put("lastUpdatedTime", updatedAt)
          .put("policyScope", "ACCOUNT");
    }
  }

  private final LogsAccess access;
  private final Clock clock;
  private final Map<Home, NavigableMap<String, ResourcePolicy>> byHome = new HashMap<>();

  ResourcePolicies(LogsAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
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
    ObjectNode all = Json.object();
    all.putArray("Statement").addAll(statements);
    return statements.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private NavigableMap<String, ResourcePolicy> policies(Home home) {
    return byHome.computeIfAbsent(home, first -> new TreeMap<>());
  }

  private NavigableMap<String, ResourcePolicy> policies(Request request) {
    return policies(request.home());
  }

  private ObjectNode putResourcePolicy(Request request) {
    Members input =
        request.input().requireWithout(request.action(), "resourceArn", "expectedRevisionId");
    access.account(request);
    String name = input.requiredText("policyName");
    String document = input.requiredText("policyDocument");
    Map<String, ResourcePolicy> policies = policies(request);
    ResourcePolicy policy =
        new ResourcePolicy(name, document, statements(document), clock.millis());
    if (!policies.containsKey(name) && policies.size() == MAX_POLICIES) {
      throw LogsErrors.limitExceeded();
    }
    policies.put(name, policy);
    return Json.object().set("resourcePolicy", policy.toJson());
  }

  private static List<JsonNode> statements(String document) {
    if (document.isEmpty() || document.length() > MAX_CHARACTERS) {
      throw LogsErrors.invalidParameter(
          "Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > 5120");
    }
    JsonNode statement =
        Json.parse(document)
            .orElseThrow(() -> LogsErrors.invalidParameter("The policy document is not JSON."))
            .path("Statement");
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

  private static boolean complete(JsonNode statement) {
    return Stream.of("Effect", "Principal", "Action", "Resource").allMatch(statement::hasNonNull);
  }

  private ObjectNode describeResourcePolicies(Request request) {
    Members input = request.input().requireWithout(request.action(), "resourceArn");
    access.account(request);
    if (input.text("policyScope").filter(scope -> !scope.equals("ACCOUNT")).isPresent()) {
      throw LogsErrors.invalidParameter(
          "The sandbox implements no other policyScope than ACCOUNT.");
    }
    return LogsService.paging(MAX_PAGE)
        .answer("resourcePolicies", policies(request), input, ResourcePolicy::toJson);
  }

  private ObjectNode deleteResourcePolicy(Request request) {
    Members input =
        request.input().requireWithout(request.action(), "resourceArn", "expectedRevisionId");
    access.account(request);
    String name = input.requiredText("policyName");
    if (policies(request).remove(name) == null) {
      throw LogsErrors.notFound("Policy with name [" + name + "] does not exist.");
    }
    return Json.object();
  }
}
