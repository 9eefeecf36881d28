package io.eventbackbone.sandbox.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.StsErrors;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Web Token that an OpenID Connect issuer gave to a workload, for instance Kubernetes to a
 * service account. Its signature is not verified, as no signature is here: any issuer will do, a
 * test's own too.
 *
 * @param issuer without {@code https://}
 */
record WebIdentityToken(String issuer, String subject, String audience, Instant expiration) {

  private static final String SCHEME = "https://";

  /**
   * Reads a token.
   *
   * @throws AwsException {@code InvalidIdentityToken} for a text that is no token, {@code
   *     ExpiredTokenException} for one that has expired
   */
  static WebIdentityToken read(String text, Instant now) {
    WebIdentityToken token =
        claims(text).flatMap(WebIdentityToken::of).orElseThrow(StsErrors::invalidIdentityToken);
    if (!token.expiration().isAfter(now)) {
      throw StsErrors.expiredIdentityToken();
    }
    return token;
  }

  private static Optional<ObjectNode> claims(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      return parts.length == 3
          ? Json.parseObject(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<WebIdentityToken> of(ObjectNode claims) {
    JsonNode audience =
        claims.path("aud").isArray() ? claims.path("aud").path(0) : claims.path("aud");
    boolean isComplete =
        claims.path("iss").asText().startsWith(SCHEME)
            && claims.path("sub").isTextual()
            && audience.isTextual()
            && claims.path("exp").canConvertToLong();
    return isComplete
        ? Optional.of(
            new WebIdentityToken(
                claims.get("iss").asText().substring(SCHEME.length()),
                claims.get("sub").asText(),
                audience.asText(),
                Instant.ofEpochSecond(claims.get("exp").asLong())))
        : Optional.empty();
  }

  /** The condition keys that trust policies have for the issuer's tokens. */
  Map<String, String> conditionKeys() {
    return Map.of(issuer + ":sub", subject, issuer + ":aud", audience);
  }
}
