package io.eventbackbone.operator.reconcile;

import io.eventbackbone.sandbox.Sandbox;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Plain SDK clients of an account, as people use them beside the operator. They take longer to
 * build than to be used, so they are kept: sandboxes are used again, and so are their endpoints.
 */
public record Account(
    EventBridgeClient events, SchemasClient schemas, SqsClient queues, CloudWatchLogsClient logs) {

  private record Key(URI endpoint, String id) {}

  private static final Map<Key, Account> ACCOUNTS = new ConcurrentHashMap<>();

  public static Account of(Sandbox aws, String id) {
    return ACCOUNTS.computeIfAbsent(new Key(aws.endpoint(), id), Account::open);
  }

  private static Account open(Key key) {
    return new Account(
        client(EventBridgeClient.builder(), key),
        client(SchemasClient.builder(), key),
        client(SqsClient.builder(), key),
        client(CloudWatchLogsClient.builder(), key));
  }

  private static <C> C client(AwsClientBuilder<?, C> builder, Key key) {
    return builder
        .endpointOverride(key.endpoint())
        .region(Region.of(Simulation.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), "secret")))
        // The failures of one test must not use up the retries of the next.
        .overrideConfiguration(it ->
            it.retryStrategy(
                AwsRetryStrategy.legacyRetryStrategy().toBuilder()
                    .circuitBreakerEnabled(false)
                    .build()))
        .build();
  }
}
