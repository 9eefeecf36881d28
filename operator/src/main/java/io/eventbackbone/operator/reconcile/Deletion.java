package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.AwsApplier.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How deletions end, or why they wait. */
final class Deletion {

  /** Annotation of an object whose account is lost. */
  static final String ABANDON = "eventbackbone.io/abandon";

  private static final String HOW_TO_LET_GO =
      "; the deletion is tried again. If the account is lost for good, the annotation "
          + ABANDON
          + "=true lets the object go and leaves in AWS what it has there";

  /** How long an object that is abandoned waits for what passes by itself. */
  private static final Duration LAST_TRIES = Duration.ofMinutes(15);

  private final KubernetesClient client;
  private final EventRecorder events;
  private final Retries retries;
  private final InstantSource clock;

  /** By the UIDs of abandoned objects. A process that begins anew tries as long again. */
  private final Map<String, Instant> triedSince = new ConcurrentHashMap<>();

  Deletion(KubernetesClient client, EventRecorder events, Retries retries, InstantSource clock) {
    this.client = client;
    this.events = events;
    this.retries = retries;
    this.clock = clock;
  }

  /** Waits for dependents, whose own deletion wakes the object again. */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl waitFor(
      Collection<? extends HasMetadata> dependents,
      R object,
      BiFunction<Reason, String, S> waiting) {
    String message =
        "waits until these are deleted: "
            + Abbreviation.of(dependents.stream().map(EventRecorder::describe).sorted().toList());
    tell(object, waiting, Reason.DELETION_BLOCKED, message);
    return DeleteControl.noFinalizerRemoval();
  }

  /**
   * Lets the object go when AWS is as its deletion policy says. Else the retry tries again, unless
   * the object is to be abandoned.
   *
   * @param outcomes of the accounts that it is in
   * @param waiting the status of an object whose deletion AWS holds up
   */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl conclude(
      Collection<Outcome> outcomes, R object, BiFunction<Reason, String, S> waiting) {
    List<AwsFailure> failures =
        outcomes.stream()
            .flatMap(it -> it instanceof Outcome.Failed failed ? Stream.of(failed) : Stream.empty())
            .map(Outcome.Failed::failure)
            .toList();
    if (!failures.isEmpty()) {
      return isAbandoned(object)
          ? abandon(failures, object, waiting)
          : tryAgain(failures.get(0), HOW_TO_LET_GO, object, waiting);
    }
    outcomes.stream()
        .flatMap(it -> it instanceof Outcome.Applied applied ? Stream.of(applied) : Stream.empty())
        .map(Outcome.Applied::plan)
        .filter(plan -> !plan.changes().isEmpty())
        .forEach(plan ->
            events.record(object, EventType.NORMAL, Reason.PROGRAMMED, PlanTexts.summary(plan)));
    return gone(object);
  }

  /**
   * An account that the operator does not get into is lost. One that answers in another way, or not
   * now, may still be cleaned up: a throttled call must orphan nothing.
   */
  private <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl abandon(
      List<AwsFailure> failures, R object, BiFunction<Reason, String, S> waiting) {
    Optional<AwsFailure> passing = failures.stream().filter(it -> !isKeptOut(it)).findFirst();
    Instant until =
        triedSince
            .computeIfAbsent(object.getMetadata().getUid(), uid -> clock.instant())
            .plus(LAST_TRIES);
    if (passing.isEmpty() || clock.instant().isAfter(until)) {
      return letGo(
          object,
          Reason.ABANDONED,
          failures.stream().map(AwsFailure::message).distinct().collect(Collectors.joining("; ")));
    }
    return tryAgain(
        passing.get(),
        "; it is tried again until %s, when the object is let go, as its annotation asks"
            .formatted(until.truncatedTo(ChronoUnit.SECONDS)),
        object,
        waiting);
  }

  private static boolean isKeptOut(AwsFailure failure) {
    return failure instanceof AwsFailure.RoleNotAssumable
        || failure instanceof AwsFailure.WrongAccount
        || failure instanceof AwsFailure.Denied;
  }

  private <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl tryAgain(
      AwsFailure failure, String outlook, R object, BiFunction<Reason, String, S> waiting) {
    tell(object, waiting, Failures.reason(failure), failure.message() + outlook);
    return DeleteControl.noFinalizerRemoval()
        .rescheduleAfter(retries.next(object, failure.message()));
  }

  /** Tells of a failure that nobody expected, if the API server takes it; the retry tries again. */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> void fail(
      R object, BiFunction<Reason, String, S> waiting, RuntimeException failure) {
    try {
      tell(object, waiting, Reason.OPERATOR_FAILED, Texts.ofUnforeseen(failure));
    } catch (KubernetesClientException refused) {
      failure.addSuppressed(refused);
    }
  }

  /** Whether what can't be reached in AWS may be left there. */
  static boolean isAbandoned(HasMetadata object) {
    return "true".equals(object.getMetadata().getAnnotations().get(ABANDON));
  }

  /** Writes the status, and an Event, unless the object says so already. */
  private <S extends ConditionedStatus, R extends CustomResource<?, S>> void tell(
      R object, BiFunction<Reason, String, S> waiting, Reason reason, String message) {
    S status = waiting.apply(reason, message);
    if (status.equals(object.getStatus())) {
      return;
    }
    events.record(object, EventType.WARNING, reason, message);
    client
        .resource(object)
        .editStatus(it -> {
          it.setStatus(status);
          return it;
        });
  }

  /** Lets the object go although its AWS resources, if there are any, can't be looked after. */
  DeleteControl letGo(HasMetadata object, Reason reason, String why) {
    events.record(
        object,
        EventType.WARNING,
        reason,
        "deleted without looking after what it may have in AWS: " + why);
    return gone(object);
  }

  private DeleteControl gone(HasMetadata object) {
    triedSince.remove(object.getMetadata().getUid());
    retries.end(object);
    return DeleteControl.defaultDelete();
  }
}
