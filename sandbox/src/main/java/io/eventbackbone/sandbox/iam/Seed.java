package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Roles and an organization to begin with, from a YAML file:
 *
 * <pre>
 * organization: {id: o-a1b2c3d4e5, accounts: ["111111111111"]}
 * accounts:
 *   "111111111111":
 *     roles:
 *       event-backbone-operator:
 *         trustPolicy: {Statement: [...]}
 *         policies: {backbone: {Statement: [...]}}
 * </pre>
 */
public final class Seed {

  private Seed() {}

  /**
   * Puts the file's roles and organization in place.
   *
   * @throws IllegalArgumentException when a policy in the file can't be read, naming its role
   */
  public static void plant(Path file, Roles roles) throws IOException {
    JsonNode seed = new YAMLMapper().readTree(file.toFile());
    seed.path("organization")
        .path("accounts")
        .forEach(
            account ->
                roles.joinOrganization(
                    account.asText(), seed.path("organization").path("id").asText()));
    for (Map.Entry<String, JsonNode> account : seed.path("accounts").properties()) {
      for (Map.Entry<String, JsonNode> role : account.getValue().path("roles").properties()) {
        roles.put(role(account.getKey(), role.getKey(), role.getValue()));
      }
    }
  }

  private static Role role(String accountId, String name, JsonNode role) {
    Map<String, JsonNode> policies = new HashMap<>();
    role.path("policies").properties().forEach(it -> policies.put(it.getKey(), it.getValue()));
    try {
      PolicyDocument.of(role.path("trustPolicy"));
      policies.values().forEach(PolicyDocument::of);
    } catch (MalformedPolicyException e) {
      throw new IllegalArgumentException(
          "role %s of account %s: %s".formatted(name, accountId, e.getMessage()), e);
    }
    return new Role(accountId, "/", name, role.path("trustPolicy"), Map.copyOf(policies));
  }
}
