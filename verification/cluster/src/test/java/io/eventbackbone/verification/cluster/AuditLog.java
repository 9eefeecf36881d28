package io.eventbackbone.verification.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API server was asked, by its own audit log. */
record AuditLog(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: Metadata
      """;

  /** One right: {@code patch eventbackbone.io/eventbackbones/status}. */
  record Right(String verb, String resource) {

    static Right of(String verb, String group, String resource) {
      return new Right(verb, group + "/" + resource);
    }

    @Override
    public String toString() {
      return verb + " " + resource;
    }
  }

  static AuditLog in(Path folder) throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    return new AuditLog(folder.resolve("audit.log"));
  }

  List<String> apiServerFlags() {
    return List.of(
        "--audit-policy-file=" + file.resolveSibling("policy.yaml"), "--audit-log-path=" + file);
  }

  /** The rights that a user needed. */
  Set<Right> used(String user) {
    return of(user).stream().map(AuditLog::right).collect(Collectors.toSet());
  }

  /** What a user was refused for want of rights. */
  Set<Right> forbidden(String user) {
    return of(user).stream()
        .filter(event -> event.at("/responseStatus/code").asInt() == 403)
        .map(AuditLog::right)
        .collect(Collectors.toSet());
  }

  private static Right right(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String subresource = object.has("subresource") ? "/" + object.path("subresource").asText() : "";
    return Right.of(
        event.path("verb").asText(),
        object.path("apiGroup").asText(),
        object.path("resource").asText() + subresource);
  }

  /** Requests for resources; what everybody may ask (discovery, who am I) is left out. */
  private List<JsonNode> of(String user) {
    try (var lines = Files.lines(file)) {
      return lines
          .map(AuditLog::parse)
          .filter(event -> event.at("/user/username").asText().equals(user))
          .filter(event -> event.has("objectRef"))
          .filter(event -> !event.at("/objectRef/resource").asText().startsWith("selfsubject"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
