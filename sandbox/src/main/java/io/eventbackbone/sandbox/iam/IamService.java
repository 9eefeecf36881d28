package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.IamErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.iam.PolicyDocument.Kind;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * As much of IAM as roles with inline policies need. With its first role an account becomes one
 * whose trust policies and permissions are enforced.
 */
public final class IamService implements AwsService {

  private static final Shape ROLE_NAME = Shape.of("[\\w+=,.@-]{1,64}");
  private static final Shape POLICY_NAME = Shape.of("[\\w+=,.@-]{1,128}");
  private static final Shape POLICY = Shape.of("(?s).+");
  private static final Shape PATH = Shape.of("/|/[!-~]+/");

  private final Roles roles;
  private final Authorizer authorizer;
  private final Clock clock;

  private final Map<String, Operation> operations =
      Map.of(
          "CreateRole",
              permitted(this::createRole, "Path", "AssumeRolePolicyDocument", "MaxSessionDuration"),
          "GetRole", permitted(request -> answer("Role", description(role(request)))),
          "ListRoles", permitted(this::listRoles),
          "DeleteRole", permitted(this::deleteRole),
          "UpdateAssumeRolePolicy", permitted(this::updateTrust, "PolicyDocument"),
          "PutRolePolicy", permitted(this::putRolePolicy, "PolicyName", "PolicyDocument"),
          "GetRolePolicy", permitted(this::getRolePolicy, "PolicyName"),
          "ListRolePolicies", permitted(this::listRolePolicies),
          "DeleteRolePolicy", permitted(this::deleteRolePolicy, "PolicyName"));

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
  public ServiceErrors errors() {
    return IamErrors.IAM;
  }

  @Override
  public Members.Typing typing() {
    return Members.Typing.TEXTUAL;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  /**
   * An operation that checks its members and the caller's permission on the role first.
   *
   * @param members that the operation takes besides {@code RoleName}
   */
  private Operation permitted(Operation operation, String... members) {
    Set<String> known = new HashSet<>(List.of(members));
    known.add("RoleName");
    return request -> {
      request.input().requireOnly(request.action(), known);
      authorizer.authorize(request.caller(), request.access(resource(request)));
      return operation.answer(request);
    };
  }

  private String resource(Request request) {
    String account = request.caller().accountId();
    String name = request.input().text("RoleName").orElse("");
    return roles
        .find(account, name)
        .map(Role::arn)
        .orElseGet(() -> "arn:aws:iam::%s:role%s%s".formatted(account, path(request), name));
  }

  private ObjectNode createRole(Request request) {
    String account = request.caller().accountId();
    String name = request.input().requiredText("RoleName", ROLE_NAME);
    if (roles.find(account, name).isPresent()) {
      throw IamErrors.alreadyExists("Role with name " + name + " already exists.");
    }
    Role role =
        Role.create(
            account,
            path(request),
            name,
            clock.instant(),
            request
                .input()
                .longInteger("MaxSessionDuration")
                .map(Duration::ofSeconds)
                .orElse(Role.DEFAULT_SESSION),
            policy(request, "AssumeRolePolicyDocument", Kind.TRUST),
            Map.of());
    roles.put(role);
    return answer("Role", description(role));
  }

  private ObjectNode listRoles(Request request) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("Roles");
    roles.list(request.caller().accountId()).forEach(role -> list.add(description(role)));
    return answer.put("IsTruncated", false);
  }

  private ObjectNode deleteRole(Request request) {
    Role role = role(request);
    if (!role.policies().isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    roles.remove(role);
    return Json.object();
  }

  private ObjectNode updateTrust(Request request) {
    roles.put(role(request).withTrustPolicy(policy(request, "PolicyDocument", Kind.TRUST)));
    return Json.object();
  }

  private ObjectNode putRolePolicy(Request request) {
    Role role = role(request);
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    policies.put(
        request.input().requiredText("PolicyName", POLICY_NAME),
        policy(request, "PolicyDocument", Kind.IDENTITY));
    roles.put(role.withPolicies(policies));
    return Json.object();
  }

  private ObjectNode getRolePolicy(Request request) {
    Role role = role(request);
    String name = request.input().requiredText("PolicyName", POLICY_NAME);
    JsonNode policy =
        Optional.ofNullable(role.policies().get(name)).orElseThrow(() -> noSuchPolicy(name));
    return Json.object()
        .put("RoleName", role.name())
        .put("PolicyName", name)
        .put("PolicyDocument", urlEncoded(policy));
  }

  private ObjectNode listRolePolicies(Request request) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("PolicyNames");
    role(request).policies().keySet().stream().sorted().forEach(list::add);
    return answer.put("IsTruncated", false);
  }

  private ObjectNode deleteRolePolicy(Request request) {
    Role role = role(request);
    String name = request.input().requiredText("PolicyName", POLICY_NAME);
    Map<String, JsonNode> policies = new HashMap<>(role.policies());
    if (policies.remove(name) == null) {
      throw noSuchPolicy(name);
    }
    roles.put(role.withPolicies(policies));
    return Json.object();
  }

  private Role role(Request request) {
    String name = request.input().requiredText("RoleName", ROLE_NAME);
    return roles
        .find(request.caller().accountId(), name)
        .orElseThrow(() -> IamErrors.notFound("The role with name " + name + " cannot be found."));
  }

  private static ObjectNode description(Role role) {
    return Json.object()
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

  private static JsonNode policy(Request request, String member, Kind kind) {
    return PolicyDocument.read(request.input().requiredText(member, POLICY), kind);
  }

  private static String path(Request request) {
    return request.input().text("Path", PATH).orElse("/");
  }

  private static AwsException noSuchPolicy(String name) {
    return IamErrors.notFound("The role policy with name " + name + " cannot be found.");
  }

  private static ObjectNode answer(String member, ObjectNode value) {
    ObjectNode answer = Json.object();
    answer.set(member, value);
    return answer;
  }
}
