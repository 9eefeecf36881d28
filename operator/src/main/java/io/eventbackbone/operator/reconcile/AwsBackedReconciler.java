package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Hindrance.Gate;
import io.eventbackbone.operator.reconcile.apply.Intent;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.List;
import java.util.Optional;

/**
 * The flow of the kinds that have resources in AWS: admit, wait, apply, judge, publish, clean up. A
 * subclass names the objects that its kind needs, what it waits for, what it wants in AWS, and its
 * status.
 *
 * @param <A> the admitted resource, with the objects that it refers to
 */
abstract class AwsBackedReconciler<R extends BackboneResource<?, S>, S extends ConditionedStatus, A>
    extends ResourceReconciler<R, S> implements Cleaner<R> {

  protected final AwsApplier applier;

  AwsBackedReconciler(Class<R> kind, AwsApplier applier, ReconcilerContext shared) {
    super(kind, shared);
    this.applier = applier;
  }

  /**
   * A resource in the flow, at the step that applies its wanted state.
   *
   * @param appliedHash fingerprint of the state that was applied before
   */
  record Step<R extends BackboneResource<?, ?>, A>(
      R resource,
      A admitted,
      Optional<String> appliedHash,
      Conditions conditions,
      Context<R> context) {}

  /**
   * AWS as a step left it.
   *
   * @param sync how the outcome shows in the status
   */
  record Synced(Intent intent, ApplyOutcome outcome, SyncResult sync) {}

  /**
   * A right that a refused resource loses.
   *
   * @param known ARN of the resource that the status still names, or null
   * @param message what is gone, for people
   * @param cleared the status without what is gone
   */
  record Withdrawal<S>(Intent intent, String known, String message, S cleared) {}

  /** The resource with the objects that it needs, if both sides admit it. */
  abstract Admission<A> admit(R resource);

  /** The condition Accepted of an admitted resource. */
  abstract void accept(A admitted, Conditions conditions);

  /** What the resource waits for before AWS is touched, in this order. */
  abstract List<Gate<A>> gates();

  /** Applies what the kind asks for by {@link #sync}, and makes the status. */
  abstract ReconcileResult<S> apply(Step<R, A> step);

  /** Objects that must go before the resource may go. */
  abstract List<? extends HasMetadata> dependents(R resource);

  /** All that a deleted resource may have in AWS. */
  abstract Admission<Intent> leaving(R resource);

  /** The right that a refused resource loses, even if no status names it; empty: none. */
  Optional<Withdrawal<S>> withdrawal(R resource, Reason why) {
    return Optional.empty();
  }

  /** The status of a resource that is refused, or about to be, and keeps what it has in AWS. */
  S kept(R resource) {
    return resource.getStatus();
  }

  /** Whether to leave the status alone: an event is about to wake the resource anyway. */
  boolean isAboutToBeWoken(A admitted) {
    return false;
  }

  /** The resources of a deleted object were deleted or released. */
  void removed(R resource, Intent intent, List<ApplyOutcome> outcomes) {}

  @Override
  final ReconcileResult<S> decide(R resource, Conditions conditions, Context<R> context) {
    return switch (admit(resource)) {
      case Refused<A>(Reason reason, String message) -> {
        conditions.no(Conditions.ACCEPTED, reason, message);
        yield withdrawal(resource, reason)
            .map(right -> withdraw(right, resource, conditions))
            .orElseGet(() -> untilChange(conditions, kept(resource), resource));
      }
      case Admitted<A>(A admitted) -> {
        accept(admitted, conditions);
        if (isAboutToBeWoken(admitted)) {
          yield ReconcileResult.untilChange(resource.getStatus());
        }
        Optional<Hindrance> shut = Hindrance.first(gates(), admitted);
        if (shut.isPresent()) {
          shut.get().in(conditions);
          yield untilChange(conditions, resource.getStatus(), resource);
        }
        Optional<String> hash = appliedHash(resource.getStatus());
        yield apply(new Step<>(resource, admitted, hash, conditions, context));
      }
    };
  }

  abstract Optional<String> appliedHash(S status);

  /** Brings AWS to what a step's resource asks for, and judges how that ended. */
  final Synced sync(Step<R, A> step, Intent intent) {
    ApplyOutcome outcome = applier.apply(step.resource(), intent, step.appliedHash());
    SyncResult sync =
        new SyncResult.Judge(
                step.resource(), step.appliedHash(), step.conditions(), shared.events())
            .judge(outcome, intent);
    return new Synced(intent, outcome, sync);
  }

  private ReconcileResult<S> withdraw(Withdrawal<S> right, R resource, Conditions conditions) {
    ApplyOutcome outcome = applier.apply(resource, right.intent(), Optional.empty());
    if (outcome instanceof ApplyOutcome.Failed failed) {
      new Hindrance(FailureReasons.of(failed.failure()), failed.failure().message()).in(conditions);
      return new ReconcileResult<>(
          with(conditions.summed(""), resource.getStatus(), resource),
          Reschedule.after(failed.failure(), right.intent().backbone().driftCheckPeriod()));
    }
    if (outcome.hasWithdrawn(right.known())) {
      new Hindrance(Reason.WITHDRAWN, right.message()).in(conditions);
      return untilChange(conditions, right.cleared(), resource);
    }
    return untilChange(conditions, resource.getStatus(), resource);
  }

  @Override
  public final DeleteControl cleanup(R resource, Context<R> context) {
    return cleanUp(resource, context, report -> cleanedUp(resource, report));
  }

  private DeleteControl cleanedUp(R resource, StatusReport<R, S> report) {
    List<? extends HasMetadata> dependents = dependents(resource);
    if (!dependents.isEmpty()) {
      return shared.finalization().waitFor(dependents, report);
    }
    return switch (leaving(resource)) {
      case Refused<Intent>(Reason reason, String message) ->
          letGo(resource, reason, message, report);
      case Admitted<Intent>(Intent intent) -> {
        List<ApplyOutcome> outcomes = applier.remove(resource, intent);
        removed(resource, intent, outcomes);
        yield shared.finalization().conclude(outcomes, report);
      }
    };
  }

  /**
   * Takes away the right first. AWS may still have it: this may be the first reconciliation that
   * sees the refusal.
   */
  private DeleteControl letGo(
      R resource, Reason reason, String message, StatusReport<R, S> report) {
    Optional<ApplyOutcome> withdrawn =
        withdrawal(resource, reason)
            .map(right -> applier.apply(resource, right.intent(), Optional.empty()));
    return withdrawn.isPresent() && withdrawn.get() instanceof ApplyOutcome.Failed
        ? shared.finalization().conclude(List.of(withdrawn.get()), report)
        : shared.finalization().letGo(resource, reason, message);
  }
}
