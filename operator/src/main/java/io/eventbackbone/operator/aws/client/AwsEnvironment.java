package io.eventbackbone.operator.aws.client;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Where AWS is, and who the operator is there.
 *
 * @param endpoint of every service; empty: what the AWS SDK finds, which is AWS itself unless
 *     {@code AWS_ENDPOINT_URL} is set
 * @param credentials the operator's own, with which it assumes the accounts' roles
 * @param requestsPerSecond to EventBridge, PutEvents apart, in one account and Region
 */
public record AwsEnvironment(
    Optional<URI> endpoint, AwsCredentialsProvider credentials, int requestsPerSecond) {

  /** By the environment of this process, as every AWS SDK reads it. */
  public static AwsEnvironment ofProcess(int requestsPerSecond) {
    return new AwsEnvironment(
        Optional.empty(), DefaultCredentialsProvider.builder().build(), requestsPerSecond);
  }
}
