package io.eventbackbone.sandbox.sts;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.iam.Trust;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who signs with which access key: an account number signs for that account, and the keys that
 * AssumeRole gave out for their session. Signatures themselves are not verified.
 */
public final class Sessions {

  /** Keys of a session, as AssumeRole answers them. */
  record Credentials(
      String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {}

  /**
   * A session.
   *
   * @param roleId of the role when the session began; empty when the account had declared none
   */
  private record Session(
      Principal.Account principal, Optional<String> roleId, Credentials credentials) {}

  private final Map<String, Session> byKey = new ConcurrentHashMap<>();
  private final Trust trust;
  private final Clock clock;

  /**
   * No session yet.
   *
   * @param trust knows whether a session's role is there still
   */
  public Sessions(Trust trust, Clock clock) {
    this.trust = trust;
    this.clock = clock;
  }

  Credentials open(Principal.Account principal, Duration duration) {
    Credentials credentials =
        new Credentials(
            "ASIA" + random().substring(0, 16).toUpperCase(Locale.ROOT),
            random(),
            random() + random(),
            clock.instant().plus(duration));
    byKey.put(
        credentials.accessKeyId(), new Session(principal, trust.roleId(principal), credentials));
    return credentials;
  }

  /**
   * The caller of a signed request. A session ends with its role: one that is made anew under the
   * name is another role (IAM User Guide, "IAM identifiers").
   *
   * @throws AwsException for a key that nobody has, a token that is not the key's, or a session
   *     that is over
   */
  public Principal.Account caller(String accessKeyId, Optional<String> sessionToken) {
    if (accessKeyId.matches("\\d{12}")) {
      return new Principal.Account(accessKeyId, "arn:aws:iam::" + accessKeyId + ":root");
    }
    Session session = byKey.get(accessKeyId);
    if (session == null
        || sessionToken.filter(session.credentials().sessionToken()::equals).isEmpty()
        || !trust.isThere(session.principal(), session.roleId())) {
      throw CommonErrors.unknownKey();
    }
    if (clock.instant().isAfter(session.credentials().expiration())) {
      throw CommonErrors.expiredToken();
    }
    return session.principal();
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
