package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.PlannedChange;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Applied;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Conflicting;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Failed;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Planned;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome.Remembered;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.Intent;
import io.eventbackbone.operator.reconcile.apply.PlanDescription;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an outcome shows: the fields of the status that all kinds have, and when to look again.
 *
 * @param appliedHash of the wanted state, once AWS has it
 * @param addresses of resources, once AWS has the wanted state
 * @param plan the changes that Observe would make
 */
record SyncResult(
    Optional<String> appliedHash,
    Map<ResourceKey, String> addresses,
    List<PlannedChange> plan,
    Reschedule next) {

  static final String PROGRAMMED_MESSAGE = "AWS has what the spec asks for";

  private static final String IN_SYNC_MESSAGE = "the last check found what is wanted";

  /** URL of a queue or ARN of a discoverer, if AWS has it. */
  String address(ResourceKey key) {
    return addresses.get(key);
  }

  /** Decides the conditions Programmed and InSync, and records Events. */
  static final class Judge {

    private final HasMetadata object;
    private final Optional<String> appliedHash;
    private final Conditions conditions;
    private final EventRecorder events;

    /**
     * @param appliedHash of the state that was applied before
     */
    Judge(
        HasMetadata object,
        Optional<String> appliedHash,
        Conditions conditions,
        EventRecorder events) {
      this.object = object;
      this.appliedHash = appliedHash;
      this.conditions = conditions;
      this.events = events;
    }

    SyncResult judge(ApplyOutcome outcome, Intent intent) {
      Duration recheck = intent.backbone().driftCheckPeriod();
      return switch (outcome) {
        case Applied applied -> {
          String fingerprint = intent.fingerprint();
          boolean isDrift =
              Fingerprint.match(appliedHash, fingerprint) == Fingerprint.Match.SAME
                  && !applied.plan().changes().isEmpty();
          applied(applied.plan(), isDrift);
          yield inPlace(fingerprint, applied.addresses(), applied.nextCheckIn());
        }
        case Remembered remembered -> {
          programmed().again(Conditions.IN_SYNC, Reason.IN_SYNC, IN_SYNC_MESSAGE);
          yield inPlace(intent.fingerprint(), remembered.addresses(), remembered.nextCheckIn());
        }
        case Planned(Plan plan) -> {
          planned(plan);
          yield asBefore(PlanDescription.lines(plan), new Reschedule.Recheck(recheck));
        }
        case Conflicting(Plan plan) -> {
          refused(Reason.RESOURCE_CONFLICT, PlanDescription.conflicts(plan));
          yield asBefore(List.of(), new Reschedule.Recheck(recheck));
        }
        case Failed failed -> {
          refused(FailureReasons.of(failed.failure()), failed.failure().message());
          yield asBefore(List.of(), Reschedule.after(failed.failure(), recheck));
        }
      };
    }

    private static SyncResult inPlace(
        String fingerprint, Map<ResourceKey, String> addresses, Duration nextCheckIn) {
      return new SyncResult(
          Optional.of(fingerprint), addresses, List.of(), new Reschedule.Recheck(nextCheckIn));
    }

    private SyncResult asBefore(List<PlannedChange> plan, Reschedule next) {
      return new SyncResult(appliedHash, Map.of(), plan, next);
    }

    private Conditions programmed() {
      return conditions.yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, PROGRAMMED_MESSAGE);
    }

    private void applied(Plan plan, boolean isDrift) {
      programmed();
      Optional<String> takenBack = PlanDescription.takenBack(plan);
      if (takenBack.isPresent()) {
        conditions.yes(Conditions.IN_SYNC, Reason.TAKEN_BACK, takenBack.get());
        events.record(object, EventType.NORMAL, Reason.TAKEN_BACK, takenBack.get());
        recordChanges(plan.withoutTakenBack());
      } else if (isDrift) {
        String repaired = "repaired what others had changed: " + PlanDescription.summary(plan);
        conditions.yes(Conditions.IN_SYNC, Reason.DRIFT_REPAIRED, repaired);
        events.record(object, EventType.WARNING, Reason.DRIFT_REPAIRED, repaired);
      } else {
        conditions.yes(Conditions.IN_SYNC, Reason.IN_SYNC, IN_SYNC_MESSAGE);
        recordChanges(plan);
      }
    }

    private void recordChanges(Plan plan) {
      if (!plan.changes().isEmpty()) {
        events.record(object, EventType.NORMAL, Reason.PROGRAMMED, PlanDescription.summary(plan));
      }
    }

    private void planned(Plan plan) {
      if (plan.isEmpty()) {
        programmed().yes(Conditions.IN_SYNC, Reason.IN_SYNC, IN_SYNC_MESSAGE);
        return;
      }
      conditions
          .unknown(
              Conditions.PROGRAMMED,
              Reason.OBSERVING,
              "managementPolicy is Observe, and nothing is changed; status.plan says what would be")
          .no(
              Conditions.IN_SYNC,
              Reason.DRIFTED,
              plan.conflicts().isEmpty()
                  ? PlanDescription.summary(plan)
                  : PlanDescription.conflicts(plan));
    }

    private void refused(Reason reason, String message) {
      conditions
          .no(Conditions.PROGRAMMED, reason, message)
          .unknown(Conditions.IN_SYNC, Reason.NOT_CHECKED, "see Programmed");
      if (conditions.isNews(Conditions.PROGRAMMED, message)) {
        events.record(object, EventType.WARNING, reason, message);
      }
    }
  }
}
