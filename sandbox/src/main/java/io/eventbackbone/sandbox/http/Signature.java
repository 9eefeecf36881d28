package io.eventbackbone.sandbox.http;

import io.eventbackbone.sandbox.AwsException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Authorization header of a request says (AWS Signature Version 4). That the signature
 * itself is right is not checked.
 *
 * @param service name in the credential scope, such as {@code events}
 */
record Signature(String accessKeyId, String region, String service) {

  private static final Pattern HEADER =
      Pattern.compile("AWS4-HMAC-SHA256 +Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request.*");

  static Signature of(String authorization) {
    Matcher header = HEADER.matcher(Optional.ofNullable(authorization).orElse(""));
    if (!header.matches()) {
      throw AwsException.badRequest(
          "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    return new Signature(header.group(1), header.group(2), header.group(3));
  }
}
