package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.topology.Topology;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.time.Clock;
import java.time.Duration;

/** The five reconcilers, the cache that they share, and what wakes them. */
public final class EventBackboneOperator implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Never gives up: what AWS refused may be mended there, which nobody tells the operator. */
  private static final Retry RETRY =
      new GenericRetry()
          .setInitialInterval(Duration.ofSeconds(1))
          .setIntervalMultiplier(2)
          .setMaxInterval(Duration.ofMinutes(1).toMillis())
          .withoutMaxAttempts();

  private final ClusterCache cache;
  private final Operator operator;

  /**
   * @param clusterId tells clusters apart that manage the same account
   * @param region where the operator asks AWS who it is
   */
  public EventBackboneOperator(
      KubernetesClient client,
      AwsSessions sessions,
      String clusterId,
      String region,
      Metrics metrics) {
    Clock clock = Clock.systemUTC();
    cache = new ClusterCache(client);
    EventRecorder events = new EventRecorder(client, clock);
    Surroundings surroundings =
        new Surroundings(new Wakes(cache), events, new Deletion(client, events), clock, region);
    Topology topology = new Topology(clusterId);
    Programming programming = new Programming(sessions);
    operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withMetrics(metrics)
                    .withReconciliationTerminationTimeout(GRACE));
    register(new AwsAccountReconciler(cache, sessions, surroundings));
    register(new EventBackboneReconciler(cache, topology, programming, surroundings));
    register(new ServiceAccountBusReconciler(cache, topology, programming, surroundings));
    register(new EventRouteReconciler(cache, surroundings));
    register(new EventSubscriptionReconciler(cache, topology, programming, surroundings));
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler) {
    operator.register(reconciler, controller -> controller.withRetry(RETRY));
  }

  /** Fills the cache, then reconciles until closed. */
  public void start() {
    cache.start();
    operator.start();
  }

  public ClusterCache cache() {
    return cache;
  }

  /** Whether the watches of the API server are alive; if not, a restart may help. */
  public boolean isHealthy() {
    return cache.isWatching() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /** Whether reconciliation is under way. */
  public boolean isReady() {
    return operator.getRuntimeInfo().isStarted() && cache.isWatching();
  }

  @Override
  public void close() {
    operator.stop();
    cache.close();
  }
}
