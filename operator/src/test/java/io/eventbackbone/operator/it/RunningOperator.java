package io.eventbackbone.operator.it;

import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.eventbackbone.operator.reconcile.EventBackboneOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The operator in the process of the test. It watches and reconciles from its start on. */
public final class RunningOperator implements AutoCloseable {

  private final AwsSessions sessions;
  private final KubernetesClient client;
  private final EventBackboneOperator operator;

  /**
   * @param cluster a client of the operator's cluster; the operator opens one of its own
   */
  public RunningOperator(
      KubernetesClient cluster, String clusterId, LocalAws aws, AwsCredentialsProvider identity) {
    sessions = aws.sessions(clusterId, identity, Clock.systemUTC());
    client = OperatorClient.of(cluster.getConfiguration());
    operator =
        new EventBackboneOperator(
            client,
            sessions,
            new EventBackboneOperator.Settings(
                clusterId, LocalAws.REGION, Set.of(), Optional.empty()),
            MicrometerMetrics.withoutPerResourceMetrics(new SimpleMeterRegistry()));
    operator.watch();
    operator.reconcile();
  }

  public EventBackboneOperator operator() {
    return operator;
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    sessions.close();
  }
}
