package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.PlannedChange;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.AwsApplier.Outcome;
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an outcome means: the conditions Programmed and InSync, the Events, and when to look again.
 *
 * @param appliedHash of the wanted state, once AWS has it
 * @param addresses of what AWS has by names of its own, once it has what is wanted
 * @param plan what Observe would do
 */
public record Verdict(
    Optional<String> appliedHash,
    Map<ResourceKey, String> addresses,
    List<PlannedChange> plan,
    Next next) {

  private static final String FOUND_WHAT_IS_WANTED = "the last check found what is wanted";

  /** URL of a queue or ARN of a discoverer, if AWS has it. */
  public String address(ResourceKey key) {
    return addresses.get(key);
  }

  /** What is known before AWS is looked at. */
  record Before(HasMetadata object, ConditionedStatus status, Optional<String> appliedHash) {}

  static Verdict of(
      Outcome outcome,
      String wantedHash,
      Before before,
      Duration recheck,
      Conditions conditions,
      EventRecorder events) {
    if (outcome instanceof Outcome.Applied applied) {
      boolean isDrift =
          Fingerprint.match(before.appliedHash(), wantedHash) == Fingerprint.Match.SAME
              && !applied.plan().changes().isEmpty();
      applied(applied.plan(), isDrift, before.object(), conditions, events);
      return new Verdict(
          Optional.of(wantedHash),
          applied.addresses(),
          List.of(),
          new Next.Recheck(applied.nextLookIn()));
    }
    if (outcome instanceof Outcome.Remembered remembered) {
      programmed(conditions).again(Conditions.IN_SYNC, Reason.IN_SYNC, FOUND_WHAT_IS_WANTED);
      return new Verdict(
          Optional.of(wantedHash),
          remembered.addresses(),
          List.of(),
          new Next.Recheck(remembered.nextLookIn()));
    }
    if (outcome instanceof Outcome.Planned planned) {
      planned(planned.plan(), conditions);
      return new Verdict(
          before.appliedHash(),
          Map.of(),
          PlanTexts.lines(planned.plan()),
          new Next.Recheck(recheck));
    }
    if (outcome instanceof Outcome.Conflicting conflicting) {
      refused(
          Reason.RESOURCE_CONFLICT,
          PlanTexts.conflicts(conflicting.plan()),
          before,
          conditions,
          events);
      return new Verdict(before.appliedHash(), Map.of(), List.of(), new Next.Recheck(recheck));
    }
    AwsFailure failure = ((Outcome.Failed) outcome).failure();
    refused(Failures.reason(failure), failure.message(), before, conditions, events);
    return new Verdict(
        before.appliedHash(), Map.of(), List.of(), Reconciled.after(failure, recheck));
  }

  private static Conditions programmed(Conditions conditions) {
    return conditions.yes(
        Conditions.PROGRAMMED, Reason.PROGRAMMED, "AWS has what the spec asks for");
  }

  private static void applied(
      Plan plan, boolean isDrift, HasMetadata object, Conditions conditions, EventRecorder events) {
    programmed(conditions);
    Optional<String> takenBack = PlanTexts.takenBack(plan);
    if (takenBack.isPresent()) {
      conditions.yes(Conditions.IN_SYNC, Reason.TAKEN_BACK, takenBack.get());
      events.record(object, EventType.NORMAL, Reason.TAKEN_BACK, takenBack.get());
      recordChanges(plan.withoutTakenBack(), object, events);
      return;
    }
    if (isDrift) {
      String repaired = "repaired what others had changed: " + PlanTexts.summary(plan);
      conditions.yes(Conditions.IN_SYNC, Reason.DRIFT_REPAIRED, repaired);
      events.record(object, EventType.WARNING, Reason.DRIFT_REPAIRED, repaired);
      return;
    }
    conditions.yes(Conditions.IN_SYNC, Reason.IN_SYNC, FOUND_WHAT_IS_WANTED);
    recordChanges(plan, object, events);
  }

  private static void recordChanges(Plan plan, HasMetadata object, EventRecorder events) {
    if (!plan.changes().isEmpty()) {
      events.record(object, EventType.NORMAL, Reason.PROGRAMMED, PlanTexts.summary(plan));
    }
  }

  private static void planned(Plan plan, Conditions conditions) {
    if (plan.isEmpty()) {
      programmed(conditions).yes(Conditions.IN_SYNC, Reason.IN_SYNC, FOUND_WHAT_IS_WANTED);
      return;
    }
    String differences =
        plan.conflicts().isEmpty() ? PlanTexts.summary(plan) : PlanTexts.conflicts(plan);
    conditions
        .unknown(
            Conditions.PROGRAMMED,
            Reason.OBSERVING,
            "managementPolicy is Observe, and nothing is changed; status.plan says what would be")
        .no(Conditions.IN_SYNC, Reason.DRIFTED, differences);
  }

  private static void refused(
      Reason reason, String message, Before before, Conditions conditions, EventRecorder events) {
    conditions
        .no(Conditions.PROGRAMMED, reason, message)
        .unknown(Conditions.IN_SYNC, Reason.NOT_CHECKED, "see Programmed");
    if (conditions.isNews(Conditions.PROGRAMMED, message)) {
      events.record(before.object(), EventType.WARNING, reason, message);
    }
  }
}
