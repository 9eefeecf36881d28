package io.eventbackbone.operator.aws;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ConcurrentModificationException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The operator's sessions in AWS accounts, one per role and Region. A session whose role can't be
 * assumed fails; it never falls back to the operator's own identity.
 */
public final class AwsSessions implements AutoCloseable {

  private static final int CONNECTIONS = 200;

  private record Key(AccountAccess access, String region) {}

  private final SdkHttpClient http =
      Apache5HttpClient.builder().maxConnections(CONNECTIONS).build();
  private final AwsCredentialsProvider own = DefaultCredentialsProvider.builder().build();
  private final ClientOverrideConfiguration configuration;
  private final String sessionName;
  private final Map<Key, AwsSession> sessions = new ConcurrentHashMap<>();
  private final Map<Key, StsAssumeRoleCredentialsProvider> roles = new ConcurrentHashMap<>();

  /**
   * Opens nothing yet.
   *
   * @param clusterId becomes part of the session name, which CloudTrail shows
   */
  public AwsSessions(String clusterId, MeterRegistry metrics) {
    String cluster = clusterId.replaceAll("[^A-Za-z0-9_-]", "-");
    sessionName = "event-backbone-" + cluster.substring(0, Math.min(8, cluster.length()));
    configuration =
        ClientOverrideConfiguration.builder()
            .addExecutionInterceptor(new CallMetrics(metrics))
            // Slows down by account when AWS throttles, and repeats what the SDK would give up on.
            .retryStrategy(
                AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                    .retryOnException(ConcurrentModificationException.class)
                    .build())
            .build();
  }

  /** The session in an account and Region; nothing is called before it is used. */
  public AwsSession session(AccountAccess access, String region) {
    return sessions.computeIfAbsent(new Key(access, region), this::open);
  }

  private AwsSession open(Key key) {
    AwsCredentialsProvider credentials =
        key.access().roleArn().isPresent() ? roles.computeIfAbsent(key, this::assume) : own;
    return new AwsSession(
        key.access(),
        client(EventBridgeClient.builder(), key.region(), credentials),
        client(SqsClient.builder(), key.region(), credentials),
        client(CloudWatchLogsClient.builder(), key.region(), credentials),
        client(StsClient.builder(), key.region(), credentials));
  }

  private StsAssumeRoleCredentialsProvider assume(Key key) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(client(StsClient.builder(), key.region(), own))
        .refreshRequest(
            request ->
                request
                    .roleArn(key.access().roleArn().orElseThrow())
                    .roleSessionName(sessionName)
                    .externalId(key.access().externalId().orElse(null)))
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region, AwsCredentialsProvider credentials) {
    return builder
        .httpClient(http)
        .overrideConfiguration(configuration)
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .build();
  }

  @Override
  public void close() {
    roles.values().forEach(StsAssumeRoleCredentialsProvider::close);
    http.close();
  }
}
