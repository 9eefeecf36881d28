package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * As much of IAM as roles with inline policies need. With its first role an account becomes one
 * whose trust policies and permissions are enforced.
 */
public final class IamService implements AwsService {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CREATED = "2026-01-01T00:00:00Z";

  private final Roles roles;

  public IamService(Roles roles) {
    this.roles = roles;
  }

  @Override
  public String name() {
    return "iam";
  }

  @Override
  public ObjectNode handle(Call call) {
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
      default ->
          throw AwsException.badRequest(
              "InvalidAction", "the sandbox has no iam:" + call.operation());
    };
  }

  private ObjectNode createRole(Call call) {
    String account = call.caller().accountId();
    String name = text(call, "RoleName");
    if (roles.find(account, name).isPresent()) {
      throw new AwsException(
          409, "EntityAlreadyExists", "Role with name " + name + " already exists.");
    }
    Role role =
        new Role(
            account,
            call.input().path("Path").asText("/"),
            name,
            policy(text(call, "AssumeRolePolicyDocument")),
            Map.of());
    roles.put(role);
    return answer("Role", description(role));
  }

  private ObjectNode listRoles(Call call) {
    ObjectNode answer = object();
    var list = answer.putArray("Roles");
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
    Role role = role(call);
    JsonNode trust = policy(text(call, "PolicyDocument"));
    roles.put(new Role(role.accountId(), role.path(), role.name(), trust, role.policies()));
    return object();
  }

  private ObjectNode putRolePolicy(Call call) {
    Role role = role(call);
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    policies.put(text(call, "PolicyName"), policy(text(call, "PolicyDocument")));
    roles.put(withPolicies(role, policies));
    return object();
  }

  private ObjectNode getRolePolicy(Call call) {
    Role role = role(call);
    String name = text(call, "PolicyName");
    JsonNode policy = role.policies().get(name);
    if (policy == null) {
      throw noSuchEntity("The role policy with name " + name + " cannot be found.");
    }
    return object()
        .put("RoleName", role.name())
        .put("PolicyName", name)
        .put("PolicyDocument", URLEncoder.encode(policy.toString(), StandardCharsets.UTF_8));
  }

  private ObjectNode listRolePolicies(Call call) {
    ObjectNode answer = object();
    var list = answer.putArray("PolicyNames");
    role(call).policies().keySet().stream().sorted().forEach(list::add);
    return answer.put("IsTruncated", false);
  }

  private ObjectNode deleteRolePolicy(Call call) {
    Role role = role(call);
    String name = text(call, "PolicyName");
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    if (policies.remove(name) == null) {
      throw noSuchEntity("The role policy with name " + name + " cannot be found.");
    }
    roles.put(withPolicies(role, policies));
    return object();
  }

  private Role role(Call call) {
    String name = text(call, "RoleName");
    return roles
        .find(call.caller().accountId(), name)
        .orElseThrow(() -> noSuchEntity("The role with name " + name + " cannot be found."));
  }

  private static Role withPolicies(Role role, Map<String, JsonNode> policies) {
    return new Role(
        role.accountId(), role.path(), role.name(), role.trustPolicy(), Map.copyOf(policies));
  }

  private static ObjectNode description(Role role) {
    return object()
        .put("Path", role.path())
        .put("RoleName", role.name())
        .put("RoleId", "AROA" + Integer.toHexString(role.arn().hashCode()).toUpperCase(Locale.ROOT))
        .put("Arn", role.arn())
        .put("CreateDate", CREATED)
        .put(
            "AssumeRolePolicyDocument",
            URLEncoder.encode(role.trustPolicy().toString(), StandardCharsets.UTF_8));
  }

  /** Reads a policy document, and refuses what can't be evaluated. */
  static JsonNode policy(String text) {
    try {
      JsonNode policy = JSON.readTree(text);
      PolicyDocument.of(policy);
      return policy;
    } catch (JsonProcessingException | MalformedPolicyException e) {
      throw AwsException.badRequest("MalformedPolicyDocument", e.getMessage());
    }
  }

  private static String text(Call call, String member) {
    String text = call.input().path(member).asText("");
    if (text.isEmpty()) {
      throw AwsException.badRequest("ValidationError", member + " is missing");
    }
    return text;
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
