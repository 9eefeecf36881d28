package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.sandbox.iam.PolicyDocument.Kind;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

  record Contents(Organization organization, Map<String, Account> accounts) {
    Contents {
      organization = Objects.requireNonNullElse(organization, new Organization("", Set.of()));
      accounts = Objects.requireNonNullElse(accounts, Map.of());
    }
  }

  record Organization(String id, Set<String> accounts) {
    Organization {
      accounts = Objects.requireNonNullElse(accounts, Set.of());
    }
  }

  record Account(Map<String, RoleSeed> roles) {
    Account {
      roles = Objects.requireNonNullElse(roles, Map.of());
    }
  }

  record RoleSeed(JsonNode trustPolicy, Map<String, JsonNode> policies) {
    RoleSeed {
      policies = Objects.requireNonNullElse(policies, Map.of());
    }
  }

  private Seed() {}

  /**
   * Puts the file's roles and organization in place.
   *
   * @param clock tells when the roles were created
   * @throws IOException when the file can't be read, or has other members than those above
   * @throws IllegalArgumentException when an account number or a policy is wrong, saying where
   */
  public static void plant(Path file, Roles roles, Clock clock) throws IOException {
    Contents contents = new YAMLMapper().readValue(file.toFile(), Contents.class);
    for (String account : contents.organization().accounts()) {
      roles.joinOrganization(requireAccountId(account), contents.organization().id());
    }
    contents
        .accounts()
        .forEach((accountId, account) ->
            account
                .roles()
                .forEach((name, role) ->
                    roles.put(role(requireAccountId(accountId), name, role, clock))));
  }

  private static Role role(String accountId, String name, RoleSeed seed, Clock clock) {
    try {
      if (seed.trustPolicy() == null) {
        throw new MalformedPolicyException("it has no trustPolicy");
      }
      PolicyDocument.check(seed.trustPolicy(), Kind.TRUST);
      seed.policies().values().forEach(policy -> PolicyDocument.check(policy, Kind.IDENTITY));
    } catch (MalformedPolicyException e) {
      throw new IllegalArgumentException(
          "role %s of account %s: %s".formatted(name, accountId, e.getMessage()), e);
    }
    return Role.create(
        accountId,
        "/",
        name,
        clock.instant(),
        Role.DEFAULT_SESSION,
        seed.trustPolicy(),
        seed.policies());
  }

  private static String requireAccountId(String text) {
    if (!text.matches("\\d{12}")) {
      throw new IllegalArgumentException(
          "%s is no account number; quote the twelve digits".formatted(text));
    }
    return text;
  }
}
