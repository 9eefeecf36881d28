package io.eventbackbone.local.launcher;

import java.net.URI;
import java.util.Map;

/** The address of an embedded AWS. An access key id of twelve digits is the account of that id. */
public record AwsEndpoint(URI uri) {

  /** Any secret will do: the embedded AWS tells accounts by the access key id. */
  public static final String SECRET = "secret";

  /** Standard AWS variables by which a program acts in an account. */
  public Map<String, String> environment(String account, String region) {
    return Map.of(
        "AWS_ENDPOINT_URL", uri.toString(),
        "AWS_ACCESS_KEY_ID", account,
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "AWS_REGION", region,
        "AWS_EC2_METADATA_DISABLED", "true");
  }
}
