package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;
import io.eventbackbone.sandbox.iam.PolicyDocument.Kind;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * As much of IAM as roles with inline policies need. With its first role an account becomes one
 * whose trust policies and permissions are enforced.
 */
public final class IamService implements AwsService {

  private static final String ROLE_NAME = "[\\w+=,.@-]{1,64}";
  private static final String POLICY_NAME = "[\\w+=,.@-]{1,128}";
  private static final String PATH = "/|/[!-~]+/";

  /** Operations and the members that they take; others would change an answer unnoticed. */
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "CreateRole",
              Set.of("RoleName", "Path", "AssumeRolePolicyDocument", "MaxSessionDuration"),
          "GetRole", Set.of("RoleName"),
          "ListRoles", Set.of(),
          "DeleteRole", Set.of("RoleName"),
          "UpdateAssumeRolePolicy", Set.of("RoleName", "PolicyDocument"),
          "PutRolePolicy", Set.of("RoleName", "PolicyName", "PolicyDocument"),
          "GetRolePolicy", Set.of("RoleName", "PolicyName"),
          "ListRolePolicies", Set.of("RoleName"),
          "DeleteRolePolicy", Set.of("RoleName", "PolicyName"));

  private final Roles roles;
  private final Authorizer authorizer;
  private final Clock clock;

  public IamService(Roles roles, Authorizer authorizer, Clock clock) {
    this.roles = roles;
    this.authorizer = authorizer;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "iam";
  }

  @Override
  public ObjectNode handle(Call call) {
    requireKnown(call);
    authorize(call);
    return switch (call.operation()) {
      case "CreateRole" -> createRole(call);
      case "GetRole" -> answer("Role", description(role(call)));
      case "ListRoles" -> listRoles(call);
      case "DeleteRole" -> deleteRole(call);
      case "UpdateAssumeRolePolicy" -> updateTrust(call);
      case "PutRolePolicy" -> putRolePolicy(call);
      case "GetRolePolicy" -> getRolePolicy(call);
      case "ListRolePolicies" -> listRolePolicies(call);
      case "DeleteRolePolicy" -> deleteRolePolicy(call);
      default -> throw new IllegalStateException(call.operation() + " is in MEMBERS only");
    };
  }

  private static void requireKnown(Call call) {
    Set<String> known =
        Optional.ofNullable(MEMBERS.get(call.operation()))
            .orElseThrow(() ->
                AwsException.badRequest(
                    "InvalidAction", "the sandbox has no iam:" + call.operation()));
    for (Map.Entry<String, JsonNode> member : call.input().properties()) {
      if (!known.contains(member.getKey())) {
        throw AwsException.badRequest(
            "ValidationError",
            "the sandbox does not implement member %s of iam:%s"
                .formatted(member.getKey(), call.operation()));
      }
    }
  }

  private void authorize(Call call) {
    String account = call.caller().accountId();
    String name = call.input().path("RoleName").asText();
    String resource =
        roles
            .find(account, name)
            .map(Role::arn)
            .orElseGet(() -> "arn:aws:iam::%s:role%s%s".formatted(account, path(call), name));
    authorizer.authorize(
        call.caller(),
        "iam:" + call.operation(),
        resource,
        account,
        RequestContext.NONE,
        Optional.empty());
  }

  private ObjectNode createRole(Call call) {
    String account = call.caller().accountId();
    String name = text(call, "RoleName", ROLE_NAME);
    if (roles.find(account, name).isPresent()) {
      throw new AwsException(
          409, "EntityAlreadyExists", "Role with name " + name + " already exists.");
    }
    Role role =
        Role.create(
            account,
            path(call),
            name,
            clock.instant(),
            Optional.ofNullable(call.input().get("MaxSessionDuration"))
                .map(seconds -> Duration.ofSeconds(seconds.asLong()))
                .orElse(Role.DEFAULT_SESSION),
            policy(call, "AssumeRolePolicyDocument", Kind.TRUST),
            Map.of());
    roles.put(role);
    return answer("Role", description(role));
  }

  private ObjectNode listRoles(Call call) {
    ObjectNode answer = object();
    ArrayNode list = answer.putArray("Roles");
    roles.list(call.caller().accountId()).forEach(role -> list.add(description(role)));
    return answer.put("IsTruncated", false);
  }

  private ObjectNode deleteRole(Call call) {
    Role role = role(call);
    if (!role.policies().isEmpty()) {
      throw new AwsException(
          409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
    }
    roles.remove(role);
    return object();
  }

  private ObjectNode updateTrust(Call call) {
    roles.put(role(call).withTrustPolicy(policy(call, "PolicyDocument", Kind.TRUST)));
    return object();
  }

  private ObjectNode putRolePolicy(Call call) {
    Role role = role(call);
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    policies.put(
        text(call, "PolicyName", POLICY_NAME), policy(call, "PolicyDocument", Kind.IDENTITY));
    roles.put(role.withPolicies(policies));
    return object();
  }

  private ObjectNode getRolePolicy(Call call) {
    Role role = role(call);
    String name = text(call, "PolicyName", POLICY_NAME);
    JsonNode policy =
        Optional.ofNullable(role.policies().get(name)).orElseThrow(() -> noSuchPolicy(name));
    return object()
        .put("RoleName", role.name())
        .put("PolicyName", name)
        .put("PolicyDocument", urlEncoded(policy));
  }

  private ObjectNode listRolePolicies(Call call) {
    ObjectNode answer = object();
    ArrayNode list = answer.putArray("PolicyNames");
    role(call).policies().keySet().stream().sorted().forEach(list::add);
    return answer.put("IsTruncated", false);
  }

  private ObjectNode deleteRolePolicy(Call call) {
    Role role = role(call);
    String name = text(call, "PolicyName", POLICY_NAME);
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    if (policies.remove(name) == null) {
      throw noSuchPolicy(name);
    }
    roles.put(role.withPolicies(policies));
    return object();
  }

  private Role role(Call call) {
    String name = text(call, "RoleName", ROLE_NAME);
    return roles
        .find(call.caller().accountId(), name)
        .orElseThrow(() -> noSuchEntity("The role with name " + name + " cannot be found."));
  }

  private static ObjectNode description(Role role) {
    return object()
        .put("Path", role.path())
        .put("RoleName", role.name())
        .put("RoleId", role.id())
        .put("Arn", role.arn())
        .put("CreateDate", role.createdAt().toString())
        .put("MaxSessionDuration", role.maxSessionDuration().toSeconds())
        .put("AssumeRolePolicyDocument", urlEncoded(role.trustPolicy()));
  }

  /** IAM answers policies URL-encoded as RFC 3986 says, which knows no plus for a space. */
  private static String urlEncoded(JsonNode policy) {
    return URLEncoder.encode(policy.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode policy(Call call, String member, Kind kind) {
    return PolicyDocument.read(text(call, member, "(?s).+"), kind);
  }

  private static String path(Call call) {
    return call.input().has("Path") ? text(call, "Path", PATH) : "/";
  }

  private static String text(Call call, String member, String pattern) {
    String text = call.input().path(member).asText();
    if (!text.matches(pattern)) {
      throw AwsException.badRequest(
          "ValidationError",
          "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must satisfy regular expression pattern: %s"
              .formatted(text, member, pattern));
    }
    return text;
  }

  private static AwsException noSuchPolicy(String name) {
    return noSuchEntity("The role policy with name " + name + " cannot be found.");
  }

  private static AwsException noSuchEntity(String message) {
    return new AwsException(404, "NoSuchEntity", message);
  }

  private static ObjectNode answer(String member, ObjectNode value) {
    ObjectNode answer = object();
    answer.set(member, value);
    return answer;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
