package io.eventbackbone.sandbox.http;

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

  /** Empty without a header, or with one of another kind. */
  static Optional<Signature> of(Optional<String> authorization) {
    return authorization
        .map(HEADER::matcher)
        .filter(Matcher::matches)
        .map(header -> new Signature(header.group(1), header.group(2), header.group(3)));
  }
}
