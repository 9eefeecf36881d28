package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.cluster.ClusterCache;
import io.eventbackbone.operator.cluster.DependencyEventSource;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.KindCache;
import io.eventbackbone.operator.cluster.Statuses;
import io.eventbackbone.operator.leadership.LeaderElection;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.QuotaReadings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seven reconcilers, the cache that they share, and what wakes them. */
public final class EventBackboneOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventBackboneOperator.class);

  /** What reconciliations have to finish; less than the 30 seconds that Kubernetes gives a pod. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** A watch that is down for longer may never come back by itself. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

  /** Never gives up: somebody may mend in AWS what AWS refused, and no event tells the operator. */
  private static final Retry RETRY =
      new GenericRetry()
          .setInitialInterval(Duration.ofSeconds(1))
          .setIntervalMultiplier(2)
          .setMaxInterval(Duration.ofMinutes(1).toMillis())
          .withoutMaxAttempts();

  private static final RateLimiter<?> AT_ONCE = LinearRateLimiter.deactivatedRateLimiter();

  /**
   * The rate for objects that every bus wakes. A hundred accounts that join together cause a few
   * changes of the bus's policy and of a route's status, and not a hundred. A single account that
   * joins does not wait. It wakes such an object three times: when the account is applied, when its
   * bus is applied, and when the bus exists in AWS.
   */
  private static final RateLimiter<?> IN_WAVES = new LinearRateLimiter(Duration.ofSeconds(1), 3);

  private final ClusterCache cache;
  private final ExecutorService reconciliations =
      Executors.newFixedThreadPool(ConfigurationService.DEFAULT_RECONCILIATION_THREADS_NUMBER);
  private final Operator operator;
  private final AwsSessions sessions;
  private final String region;
  private final Clock clock = Clock.systemUTC();
  private final Optional<LeaderElection> election;
  private volatile boolean isStandingBy;
  private volatile Instant lastWatched = clock.instant();
  private boolean isClosed;

  /**
   * How an operator works.
   *
   * @param clusterId distinguishes the clusters that manage one account
   * @param region where the operator asks AWS who it is
   * @param namespaces the namespaces of its objects; empty means all
   * @param election the election that a replica must win before it acts; empty: there is one
   *     process
   */
  public record Settings(
      String clusterId, String region, Set<String> namespaces, Optional<LeaderElection> election) {}

  public EventBackboneOperator(
      KubernetesClient client, AwsSessions sessions, Settings settings, Metrics metrics) {
    this.sessions = sessions;
    region = settings.region();
    election = settings.election();
    cache = new ClusterCache(client, settings.namespaces());
    EventRecorder events = new EventRecorder(client, clock);
    Retries retries = new Retries(RETRY);
    ReconcilerContext shared =
        new ReconcilerContext(
            new DependencyEventSource(cache),
            events,
            new Finalization(events, retries, clock),
            retries,
            new Statuses.Applying(),
            clock);
    Topology topology = new Topology(settings.clusterId());
    AwsApplier applier = new AwsApplier(sessions, clock);
    operator = operator(client, metrics);
    Set<String> namespaces = settings.namespaces();
    QuotaReadings quotas = new QuotaReadings(cache, sessions, clock);
    cache.addListener(new Eviction(applier, quotas, sessions, retries));
    register(new AwsAccountReconciler(cache, sessions, quotas, region, shared), Set.of(), AT_ONCE);
    register(new EventBackboneReconciler(cache, topology, applier, shared), namespaces, IN_WAVES);
    register(
        new ServiceAccountBusReconciler(cache, topology, applier, shared), namespaces, AT_ONCE);
    register(new EventRouteReconciler(cache, shared), namespaces, IN_WAVES);
    register(
        new EventSubscriptionReconciler(cache, topology, applier, shared), namespaces, AT_ONCE);
    register(new EventTypeReconciler(cache, topology, applier, shared), namespaces, IN_WAVES);
    register(new EventReplayReconciler(cache, topology, sessions, shared), namespaces, AT_ONCE);
  }

  /** Forgets all that the process knows of a deleted object. */
  private record Eviction(
      AwsApplier applier, QuotaReadings quotas, AwsSessions sessions, Retries retries)
      implements ClusterCache.Listener {

    @Override
    public void changed(Optional<HasMetadata> before, Optional<HasMetadata> after) {
      if (after.isEmpty()) {
        before.ifPresent(this::forget);
      }
    }

    private void forget(HasMetadata gone) {
      applier.forget(gone);
      retries.end(gone);
      if (gone instanceof AwsAccount account) {
        quotas.forget(account.getSpec().accountId());
        sessions.forget(account.getSpec().accountId());
      }
    }
  }

  private Operator operator(KubernetesClient client, Metrics metrics) {
    return new Operator(configuration ->
        configuration
            .withKubernetesClient(client)
            .withCloseClientOnStop(false)
            .withMetrics(metrics)
            .withExecutorService(reconciliations)
            .withStopOnInformerErrorDuringStartup(false)
            // The finalizer: the API server can't apply anything to objects of another schema.
            .withUseSSAToPatchPrimaryResource(false)
            .withReconciliationTerminationTimeout(GRACE));
  }

  private <P extends HasMetadata> void register(
      Reconciler<P> reconciler, Set<String> namespaces, RateLimiter<?> rate) {
    operator.register(
        reconciler,
        controller -> {
          controller.withRetry(RETRY).withRateLimiter(rate).withInformerListLimit(KindCache.PAGE);
          if (!namespaces.isEmpty()) {
            controller.settingNamespaces(namespaces);
          }
        });
  }

  /**
   * Loads the AWS SDK and fills the cache, and writes nothing. Afterwards the webhook, which reads
   * the cache alone, can answer.
   *
   * @throws CompletionException if the API server refuses a list
   */
  public void watch() {
    new Thread(() -> sessions.prepare(region), "prepare-aws").start();
    cache.start();
    cache.awaitFilled();
  }

  /**
   * Waits until this replica is the leader, if it is one of several; then fills the caches of the
   * controllers, and reconciles until closed.
   */
  public void reconcile() {
    if (election.isPresent()) {
      isStandingBy = true;
      election.get().lead();
      isStandingBy = false;
    }
    operator.start();
  }

  public ClusterCache cache() {
    return cache;
  }

  /**
   * Whether to go on without a restart. Don't restart because the API server is away: the watches
   * begin again by themselves.
   */
  public boolean isHealthy() {
    boolean isWatching = isWatching();
    if (isWatching) {
      lastWatched = clock.instant();
    }
    return !cache.isDead()
        && (isWatching || clock.instant().isBefore(lastWatched.plus(LONGEST_OUTAGE)));
  }

  /** Whether the operator sees changes, and reconciles or stands by until it is the leader. */
  public boolean isReady() {
    return isWatching() && (isStandingBy || operator.getRuntimeInfo().isStarted());
  }

  private boolean isWatching() {
    return cache.isWatching()
        && (!operator.getRuntimeInfo().isStarted()
            || operator.getRuntimeInfo().allEventSourcesAreHealthy());
  }

  /**
   * Lets reconciliations finish under the Lease. If all of them did, gives the Lease back. A second
   * call waits for the first.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    operator.stop();
    cache.close();
    if (reconciliations.isTerminated()) {
      election.ifPresent(LeaderElection::close);
    } else {
      LOG.warn(
          "not everything ended within {} s, and is cut off with the process", GRACE.toSeconds());
    }
  }
}
