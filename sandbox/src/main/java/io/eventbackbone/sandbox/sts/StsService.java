package io.eventbackbone.sandbox.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Principal;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.StsErrors;
import io.eventbackbone.sandbox.iam.Trust;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** AssumeRole and GetCallerIdentity. */
public final class StsService implements AwsService {

  private static final Shape SESSION_NAME = Shape.of("[\\w+=,.@-]{2,64}");
  private static final Shape ROLE_ARN = Shape.of("arn:.{16,2044}");
  private static final Shape EXTERNAL_ID = Shape.of("[\\w+=,.@:/-]{2,1224}");
  private static final Shape POLICY = Shape.of("(?s).{1,2048}");

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
  private final Map<String, Operation> operations =
      Map.of(
          "AssumeRole",
          this::assumeRole,
          "GetCallerIdentity",
          request -> callerIdentity(request.caller()));

  public StsService(Trust trust, Sessions sessions) {
    this.trust = trust;
    this.sessions = sessions;
  }

  @Override
  public String name() {
    return "sts";
  }

  @Override
  public ServiceErrors errors() {
    return StsErrors.STS;
  }

  @Override
  public Members.Typing typing() {
    return Members.Typing.TEXTUAL;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  private ObjectNode assumeRole(Request request) {
    Members input = request.input().requireOnly(request.action(), ASSUME_ROLE_MEMBERS);
    String sessionName = input.requiredText("RoleSessionName", SESSION_NAME);
    Duration duration = duration(request);
    Optional<String> sourceIdentity = input.text("SourceIdentity", SESSION_NAME);
    Principal.Account session =
        trust.assume(
            request.caller(),
            new Trust.Assumption(
                input.requiredText("RoleArn", ROLE_ARN),
                sessionName,
                input.text("ExternalId", EXTERNAL_ID),
                sourceIdentity,
                input.text("Policy", POLICY),
                duration));
    Sessions.Credentials credentials = sessions.open(session, duration);
    ObjectNode answer = Json.object();
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

  private static Duration duration(Request request) {
    int seconds =
        request
            .input()
            .integer("DurationSeconds", SHORTEST_SECONDS, LONGEST_SECONDS)
            .orElse(DEFAULT_SECONDS);
    boolean isChained = request.caller().arn().contains(":assumed-role/");
    if (isChained && seconds > DEFAULT_SECONDS) {
      throw StsErrors.validation(
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
    return Json.object()
        .put("UserId", userId)
        .put("Account", caller.accountId())
        .put("Arn", caller.arn());
  }
}
