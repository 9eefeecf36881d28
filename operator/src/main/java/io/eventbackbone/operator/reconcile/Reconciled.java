package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.aws.AwsFailure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What one reconciliation found: the new status, and when to look again.
 *
 * @param <S> status of the kind
 */
record Reconciled<S extends ConditionedStatus>(S status, Next next) {

  /** When to look again, besides when something changes. */
  sealed interface Next {

    /** Of two reasons to look again, the one that comes first. */
    static Next sooner(Next one, Next other) {
      if (one instanceof Recheck first && other instanceof Recheck second) {
        return first.after().compareTo(second.after()) <= 0 ? one : other;
      }
      return Stream.of(one, other)
          .filter(it -> it instanceof Again || it instanceof RetrySoon)
          .findFirst()
          .orElse(one instanceof OnChange ? other : one);
    }

    /** After a while, to find what others changed in AWS. */
    record Recheck(Duration after) implements Next {}

    /** Soon, and then less and less often: AWS failed in a way that passes. */
    record RetrySoon(String why) implements Next {}

    /** At once: the status was to be written before AWS is changed. */
    record Again() implements Next {}

    /** Only when something changes. */
    record OnChange() implements Next {}
  }

  /** Thrown to have java-operator-sdk's retry, which spaces the tries, take over. */
  static final class RetrySoonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ConditionedStatus status;

    private RetrySoonException(ConditionedStatus status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  static Next after(AwsFailure failure, Duration recheck) {
    return switch (failure.recovery()) {
      case RETRY -> new Next.RetrySoon(failure.message());
      case AFTER_A_CHANGE -> new Next.Recheck(recheck);
    };
  }

  /** Writes the status if it is another, and schedules the next look. */
  <R extends CustomResource<?, S>> UpdateControl<R> publish(R resource) {
    if (next instanceof Next.RetrySoon retry) {
      throw new RetrySoonException(status, retry.why());
    }
    UpdateControl<R> control = UpdateControl.noUpdate();
    if (!status.equals(resource.getStatus())) {
      control = UpdateControl.patchStatus(withStatus(resource, status));
    }
    if (next instanceof Next.Again) {
      return control.rescheduleAfter(Duration.ZERO);
    }
    return next instanceof Next.Recheck recheck
        ? control.rescheduleAfter(jittered(recheck.after()))
        : control;
  }

  /** The status that an exception brings along, if it was thrown for that. */
  static <S extends ConditionedStatus> Optional<S> statusOf(Exception failure, Class<S> type) {
    return failure instanceof RetrySoonException retry
        ? Optional.of(type.cast(retry.status))
        : Optional.empty();
  }

  /** Writes the status if it is another, and leaves it to the retry when to look again. */
  static <S extends ConditionedStatus, R extends CustomResource<?, S>>
      ErrorStatusUpdateControl<R> publishFailure(R resource, S status) {
    return status.equals(resource.getStatus())
        ? ErrorStatusUpdateControl.defaultErrorProcessing()
        : ErrorStatusUpdateControl.patchStatus(withStatus(resource, status));
  }

  /** Whether it failed to write the status, of which no status can tell. */
  static boolean wasPublished(CustomResource<?, ?> resource) {
    return resource.getSpec() == null;
  }

  /** What server-side apply is to own: the status, and nothing that users have written. */
  private static <S, R extends CustomResource<?, S>> R withStatus(R resource, S status) {
    resource.setSpec(null);
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .build());
    resource.setStatus(status);
    return resource;
  }

  /** Spreads the checks of many objects that were applied at once. */
  private static Duration jittered(Duration interval) {
    long tenth = Math.max(1, interval.toMillis() / 10);
    return interval.minusMillis(ThreadLocalRandom.current().nextLong(tenth));
  }
}
