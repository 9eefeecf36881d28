package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.sandbox.Sandbox;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
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

  private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, Key key) {
    return new LocalAws(key.endpoint())
        .client(builder, LocalAws.root(key.id()))
        // The failures of one test must not use up the retries of the next.
        .overrideConfiguration(it ->
            it.retryStrategy(
                AwsRetryStrategy.legacyRetryStrategy().toBuilder()
                    .circuitBreakerEnabled(false)
                    .build()))
        .build();
  }
}
