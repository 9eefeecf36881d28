package io.eventbackbone.operator.aws;

import io.eventbackbone.operator.aws.client.AwsEnvironment;
import io.eventbackbone.operator.leadership.Fence;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** An embedded AWS or an emulator of it, as the operator and people come to it. */
public record LocalAws(URI endpoint) {

  public static final String REGION = "eu-west-1";

  /** The account of the operator's own identity, which is no account that it manages. */
  public static final String OPERATOR_ACCOUNT = "999999999999";

  /** More than tests call. */
  private static final int REQUESTS_PER_SECOND = 10_000;

  /** The root of an account: an access key id of twelve digits is the account of that id. */
  public static AwsCredentialsProvider root(String accountId) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accountId, "secret"));
  }

  /** Sets up a plain client of the AWS SDK, as people use it beside the operator. */
  public <B extends AwsClientBuilder<B, ?>> B client(
      B builder, AwsCredentialsProvider credentials) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(credentials);
  }

  public AwsEnvironment environment(AwsCredentialsProvider identity) {
    return new AwsEnvironment(Optional.of(endpoint), identity, REQUESTS_PER_SECOND);
  }

  /** Sessions of an operator that leads. */
  public AwsSessions sessions(
      String clusterId, AwsCredentialsProvider identity, InstantSource clock) {
    return new AwsSessions(
        clusterId, environment(identity), new SimpleMeterRegistry(), clock, Fence.OPEN);
  }
}
