package io.eventbackbone.operator.aws;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.Replay;
import io.eventbackbone.core.resource.ReplayProgress;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.aws.failure.AwsFailure.WrongAccount;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.aws.failure.FailureTranslation;
import io.eventbackbone.operator.aws.resource.AccountResources;
import io.eventbackbone.operator.aws.resource.Lists;
import io.eventbackbone.operator.aws.resource.Replays;
import io.eventbackbone.operator.aws.resource.SharedLists;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.Lazy;

/**
 * Reads the resources of one account in one Region, and applies changes. It decides nothing. Every
 * method throws {@link AwsFailureException}.
 */
public final class AwsSession {

  /** The clients of one account and Region. */
  interface Clients {
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(
        Class<C> type, Supplier<B> builder);
  }

  /** The resources and the lists, made at the first use: most starts need few clients. */
  private record Resources(AccountResources resources, Replays replays, SharedLists lists) {

    static Resources of(Clients clients, FailureTranslation failures, InstantSource clock) {
      EventBridgeClient events = clients.of(EventBridgeClient.class, EventBridgeClient::builder);
      return new Resources(
          new AccountResources(
              events,
              clients.of(CloudWatchLogsClient.class, CloudWatchLogsClient::builder),
              clients.of(SqsClient.class, SqsClient::builder),
              clients.of(SchemasClient.class, SchemasClient::builder)),
          new Replays(events),
          new SharedLists(
              events,
              clients.of(
                  ResourceGroupsTaggingApiClient.class, ResourceGroupsTaggingApiClient::builder),
              failures,
              clock));
    }
  }

  private final AccountAccess access;
  private final String region;
  private final Optional<AssumedRole> role;
  private final Clients clients;
  private final FailureTranslation failures;
  private final Lazy<Resources> resources;
  private final Lazy<OldestMessages> oldestMessages;

  /** Whether STS has confirmed the account. */
  private volatile boolean isEntered;

  AwsSession(
      AccountAccess access,
      Optional<AssumedRole> role,
      String region,
      Clients clients,
      InstantSource clock) {
    this.access = access;
    this.region = region;
    this.role = role;
    this.clients = clients;
    this.failures = new FailureTranslation(access, region);
    this.resources = new Lazy<>(() -> Resources.of(clients, failures, clock));
    this.oldestMessages =
        new Lazy<>(() ->
            new OldestMessages(
                clients.of(CloudWatchClient.class, CloudWatchClient::builder), failures, clock));
  }

  /**
   * The operator's identity in the account, from STS. Fails if the credentials belong to another
   * account.
   */
  public CallerIdentity identity() {
    return translating(() -> entered(livingIdentity()));
  }

  /** Begins another session if the last one expired: only that tells whether the role works. */
  private CallerIdentity livingIdentity() {
    Optional<String> session = role.flatMap(AssumedRole::lastSession);
    try {
      return currentIdentity();
    } catch (StsException e) {
      if (session.isEmpty() || !FailureTranslation.isOfCredentials(e)) {
        throw e;
      }
      end(session);
      return currentIdentity();
    }
  }

  private CallerIdentity currentIdentity() {
    return role.flatMap(AssumedRole::begin).orElseGet(this::callerIdentity);
  }

  private CallerIdentity entered(CallerIdentity caller) {
    isEntered = caller.accountId().equals(access.accountId());
    if (!isEntered) {
      throw new AwsFailureException(
          new WrongAccount(
              "%s in account %s, not in %s: set it to a role of %s"
                  .formatted(
                      access
                          .roleArn()
                          .map(arn -> "spec.roleArn of the AwsAccount, %s, is".formatted(arn))
                          .orElse(
                              "without spec.roleArn of the AwsAccount the operator uses its own identity, which is"),
                      caller.accountId(),
                      access.accountId(),
                      access.accountId())));
    }
    return caller;
  }

  /**
   * Checks the account of the operator's own identity before the first call. In another account the
   * operator would find none of its resources and believe that they are deleted. A role needs no
   * check: its ARN names the account, and the schema of AwsAccount compares the two.
   */
  private void enter() {
    if (role.isPresent() || isEntered) {
      return;
    }
    synchronized (this) {
      if (!isEntered) {
        entered(callerIdentity());
      }
    }
  }

  private CallerIdentity callerIdentity() {
    GetCallerIdentityResponse identity =
        clients.of(StsClient.class, StsClient::builder).getCallerIdentity();
    return new CallerIdentity(identity.account(), identity.arn());
  }

  /** The quotas of EventBridge. Roles of earlier versions lack the permission. */
  public AppliedQuotas quotas() {
    return inAccount(() ->
        new ServiceQuotas(clients.of(ServiceQuotasClient.class, ServiceQuotasClient::builder))
            .of(region));
  }

  /** Reads the given resources of this account and Region. */
  public ObservedState observe(Collection<? extends ResourceKey> keys) {
    return observe(keys, resources.getValue().lists().exact());
  }

  /**
   * Reads the given resources from lists where possible. That is much cheaper, and tells whether
   * {@link #observe} is needed.
   *
   * @param oldest the greatest age of a list
   */
  public ObservedState glance(Collection<? extends ResourceKey> keys, Duration oldest) {
    return observe(keys, resources.getValue().lists().ofAge(oldest));
  }

  /**
   * The rules on a bus. Empty: the role may not list them.
   *
   * @param oldest the greatest age of the list
   */
  public Optional<ListedRules> rules(EventBusKey bus, Duration oldest) {
    return inAccount(() -> resources.getValue().lists().allRules(bus, oldest));
  }

  /**
   * The tags of a resource, by the list of all that the operator manages; AWS lists a new resource
   * only after a while. Empty: the list has no such resource, or the role may not read the list.
   */
  public Optional<Map<String, String>> listedTags(ResourceKey key, Duration oldest) {
    return inAccount(() -> resources.getValue().lists().listedTags(key, oldest));
  }

  /**
   * When the oldest message of a queue was sent. Empty: CloudWatch did not tell, or the role may
   * not ask it.
   *
   * @param oldest the greatest age of the reading
   */
  public Optional<Instant> oldestMessage(QueueKey queue, Duration oldest) {
    return inAccount(() -> oldestMessages.getValue().of(queue, oldest));
  }

  private ObservedState observe(Collection<? extends ResourceKey> keys, Lists lists) {
    return inAccount(
        () -> new ObservedState(resources.getValue().resources().observe(keys, lists)));
  }

  /** Applies one change. It is idempotent. */
  public void apply(Change change) {
    inAccount(() -> {
      try {
        resources.getValue().resources().apply(change);
        return change;
      } finally {
        resources.getValue().lists().written(change.key());
      }
    });
  }

  /** When an archive was created. Empty: there is none. */
  public Optional<Instant> archivedSince(ArchiveKey archive) {
    return inAccount(() -> resources.getValue().replays().archivedSince(archive));
  }

  /** How far a replay is. Empty: AWS does not know it, or not any more. */
  public Optional<ReplayProgress> replay(Replay.Id replay) {
    return inAccount(() -> resources.getValue().replays().find(replay));
  }

  /** Starts a replay, unless one of its name was started before. */
  public void start(Replay replay) {
    inAccount(() -> {
      resources.getValue().replays().start(replay);
      return replay;
    });
  }

  /** Cancels a replay, if it still runs. */
  public void cancel(Replay.Id replay) {
    inAccount(() -> {
      resources.getValue().replays().cancel(replay);
      return replay;
    });
  }

  /** The name that AWS chose for an existing resource: a queue's URL, or a discoverer's ARN. */
  public Optional<String> address(ResourceKey key) {
    return inAccount(() -> resources.getValue().resources().address(key));
  }

  private <T> T inAccount(Supplier<T> calls) {
    return translating(() -> {
      enter();
      return calls.get();
    });
  }

  private <T> T translating(Supplier<T> calls) {
    Optional<String> session = role.flatMap(AssumedRole::lastSession);
    try {
      return calls.get();
    } catch (SdkException e) {
      if (FailureTranslation.isOfCredentials(e)) {
        end(session);
      }
      throw failures.of(e);
    }
  }

  private void end(Optional<String> session) {
    role.ifPresent(it -> session.ifPresent(it::end));
  }
}
