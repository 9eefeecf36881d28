package io.eventbackbone.operator.reconcile;

import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.topology.Topology;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The five reconcilers, the cache that they share, and what wakes them. */
public final class EventBackboneOperator implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);

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
                    .withReconciliationTerminationTimeout(GRACE)
                    // The statuses have one writer, and plain patches are understood by every API.
                    .withUseSSAToPatchPrimaryResource(false));
    List.of(
            new AwsAccountReconciler(cache, sessions, surroundings),
            new EventBackboneReconciler(cache, topology, programming, surroundings),
            new ServiceAccountBusReconciler(cache, topology, programming, surroundings),
            new EventRouteReconciler(cache, surroundings),
            new EventSubscriptionReconciler(cache, topology, programming, surroundings))
        .forEach(operator::register);
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
