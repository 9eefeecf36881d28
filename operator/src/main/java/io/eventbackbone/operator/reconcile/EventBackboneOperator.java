package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.topology.Topology;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The five reconcilers, the cache that they share, and what wakes them. */
public final class EventBackboneOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventBackboneOperator.class);

  private static final Duration LEASE = LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE;
  private static final Duration RENEWAL = LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE;

  /** What a process takes to end besides. */
  private static final Duration ENDING = Duration.ofSeconds(3);

  /**
   * What reconciliations have to finish. A leader that ends no longer renews its Lease, and must be
   * gone before that lapses: from then on another one works.
   */
  private static final Duration GRACE = LEASE.minus(RENEWAL).minus(ENDING);

  /** A watch that is down for longer may never come back by itself. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

  /** Never gives up: what AWS refused may be mended there, which nobody tells the operator. */
  private static final Retry RETRY =
      new GenericRetry()
          .setInitialInterval(Duration.ofSeconds(1))
          .setIntervalMultiplier(2)
          .setMaxInterval(Duration.ofMinutes(1).toMillis())
          .withoutMaxAttempts();

  private static final RateLimiter<?> AT_ONCE = LinearRateLimiter.deactivatedRateLimiter();

  /**
   * Of an object that every bus wakes. A hundred accounts that join together are a few changes of
   * the bus's policy and of a route's status, and not a hundred. One account that joins wakes it
   * three times, which does not wait: when it and its bus are applied, and when that is there.
   */
  private static final RateLimiter<?> IN_WAVES = new LinearRateLimiter(Duration.ofSeconds(1), 3);

  private final ClusterCache cache;
  private final ExecutorService reconciliations =
      Executors.newFixedThreadPool(ConfigurationService.DEFAULT_RECONCILIATION_THREADS_NUMBER);
  private final Operator operator;
  private final KubernetesClient client;
  private final AwsSessions sessions;
  private final String region;
  private final Clock clock = Clock.systemUTC();
  private volatile Instant lastWatched = clock.instant();
  private volatile boolean isClosing;
  private volatile Optional<Lease> led = Optional.empty();

  /**
   * How an operator works.
   *
   * @param clusterId tells clusters apart that manage the same account
   * @param region where the operator asks AWS who it is
   * @param namespaces whose objects it looks after; empty means all
   * @param lease that a replica must hold to do anything; empty where there is one process only
   */
  public record Settings(
      String clusterId, String region, Set<String> namespaces, Optional<Lease> lease) {}

  /**
   * A Lease (coordination.k8s.io) that replicas compete for.
   *
   * @param holder what this process is called in it
   * @param onLost must end the process: from then on another replica works
   */
  public record Lease(String namespace, String name, String holder, Runnable onLost) {}

  public EventBackboneOperator(
      KubernetesClient client, AwsSessions sessions, Settings settings, Metrics metrics) {
    this.client = client;
    this.sessions = sessions;
    region = settings.region();
    cache = new ClusterCache(client, settings.namespaces());
    EventRecorder events = new EventRecorder(client, clock);
    Surroundings surroundings =
        new Surroundings(
            new Wakes(cache),
            events,
            new Deletion(client, events, clock),
            new Statuses.Applying(),
            clock,
            settings.region());
    Topology topology = new Topology(settings.clusterId());
    Programming programming = new Programming(sessions, clock);
    operator =
        new Operator(
            configuration -> {
              configuration
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withMetrics(metrics)
                  .withExecutorService(reconciliations)
                  .withStopOnInformerErrorDuringStartup(false)
                  // The finalizer: nothing can be applied to what another schema let in.
                  .withUseSSAToPatchPrimaryResource(false)
                  .withReconciliationTerminationTimeout(GRACE);
              settings
                  .lease()
                  .map(this::leaderElection)
                  .ifPresent(configuration::withLeaderElectionConfiguration);
            });
    Set<String> namespaces = settings.namespaces();
    QuotaReadings quotas = new QuotaReadings(cache, sessions, clock);
    cache.addListener(new Forgetting(programming, quotas, sessions));
    register(new AwsAccountReconciler(cache, sessions, quotas, surroundings), Set.of(), AT_ONCE);
    register(
        new EventBackboneReconciler(cache, topology, programming, surroundings),
        namespaces,
        IN_WAVES);
    register(
        new ServiceAccountBusReconciler(cache, topology, programming, surroundings),
        namespaces,
        AT_ONCE);
    register(new EventRouteReconciler(cache, surroundings), namespaces, IN_WAVES);
    register(
        new EventSubscriptionReconciler(cache, topology, programming, surroundings),
        namespaces,
        AT_ONCE);
  }

  /** java-operator-sdk would exit by itself, which a shutdown under way never returns from. */
  private LeaderElectionConfiguration leaderElection(Lease lease) {
    Runnable onLost =
        () -> {
          if (!isClosing) {
            lease.onLost().run();
          }
        };
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
        .withLeaseNamespace(lease.namespace())
        .withIdentity(lease.holder())
        .withLeaseDuration(LEASE)
        .withRetryPeriod(RENEWAL)
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> led = Optional.of(lease),
                onLost,
                leader -> LOG.info("{} is the leader", leader)))
        .build();
  }

  private <P extends HasMetadata> void register(
      Reconciler<P> reconciler, Set<String> namespaces, RateLimiter<?> rate) {
    operator.register(
        reconciler,
        controller -> {
          controller.withRetry(RETRY).withRateLimiter(rate).withInformerListLimit(Watched.PAGE);
          if (!namespaces.isEmpty()) {
            controller.settingNamespaces(namespaces);
          }
        });
  }

  /**
   * Loads the AWS SDK, fills the cache and those of the controllers, then reconciles until closed;
   * with a lease, as soon as it holds that.
   */
  public void start() {
    new Thread(() -> sessions.prepare(region), "prepare-aws").start();
    cache.start();
    operator.start();
  }

  public ClusterCache cache() {
    return cache;
  }

  /**
   * Whether a restart would not help. An API server that is away is no reason for one: the watches
   * begin anew by themselves.
   */
  public boolean isHealthy() {
    boolean isWatching = isWatching();
    if (isWatching) {
      lastWatched = clock.instant();
    }
    return !cache.isDead()
        && (isWatching || clock.instant().isBefore(lastWatched.plus(LONGEST_OUTAGE)));
  }

  /** Whether reconciliation is under way, and what changes is seen. */
  public boolean isReady() {
    return operator.getRuntimeInfo().isStarted() && isWatching();
  }

  private boolean isWatching() {
    return cache.isWatching()
        && (!operator.getRuntimeInfo().isStarted()
            || operator.getRuntimeInfo().allEventSourcesAreHealthy());
  }

  @Override
  public void close() {
    isClosing = true;
    operator.stop();
    cache.close();
    if (reconciliations.isTerminated()) {
      led.ifPresent(lease -> release(client, lease));
    } else {
      LOG.warn(
          "not everything ended within {} s, and is cut off with the process", GRACE.toSeconds());
    }
  }

  /**
   * Spares the next leader the wait until the Lease runs out. One that another process holds by now
   * stays as it is: that process would take it for lost, and end.
   */
  static void release(KubernetesClient client, Lease lease) {
    try {
      Optional.ofNullable(
              client.leases().inNamespace(lease.namespace()).withName(lease.name()).get())
          .filter(it -> lease.holder().equals(it.getSpec().getHolderIdentity()))
          .ifPresent(it -> giveBack(client, it));
    } catch (KubernetesClientException e) {
      LOG.warn("the Lease was not given back, and runs out by itself: {}", e.getMessage());
    }
  }

  /** With the version that was read, so that it fails if the Lease is another since. */
  static void giveBack(
      KubernetesClient client, io.fabric8.kubernetes.api.model.coordination.v1.Lease held) {
    client
        .resource(new LeaseBuilder(held).editSpec().withHolderIdentity("").endSpec().build())
        .patch(PatchContext.of(PatchType.JSON_MERGE));
  }
}
