package io.eventbackbone.sandbox.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.iam.Trust;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** AssumeRole and GetCallerIdentity. */
public final class StsService implements AwsService {

  private static final Set<String> ASSUME_ROLE_MEMBERS =
      Set.of(
          "RoleArn",
          "RoleSessionName",
          "ExternalId",
          "SourceIdentity",
          "Policy",
          "DurationSeconds");

  /** Sessions show one id for all roles: roles that no account declared have none. */
  private static final String ROLE_ID = "AROASANDBOX";

  private static final int DEFAULT_SECONDS = 3_600;
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;

  private final Trust trust;
  private final Sessions sessions;

  public StsService(Trust trust, Sessions sessions) {
    this.trust = trust;
    this.sessions = sessions;
  }

  @Override
  public String name() {
    return "sts";
  }

  @Override
  public ObjectNode handle(Call call) {
    return switch (call.operation()) {
      case "AssumeRole" -> assumeRole(call);
      case "GetCallerIdentity" -> callerIdentity(call.caller());
      default ->
          throw AwsException.badRequest(
              "InvalidAction", "the sandbox has no sts:" + call.operation());
    };
  }

  private ObjectNode assumeRole(Call call) {
    requireKnown(call);
    String sessionName = text(call, "RoleSessionName", "[\\w+=,.@-]{2,64}");
    Duration duration = duration(call);
    Optional<String> sourceIdentity = optional(call, "SourceIdentity", "[\\w+=,.@-]{2,64}");
    Principal.Account session =
        trust.assume(
            call.caller(),
            new Trust.Assumption(
                text(call, "RoleArn", "arn:.{16,2044}"),
                sessionName,
                optional(call, "ExternalId", "[\\w+=,.@:/-]{2,1224}"),
                sourceIdentity,
                optional(call, "Policy", "(?s).{1,2048}"),
                duration));
    Sessions.Credentials credentials = sessions.open(session, duration);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", credentials.accessKeyId())
        .put("SecretAccessKey", credentials.secretAccessKey())
        .put("SessionToken", credentials.sessionToken())
        .put("Expiration", credentials.expiration().toString());
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", ROLE_ID + ":" + sessionName)
        .put("Arn", session.arn());
    sourceIdentity.ifPresent(identity -> answer.put("SourceIdentity", identity));
    return answer;
  }

  /** Session tags or managed policies, left out unnoticed, would change what a session may do. */
  private static void requireKnown(Call call) {
    for (Map.Entry<String, JsonNode> member : call.input().properties()) {
      if (!ASSUME_ROLE_MEMBERS.contains(member.getKey())) {
        throw AwsException.badRequest(
            "ValidationError",
            "the sandbox does not implement member %s of sts:AssumeRole"
                .formatted(member.getKey()));
      }
    }
  }

  private static Duration duration(Call call) {
    int seconds = call.input().path("DurationSeconds").asInt(DEFAULT_SECONDS);
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw AwsException.badRequest(
          "ValidationError",
          "DurationSeconds must be between %d and %d".formatted(SHORTEST_SECONDS, LONGEST_SECONDS));
    }
    boolean isChained = call.caller().arn().contains(":assumed-role/");
    if (isChained && seconds > DEFAULT_SECONDS) {
      throw AwsException.badRequest(
          "ValidationError",
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    return Duration.ofSeconds(seconds);
  }

  private static ObjectNode callerIdentity(Principal.Account caller) {
    String userId =
        caller.arn().endsWith(":root")
            ? caller.accountId()
            : ROLE_ID + caller.arn().replaceFirst(".*/", ":");
    return JsonNodeFactory.instance
        .objectNode()
        .put("UserId", userId)
        .put("Account", caller.accountId())
        .put("Arn", caller.arn());
  }

  private static Optional<String> optional(Call call, String member, String pattern) {
    return call.input().has(member) ? Optional.of(text(call, member, pattern)) : Optional.empty();
  }

  private static String text(Call call, String member, String pattern) {
    String value = call.input().path(member).asText("");
    if (!value.matches(pattern)) {
      throw AwsException.badRequest(
          "ValidationError",
          "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must satisfy regular expression pattern: %s"
              .formatted(member, pattern));
    }
    return value;
  }
}
