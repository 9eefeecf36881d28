package io.eventbackbone.sandbox.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.StsErrors;
import io.eventbackbone.sandbox.iam.Trust;
import java.time.Clock;
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

  private static final String WITH_WEB_IDENTITY = "AssumeRoleWithWebIdentity";
  private static final Shape TOKEN = Shape.of(4, 20_000, "(?s).*");

  /** ProviderId is for Amazon and Facebook alone, PolicyArns for managed policies. */
  private static final Set<String> WITH_WEB_IDENTITY_MEMBERS =
      Set.of("RoleArn", "RoleSessionName", "WebIdentityToken", "Policy", "DurationSeconds");

  private static final int LONGEST_SESSION_TOKEN = 129_600;
  private static final int DEFAULT_SESSION_TOKEN = 43_200;

  private static final int DEFAULT_SECONDS = 3_600;
  private static final int SHORTEST_SECONDS = 900;
  private static final int LONGEST_SECONDS = 43_200;

  private final Trust trust;
  private final Sessions sessions;
  private final Clock clock;
  private final Map<String, Operation> operations =
      Map.of(
          "AssumeRole",
          this::assumeRole,
          WITH_WEB_IDENTITY,
          this::assumeRoleWithWebIdentity,
          "GetCallerIdentity",
          request -> callerIdentity(request.caller()),
          "GetSessionToken",
          this::getSessionToken);

  public StsService(Trust trust, Sessions sessions, Clock clock) {
    this.trust = trust;
    this.sessions = sessions;
    this.clock = clock;
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

  /** The token of the workload is its identity. */
  @Override
  public Set<String> unsignedOperations() {
    return Set.of(WITH_WEB_IDENTITY);
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
    ObjectNode answer = answer(session, sessionName, duration);
    sourceIdentity.ifPresent(identity -> answer.put("SourceIdentity", identity));
    return answer;
  }

  private ObjectNode assumeRoleWithWebIdentity(Request request) {
    Members input = request.input().requireOnly(request.action(), WITH_WEB_IDENTITY_MEMBERS);
    String sessionName = input.requiredText("RoleSessionName", SESSION_NAME);
    Duration duration = duration(request);
    WebIdentityToken token =
        WebIdentityToken.read(input.requiredText("WebIdentityToken", TOKEN), clock.instant());
    Principal.Account session =
        trust.assumeWithWebIdentity(
            new Trust.Assumption(
                input.requiredText("RoleArn", ROLE_ARN),
                sessionName,
                Optional.empty(),
                Optional.empty(),
                input.text("Policy", POLICY),
                duration),
            token.issuer(),
            token.conditionKeys());
    return answer(session, sessionName, duration)
        .put("SubjectFromWebIdentityToken", token.subject())
        .put(
            "Provider",
            "arn:aws:iam::%s:oidc-provider/%s".formatted(session.accountId(), token.issuer()))
        .put("Audience", token.audience());
  }

  private ObjectNode answer(Principal.Account session, String sessionName, Duration duration) {
    ObjectNode answer = Json.object();
    answer.set("Credentials", toJson(sessions.open(session, duration)));
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", ROLE_ID + ":" + sessionName)
        .put("Arn", session.arn());
    return answer;
  }

  private static ObjectNode toJson(Sessions.Credentials credentials) {
    return Json.object()
        .put("AccessKeyId", credentials.accessKeyId())
        .put("SecretAccessKey", credentials.secretAccessKey())
        .put("SessionToken", credentials.sessionToken())
        .put("Expiration", credentials.expiration().toString());
  }

  /** Temporary keys of the account itself; a session of a role can't ask for them. */
  private ObjectNode getSessionToken(Request request) {
    Members input = request.input().requireOnly(request.action(), Set.of("DurationSeconds"));
    int seconds =
        input
            .integer("DurationSeconds", SHORTEST_SECONDS, LONGEST_SESSION_TOKEN)
            .orElse(DEFAULT_SESSION_TOKEN);
    if (!request.caller().arn().endsWith(":root")) {
      throw StsErrors.sessionOfASession();
    }
    ObjectNode answer = Json.object();
    answer.set("Credentials", toJson(sessions.open(request.caller(), Duration.ofSeconds(seconds))));
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
