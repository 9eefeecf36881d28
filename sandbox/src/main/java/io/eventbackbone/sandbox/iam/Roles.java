package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The roles that accounts have declared, and the organization that accounts are in. An account that
 * never declared a role lets anybody assume any role, and lets its identities do anything.
 */
public final class Roles {

  /**
   * A role.
   *
   * @param path begins and ends with a slash
   * @param policies inline policies by their names
   */
  record Role(
      String accountId,
      String path,
      String name,
      JsonNode trustPolicy,
      Map<String, JsonNode> policies) {

    String arn() {
      return "arn:aws:iam::%s:role%s%s".formatted(accountId, path, name);
    }

    PolicyDocument trust() {
      return PolicyDocument.of(trustPolicy);
    }
  }

  private final Map<String, Map<String, Role>> byAccount = new ConcurrentHashMap<>();
  private final Map<String, String> organizations = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> sessionPolicies = new ConcurrentHashMap<>();

  /** Whether the account's roles and their permissions are enforced. */
  boolean areDeclared(String accountId) {
    return byAccount.containsKey(accountId);
  }

  Optional<Role> find(String accountId, String name) {
    return Optional.ofNullable(byAccount.getOrDefault(accountId, Map.of()).get(name));
  }

  List<Role> list(String accountId) {
    return List.copyOf(new TreeMap<>(byAccount.getOrDefault(accountId, Map.of())).values());
  }

  void put(Role role) {
    byAccount
        .computeIfAbsent(role.accountId(), id -> new ConcurrentHashMap<>())
        .put(role.name(), role);
  }

  /** The account stays one that declares its roles, even when the last is gone. */
  void remove(Role role) {
    byAccount.get(role.accountId()).remove(role.name());
  }

  void joinOrganization(String accountId, String organizationId) {
    organizations.put(accountId, organizationId);
  }

  Optional<String> organizationOf(String accountId) {
    return Optional.ofNullable(organizations.get(accountId));
  }

  /** What a session may do at most, besides what its role allows. */
  public void limitSession(String sessionArn, JsonNode policy) {
    sessionPolicies.put(sessionArn, policy);
  }

  /** Lets a session do all that its role allows. */
  public void unlimitSession(String sessionArn) {
    sessionPolicies.remove(sessionArn);
  }

  Optional<JsonNode> sessionPolicy(String sessionArn) {
    return Optional.ofNullable(sessionPolicies.get(sessionArn));
  }
}
