package io.eventbackbone.operator.aws.client;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The endpoint of AWS, and the operator's own credentials.
 *
 * @param endpoint of every service; empty: the default of the AWS SDK, which is AWS unless {@code
 *     AWS_ENDPOINT_URL} is set
 * @param credentials the operator's own; it assumes the accounts' roles with them
 * @param requestsPerSecond limit for EventBridge without PutEvents, in one account and Region
 */
public record AwsEnvironment(
    Optional<URI> endpoint, AwsCredentialsProvider credentials, int requestsPerSecond) {

  /** Reads the environment of this process like every AWS SDK. */
  public static AwsEnvironment ofProcess(int requestsPerSecond) {
    return new AwsEnvironment(
        Optional.empty(), DefaultCredentialsProvider.builder().build(), requestsPerSecond);
  }
}
