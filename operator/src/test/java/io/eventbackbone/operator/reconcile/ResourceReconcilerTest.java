package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventRouteStatus;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.ClusterCache;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.DependencyEventSource;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is told of failures that nobody expected. */
class ResourceReconcilerTest {

  private final KubernetesClientException refused =
      new KubernetesClientException(
          new StatusBuilder().withCode(403).withMessage("events is forbidden").build());
  private final Map<String, HasMetadata> events = new TreeMap<>();
  private final KubernetesClient client = new SimulatedClient(events).client();
  private final EventRecorder recorder = new EventRecorder(client, Clock.systemUTC());
  private final Retries retries = new Retries(new GenericRetry().withoutMaxAttempts());
  private final RecordedStatuses statuses = new RecordedStatuses();
  private final ReconcilerContext shared =
      new ReconcilerContext(
          new DependencyEventSource(
              new ClusterCache(
                  new KubernetesClientBuilder().withConfig(Config.empty()).build(), Set.of())),
          recorder,
          new Finalization(recorder, retries, Clock.systemUTC()),
          retries,
          statuses,
          Clock.systemUTC());
  private final Routes routes = new Routes();
  private final EventRoute route = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");

  /** Decides what a test says. */
  private final class Routes extends ResourceReconciler<EventRoute, EventRouteStatus> {
    private Supplier<EventRouteStatus> decision = () -> route.getStatus();

    Routes() {
      super(EventRoute.class, ResourceReconcilerTest.this.shared);
    }

    @Override
    ReconcileResult<EventRouteStatus> decide(
        EventRoute resource, Conditions conditions, Context<EventRoute> context) {
      return ReconcileResult.untilChange(decision.get());
    }

    @Override
    EventRouteStatus with(
        List<Condition> conditions, EventRouteStatus status, EventRoute resource) {
      return new EventRouteStatus(1L, null, conditions);
    }
  }

  ResourceReconcilerTest() {
    route.setStatus(new EventRouteStatus(-1L, null, List.of()));
  }

  @Test
  void theStatusAndAnEventSayWhatTheApiServerSays() {
    tell(route);
    assertThat(statuses.written)
        .singleElement()
        .satisfies(status -> {
          Condition ready = ((EventRouteStatus) status).condition(Conditions.READY).orElseThrow();
          assertThat(ready.getReason()).isEqualTo("OperatorFailed");
          assertThat(ready.getMessage()).contains("events is forbidden");
        });
    assertThat(events.values())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.class, event -> assertThat(event.getMessage()).contains("events is forbidden"));
  }

  @Test
  void whatTheStatusSaysAlreadyIsNotToldAgain() {
    tell(route);
    EventRoute again = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");
    again.setStatus((EventRouteStatus) statuses.written.get(0));
    events.clear();
    tell(again);
    assertThat(statuses.written).hasSize(1);
    assertThat(events).isEmpty();
  }

  /** Another write would fail, too. */
  @Test
  void aStatusThatCouldNotBeWrittenIsTriedAgainAndNotReported() {
    statuses.refusal = Optional.of(refused);
    routes.decision = () -> new EventRouteStatus(1L, null, List.of());
    UpdateControl<EventRoute> control = routes.reconcile(route, null);
    assertThat(control.getScheduleDelay()).isPresent();
    assertThat(statuses.written).isEmpty();
    assertThat(events).isEmpty();
  }

  /** java-operator-sdk catches Exceptions only, and forgets an object after an Error. */
  @Test
  void anErrorBecomesAnExceptionThatIsTold() {
    routes.decision = ResourceReconcilerTest::overflow;
    assertThatThrownBy(() -> routes.reconcile(route, null))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    routes.decision =
        () -> {
          throw new OutOfMemoryError("the process ends");
        };
    assertThatThrownBy(() -> routes.reconcile(route, null)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anErrorInACleanupIsTold() {
    assertThatThrownBy(() -> routes.cleanUp(route, null, ResourceReconcilerTest::overflowInCleanup))
        .isInstanceOf(IllegalStateException.class);
    assertThat(statuses.written)
        .singleElement()
        .satisfies(status -> {
          Condition ready = ((EventRouteStatus) status).condition(Conditions.READY).orElseThrow();
          assertThat(ready.getReason()).isEqualTo("OperatorFailed");
          assertThat(ready.getMessage()).contains("StackOverflowError");
        });
  }

  @Test
  void anObjectThatCantBeReadGoesAndKeepsWhatItHas() {
    route.becomeUnreadable(new Unreadable("spec.senderMatch", "is \"Both\""));
    DeleteControl control = routes.cleanUp(route, null, ResourceReconcilerTest::overflowInCleanup);
    assertThat(control.isRemoveFinalizer()).isTrue();
    assertThat(events.values())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.class,
            event ->
                assertThat(event.getMessage())
                    .startsWith("deleted without looking after what it may have in AWS")
                    .contains("spec.senderMatch is \"Both\""));
  }

  @Test
  void anObjectThatCantBeReadIsToldOfOnce() {
    route.becomeUnreadable(new Unreadable("spec.senderMatch", "is \"Both\""));
    routes.reconcile(route, null);
    Event event = (Event) events.values().iterator().next();
    assertThat(event.getReason()).isEqualTo("Unreadable");
    assertThat(event.getMessage()).startsWith("spec.senderMatch is \"Both\": correct the object");
    route.setStatus(
        new EventRouteStatus(
            1L,
            null,
            routes
                .conditions(route)
                .no(Conditions.ACCEPTED, Reason.UNREADABLE, event.getMessage())
                .summed("")));
    events.clear();
    routes.reconcile(route, null);
    assertThat(events).isEmpty();
  }

  private static EventRouteStatus overflow() {
    throw new StackOverflowError();
  }

  private static DeleteControl overflowInCleanup(
      StatusReport<EventRoute, EventRouteStatus> report) {
    throw new StackOverflowError();
  }

  private void tell(EventRoute object) {
    var control = routes.updateErrorStatus(object, null, refused);
    assertThat(control.isNoRetry()).as("thrown, it would be logged with its stack trace").isTrue();
    assertThat(control.getScheduleDelay()).isPresent();
  }

  /** Nobody foresaw it, and so its stack trace is worth having. */
  @Test
  void whatNobodyForesawIsLeftToJavaOperatorSdk() {
    var control = routes.updateErrorStatus(route, null, new IllegalStateException("a bug"));
    assertThat(control.isDefaultErrorProcessing()).isTrue();
  }
}
