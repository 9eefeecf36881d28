package io.eventbackbone.cli;

import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A backbone with many teams. */
public final class Teams {

  private static final int SUBSCRIPTIONS = 3;

  private static final String ACCOUNT =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: shared}
      spec: {accountId: "444444444444", allowedNamespaces: {from: All}}
      """;

  private Teams() {}

  /**
   * As many teams as that, besides those of the example. Team 7 has ServiceAccountBus {@code
   * team-7/bus} and EventSubscriptions {@code team-7/events-0} to {@code events-2}, the first of
   * them to {@code Thing7.Made0}.
   */
  public static Sight sight(int teams) {
    String objects = IntStream.range(0, teams).mapToObj(Teams::team).collect(Collectors.joining());
    return Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE, ACCOUNT, objects).objects()));
  }

  private static String team(int number) {
    String bus =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: bus, namespace: team-%1$d}
        spec: {backboneRef: {name: main, namespace: event-platform}, accountRef: {name: shared}, identifier: team-%1$d}
        ---
        """
            .formatted(number);
    return bus
        + IntStream.range(0, SUBSCRIPTIONS)
            .mapToObj(it -> subscription(number, it))
            .collect(Collectors.joining());
  }

  private static String subscription(int team, int number) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventSubscription
    metadata: {name: events-%2$d, namespace: team-%1$d}
    spec: {busRef: {name: bus}, filter: {detailTypes: [Thing%1$d.Made%2$d]}}
    ---
    """
        .formatted(team, number);
  }
}
