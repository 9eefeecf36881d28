package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The roles that accounts have declared, and the organization that accounts are in. An account that
 * never declared a role lets anybody assume any role, and lets its identities do anything.
 */
public final class Roles {

  /**
   * A role.
   *
   * @param path begins and ends with a slash
   * @param id unlike the ARN, another one when the role is deleted and created anew
   * @param policies inline policies by their names
   */
  record Role(
      String accountId,
      String path,
      String name,
      String id,
      Instant createdAt,
      Duration maxSessionDuration,
      JsonNode trustPolicy,
      Map<String, JsonNode> policies) {

    /** The default of CreateRole. */
    static final Duration DEFAULT_SESSION = Duration.ofHours(1);

    private static final AtomicLong IDS = new AtomicLong();

    Role {
      policies = Map.copyOf(policies);
    }

    /** A role with an id that no other role has had. */
    static Role create(
        String accountId,
        String path,
        String name,
        Instant createdAt,
        Duration maxSessionDuration,
        JsonNode trustPolicy,
        Map<String, JsonNode> policies) {
      String id = "AROA%017d".formatted(IDS.incrementAndGet());
      return new Role(
          accountId, path, name, id, createdAt, maxSessionDuration, trustPolicy, policies);
    }

    String arn() {
      return "arn:aws:iam::%s:role%s%s".formatted(accountId, path, name);
    }

    PolicyDocument trust() {
      return PolicyDocument.of(trustPolicy);
    }

    Role withTrustPolicy(JsonNode changed) {
      return new Role(accountId, path, name, id, createdAt, maxSessionDuration, changed, policies);
    }

    Role withPolicies(Map<String, JsonNode> changed) {
      return new Role(
          accountId, path, name, id, createdAt, maxSessionDuration, trustPolicy, changed);
    }
  }

  private final Map<String, Map<String, Role>> byAccount = new ConcurrentHashMap<>();
  private final Map<String, String> organizations = new ConcurrentHashMap<>();

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
}
