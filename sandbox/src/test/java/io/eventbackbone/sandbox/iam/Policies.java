package io.eventbackbone.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventbackbone.sandbox.iam.Roles.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** Policies in one line, as YAML: {@code {Effect: Allow, Action: "sqs:*", Resource: "*"}}. */
final class Policies {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Policies() {}

  static JsonNode policy(String statements) {
    try {
      return YAML.readTree("{Version: '2012-10-17', Statement: [" + statements + "]}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A role with one inline policy; with none when the statements are empty. */
  static Role role(String accountId, String path, String name, String trust, String statements) {
    return Role.create(
        accountId,
        path,
        name,
        Instant.EPOCH,
        Role.DEFAULT_SESSION,
        policy(trust),
        statements.isEmpty() ? Map.of() : Map.of("inline", policy(statements)));
  }
}
