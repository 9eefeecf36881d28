package io.eventbackbone.sandbox.sts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.Principal;
import io.eventbackbone.sandbox.iam.Roles;
import io.eventbackbone.sandbox.iam.Trust;
import java.time.Duration;
import java.util.Optional;

/** AssumeRole and GetCallerIdentity. */
public final class StsService implements AwsService {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int DEFAULT_SECONDS = 3_600;
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;

  private final Trust trust;
  private final Roles roles;
  private final Sessions sessions;

  public StsService(Trust trust, Roles roles, Sessions sessions) {
    this.trust = trust;
    this.roles = roles;
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
    String sessionName = valid(call, "RoleSessionName", "[\\w+=,.@-]{2,64}");
    Optional<String> externalId =
        call.input().has("ExternalId")
            ? Optional.of(valid(call, "ExternalId", "[\\w+=,.@:/-]{2,1224}"))
            : Optional.empty();
    Principal.Account session =
        trust.assume(
            call.caller(), valid(call, "RoleArn", "arn:.{16,2044}"), sessionName, externalId);
    limit(session, call);
    Sessions.Credentials credentials = sessions.open(session, duration(call));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", credentials.accessKeyId())
        .put("SecretAccessKey", credentials.secretAccessKey())
        .put("SessionToken", credentials.sessionToken())
        .put("Expiration", credentials.expiration().toString());
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", "AROASANDBOX:" + sessionName)
        .put("Arn", session.arn());
    return answer;
  }

  private void limit(Principal.Account session, Call call) {
    String policy = call.input().path("Policy").asText("");
    if (policy.isEmpty()) {
      roles.unlimitSession(session.arn());
      return;
    }
    try {
      JsonNode document = JSON.readTree(policy);
      roles.limitSession(session.arn(), document);
    } catch (JsonProcessingException e) {
      throw AwsException.badRequest("MalformedPolicyDocument", "The policy is not JSON.");
    }
  }

  private static Duration duration(Call call) {
    int seconds = call.input().path("DurationSeconds").asInt(DEFAULT_SECONDS);
    boolean isChained = call.caller().arn().contains(":assumed-role/");
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw AwsException.badRequest(
          "ValidationError",
          "DurationSeconds must be between %d and %d".formatted(SHORTEST_SECONDS, LONGEST_SECONDS));
    }
    if (isChained && seconds > DEFAULT_SECONDS) {
      throw AwsException.badRequest(
          "ValidationError",
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    return Duration.ofSeconds(seconds);
  }

  private static ObjectNode callerIdentity(Principal.Account caller) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("UserId", caller.arn().replaceFirst(".*[:/]", ""))
        .put("Account", caller.accountId())
        .put("Arn", caller.arn());
  }

  private static String valid(Call call, String member, String pattern) {
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
