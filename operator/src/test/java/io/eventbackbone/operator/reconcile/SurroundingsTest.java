package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteStatus;
import io.eventbackbone.operator.topology.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is told of failures that nobody expected. */
class SurroundingsTest {

  private static final KubernetesClientException REFUSED =
      new KubernetesClientException(
          new StatusBuilder().withCode(403).withMessage("events is forbidden").build());

  private final Map<String, HasMetadata> events = new TreeMap<>();
  private final KubernetesClient client =
      new SimulatedClient(events, UnaryOperator.identity()).client();
  private final EventRecorder recorder = new EventRecorder(client, Clock.systemUTC());
  private final Surroundings surroundings =
      new Surroundings(
          new Wakes(
              new ClusterCache(
                  new KubernetesClientBuilder().withConfig(Config.empty()).build(), Set.of())),
          recorder,
          new Deletion(client, recorder),
          Clock.systemUTC(),
          "eu-west-1");
  private final EventRoute route = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");

  SurroundingsTest() {
    route.setStatus(new EventRouteStatus(-1L, null, List.of()));
  }

  @Test
  void theStatusAndAnEventSayWhatTheApiServerSays() {
    Condition ready =
        Conditions.find(published(REFUSED).getResource().orElseThrow().getStatus(), "Ready")
            .orElseThrow();
    assertThat(ready.getReason()).isEqualTo("OperatorFailed");
    assertThat(ready.getMessage()).contains("events is forbidden");
    assertThat(events.values())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.class, event -> assertThat(event.getMessage()).contains("events is forbidden"));
  }

  @Test
  void whatTheStatusSaysAlreadyIsNotToldAgain() {
    EventRouteStatus told = published(REFUSED).getResource().orElseThrow().getStatus();
    EventRoute again = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");
    again.setStatus(told);
    events.clear();
    assertThat(published(again, REFUSED).getResource()).isEmpty();
    assertThat(events).isEmpty();
  }

  /** Another write of the same would fail, too. */
  @Test
  void thatTheStatusCouldNotBeWrittenIsNotWrittenIntoIt() {
    new Reconciled<>(new EventRouteStatus(1L, null, List.of()), new Reconciled.Next.OnChange())
        .publish(route);
    assertThat(published(REFUSED).getResource()).isEmpty();
  }

  private ErrorStatusUpdateControl<EventRoute> published(Exception failure) {
    return published(route, failure);
  }

  private ErrorStatusUpdateControl<EventRoute> published(EventRoute object, Exception failure) {
    return surroundings.publishFailure(
        object,
        failure,
        EventRouteStatus.class,
        (reason, message) ->
            new EventRouteStatus(
                1L,
                null,
                surroundings.conditions(object, object.getStatus()).waiting(reason, message)));
  }
}
