package io.eventbackbone.operator.aws;

import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.client.AwsEnvironment;
import io.eventbackbone.operator.aws.client.ServiceClients;
import io.eventbackbone.operator.bootstrap.SessionPolicy;
import io.eventbackbone.operator.leadership.Fence;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * The operator's sessions in AWS accounts, one per account and Region. A session whose role can't
 * be assumed fails; it never falls back to the operator's own identity. {@link SessionPolicy}
 * limits every session, whatever its role allows.
 */
public final class AwsSessions implements AutoCloseable {

  private static final String PREFIX = "event-backbone-";

  /** The limit of a source identity (STS API Reference, AssumeRole). */
  private static final int LONGEST_IDENTITY = 64;

  private record Place(String accountId, String region) {}

  /**
   * A session with the access that it was made for. Another role or external id makes another one.
   */
  private record Entered(AccountAccess access, Optional<AssumedRole> role, AwsSession session) {}

  private final ServiceClients clients;
  private final InstantSource clock;
  private final String sessionName;
  private final String sourceIdentity;
  private final Map<Place, Entered> entered = new ConcurrentHashMap<>();

  /**
   * Creates the sessions; calls nothing yet.
   *
   * @param clusterId becomes part of the session name and of the source identity, which CloudTrail
   *     shows
   * @param clock tells the age of lists
   * @param fence checked before every call
   */
  public AwsSessions(
      String clusterId,
      AwsEnvironment environment,
      MeterRegistry metrics,
      InstantSource clock,
      Fence fence) {
    this.clock = clock;
    String cluster = PREFIX + clusterId.replaceAll("[^A-Za-z0-9_-]", "-");
    sessionName = cluster.substring(0, Math.min(PREFIX.length() + 8, cluster.length()));
    sourceIdentity = cluster.substring(0, Math.min(LONGEST_IDENTITY, cluster.length()));
    clients = new ServiceClients(environment, metrics, fence);
  }

  /** Loads the SDK clients that every account needs, in the order of their use; calls nothing. */
  public void prepare(String region) {
    clients.own(StsClient.class, StsClient::builder, region);
    clients.own(EventBridgeClient.class, EventBridgeClient::builder, region);
    clients.own(SqsClient.class, SqsClient::builder, region);
    clients.own(CloudWatchLogsClient.class, CloudWatchLogsClient::builder, region);
  }

  /** The session in an account and Region; it calls nothing before its first use. */
  public AwsSession session(AccountAccess access, String region) {
    return entered
        .compute(
            new Place(access.accountId(), region),
            (place, last) ->
                Optional.ofNullable(last)
                    .filter(it -> it.access().equals(access))
                    .orElseGet(() -> enter(access, region)))
        .session();
  }

  /** Drops the sessions of an account that no object needs any more. */
  public void forget(String accountId) {
    entered.keySet().removeIf(place -> place.accountId().equals(accountId));
  }

  private Entered enter(AccountAccess access, String region) {
    Optional<AssumedRole> role = access.roleArn().map(arn -> assumed(arn, access, region));
    AwsSession session =
        new AwsSession(
            access,
            role,
            region,
            new AwsSession.Clients() {
              @Override
              public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(
                  Class<C> type, Supplier<B> builder) {
                return role.map(it -> new ServiceClients.Identity(access.accountId(), it))
                    .map(identity -> clients.as(identity, type, builder, region))
                    .orElseGet(() -> clients.own(type, builder, region));
              }
            },
            clock);
    return new Entered(access, role, session);
  }

  private AssumedRole assumed(String arn, AccountAccess access, String region) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(arn)
            .roleSessionName(sessionName)
            .externalId(access.externalId().orElse(null))
            .policy(SessionPolicy.of(new AccountScope(access.accountId(), region)))
            .build();
    return new AssumedRole(
        clients.own(StsClient.class, StsClient::builder, region), request, sourceIdentity);
  }

  @Override
  public void close() {
    entered.values().forEach(it -> it.role().ifPresent(AssumedRole::close));
    clients.close();
  }
}
