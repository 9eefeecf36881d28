package io.eventbackbone.operator.reconcile;

import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.PlanDescription;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides when a deleted object loses its finalizer, and says why it waits. */
final class Finalization {

  /** Annotation of an object whose account is lost. */
  static final String ABANDON = "eventbackbone.io/abandon";

  private static final String HOW_TO_LET_GO =
      "; the deletion is tried again. If the account is lost for good, the annotation "
          + ABANDON
          + "=true lets the object go and leaves in AWS what it has there";

  /** How long an abandoned object waits for a failure that passes by itself. */
  private static final Duration LAST_TRIES = Duration.ofMinutes(15);

  private final EventRecorder events;
  private final Retries retries;
  private final InstantSource clock;

  /** By the UIDs of abandoned objects. A new process tries as long again. */
  private final Map<String, Instant> triedSince = new ConcurrentHashMap<>();

  Finalization(EventRecorder events, Retries retries, InstantSource clock) {
    this.events = events;
    this.retries = retries;
    this.clock = clock;
  }

  /** Waits for dependents, whose own deletion wakes the object again. */
  DeleteControl waitFor(Collection<? extends HasMetadata> dependents, StatusReport<?, ?> report) {
    report.say(
        Reason.DELETION_BLOCKED,
        "waits until these are deleted: "
            + Abbreviation.of(dependents.stream().map(Admissions::describe).sorted().toList()));
    return DeleteControl.noFinalizerRemoval();
  }

  /**
   * Lets the object go when AWS is as its deletion policy says. Otherwise tries again, unless the
   * object is to be abandoned.
   *
   * @param outcomes one of each account that the object is in
   */
  DeleteControl conclude(Collection<ApplyOutcome> outcomes, StatusReport<?, ?> report) {
    HasMetadata object = report.object();
    List<AwsFailure> failures =
        outcomes.stream()
            .flatMap(it ->
                it instanceof ApplyOutcome.Failed failed
                    ? Stream.of(failed.failure())
                    : Stream.empty())
            .toList();
    if (!failures.isEmpty()) {
      return isAbandoned(object)
          ? abandon(failures, report)
          : tryAgain(failures.get(0), HOW_TO_LET_GO, report);
    }
    outcomes.stream()
        .flatMap(it ->
            it instanceof ApplyOutcome.Applied applied ? Stream.of(applied.plan()) : Stream.empty())
        .filter(plan -> !plan.changes().isEmpty())
        .forEach(plan ->
            events.record(
                object, EventType.NORMAL, Reason.PROGRAMMED, PlanDescription.summary(plan)));
    return gone(object);
  }

  /**
   * An account that keeps the operator out is lost. An account that answers in another way, or not
   * now, may still be cleaned up: a throttled call must orphan nothing.
   */
  private DeleteControl abandon(List<AwsFailure> failures, StatusReport<?, ?> report) {
    HasMetadata object = report.object();
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
        report);
  }

  /** Whether the account answers, but lets the operator do nothing. */
  static boolean isKeptOut(AwsFailure failure) {
    return failure instanceof AwsFailure.RoleNotAssumable
        || failure instanceof AwsFailure.WrongAccount
        || failure instanceof AwsFailure.Denied;
  }

  private DeleteControl tryAgain(AwsFailure failure, String outlook, StatusReport<?, ?> report) {
    report.say(FailureReasons.of(failure), failure.message() + outlook);
    return DeleteControl.noFinalizerRemoval()
        .rescheduleAfter(retries.next(report.object(), failure.message()));
  }

  /** Whether the object may go without its resources in AWS that can't be reached. */
  static boolean isAbandoned(HasMetadata object) {
    return "true".equals(object.getMetadata().getAnnotations().get(ABANDON));
  }

  /** Lets the object go, although its resources in AWS, if it has any, stay there. */
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
