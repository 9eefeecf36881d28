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
import io.eventbackbone.operator.cluster.Statuses;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is told of failures that nobody expected. */
class ReconcilerContextTest {

  private static final class RecordedStatuses implements Statuses {
    private final List<EventRouteStatus> written = new ArrayList<>();

    @Override
    public <R extends CustomResource<?, ?>> Written write(R object, Context<R> context) {
      written.add((EventRouteStatus) object.getStatus());
      return Written.DONE;
    }
  }

  private final KubernetesClientException refused =
      new KubernetesClientException(
          new StatusBuilder().withCode(403).withMessage("events is forbidden").build());
  private final Map<String, HasMetadata> events = new TreeMap<>();
  private final KubernetesClient client =
      new SimulatedClient(events, UnaryOperator.identity()).client();
  private final EventRecorder recorder = new EventRecorder(client, Clock.systemUTC());
  private final Retries retries = new Retries(new GenericRetry().withoutMaxAttempts());
  private final RecordedStatuses statuses = new RecordedStatuses();
  private final ReconcilerContext surroundings =
      new ReconcilerContext(
          new DependencyEventSource(
              new ClusterCache(
                  new KubernetesClientBuilder().withConfig(Config.empty()).build(), Set.of())),
          recorder,
          new Deletion(client, recorder, retries, Clock.systemUTC()),
          retries,
          statuses,
          Clock.systemUTC(),
          "eu-west-1");
  private final EventRoute route = Cluster.of(Cluster.ECOMMERCE).get(EventRoute.class, "fan-out");

  ReconcilerContextTest() {
    route.setStatus(new EventRouteStatus(-1L, null, List.of()));
  }

  @Test
  void theStatusAndAnEventSayWhatTheApiServerSays() {
    tell(route);
    assertThat(statuses.written)
        .singleElement()
        .satisfies(status -> {
          Condition ready = Conditions.find(status, Conditions.READY).orElseThrow();
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
    again.setStatus(statuses.written.get(0));
    events.clear();
    tell(again);
    assertThat(statuses.written).hasSize(1);
    assertThat(events).isEmpty();
  }

  /** Another write would fail, too. */
  @Test
  void thatTheStatusCouldNotBeWrittenIsNotWrittenIntoIt() {
    tell(Reconciled.withStatus(route, route.getStatus()));
    assertThat(statuses.written).isEmpty();
    assertThat(events).isEmpty();
  }

  /** java-operator-sdk catches Exceptions only, and forgets an object after an Error. */
  @Test
  void anErrorBecomesAnExceptionThatIsTold() {
    assertThatThrownBy(() -> surroundings.reconcile(route, ReconcilerContextTest::overflow))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() ->
            surroundings.reconcile(
                route,
                () -> {
                  throw new OutOfMemoryError("the process ends");
                }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anErrorInACleanupIsTold() {
    AtomicReference<String> told = new AtomicReference<>();
    assertThatThrownBy(() ->
            surroundings.cleanUp(
                route,
                (reason, message) -> {
                  told.set(reason.text() + ": " + message);
                  return route.getStatus();
                },
                ReconcilerContextTest::overflowInCleanup))
        .isInstanceOf(IllegalStateException.class);
    assertThat(told.get()).startsWith("OperatorFailed: ").contains("StackOverflowError");
  }

  @Test
  void anObjectThatCantBeReadGoesAndKeepsWhatItHas() {
    route.becomeUnreadable(new Unreadable("spec.senderMatch", "is \"Both\""));
    DeleteControl control =
        surroundings.cleanUp(
            route,
            (reason, message) -> route.getStatus(),
            ReconcilerContextTest::overflowInCleanup);
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
    UpdateControl<EventRoute> control = UpdateControl.noUpdate();
    assertThat(surroundings.reconcile(route, () -> control)).isSameAs(control);
    Event event = (Event) events.values().iterator().next();
    assertThat(event.getReason()).isEqualTo("Unreadable");
    assertThat(event.getMessage()).startsWith("spec.senderMatch is \"Both\": correct the object");
    route.setStatus(
        new EventRouteStatus(
            1L,
            null,
            surroundings
                .conditions(route, route.getStatus())
                .no(Conditions.ACCEPTED, Reason.UNREADABLE, event.getMessage())
                .summed("")));
    events.clear();
    surroundings.reconcile(route, () -> control);
    assertThat(events).isEmpty();
  }

  private static UpdateControl<EventRoute> overflow() {
    throw new StackOverflowError();
  }

  private static DeleteControl overflowInCleanup() {
    throw new StackOverflowError();
  }

  private void tell(EventRoute object) {
    var control =
        surroundings.publishFailure(
            object,
            refused,
            null,
            (reason, message) ->
                new EventRouteStatus(
                    1L,
                    null,
                    surroundings.conditions(object, object.getStatus()).waiting(reason, message)));
    assertThat(control.isNoRetry()).as("thrown, it would be logged with its stack trace").isTrue();
    assertThat(control.getScheduleDelay()).isPresent();
  }

  /** Nobody foresaw it, and so its stack trace is worth having. */
  @Test
  void whatNobodyForesawIsLeftToJavaOperatorSdk() {
    var control =
        surroundings.publishFailure(
            route,
            new IllegalStateException("a bug"),
            null,
            (reason, message) -> route.getStatus());
    assertThat(control.isDefaultErrorProcessing()).isTrue();
  }
}
