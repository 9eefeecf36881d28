package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.cluster.Statuses.Written;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What one reconciliation found: the new status, and when to look again.
 *
 * @param <S> status of the kind
 */
record Reconciled<S extends ConditionedStatus>(S status, Next next) {

  /** A change that wakes nobody, of an annotation for instance, is seen by then. */
  private static final Duration CHANGE_IS_SEEN = Duration.ofMillis(100);

  /** When to look again, besides when something changes. */
  public sealed interface Next {

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

    /**
     * After a while, to find what others changed in AWS; at once if that is over, since bringing
     * AWS to what is wanted took longer.
     */
    record Recheck(Duration after) implements Next {
      public Recheck {
        after = after.isNegative() ? Duration.ZERO : after;
      }
    }

    /** Soon, and then less and less often: AWS failed in a way that passes. */
    record RetrySoon(String why) implements Next {}

    /** At once: the status was to be written before AWS is changed. */
    record Again() implements Next {}

    /** Only when something changes. */
    record OnChange() implements Next {}
  }

  static Next after(AwsFailure failure, Duration recheck) {
    return switch (failure.recovery()) {
      case RETRY -> new Next.RetrySoon(failure.message());
      case AFTER_A_CHANGE -> new Next.Recheck(recheck);
    };
  }

  /** Writes the status if it is another, and schedules the next look. */
  <R extends CustomResource<?, S>> UpdateControl<R> publish(
      R resource, Context<R> context, ReconcilerContext surroundings) {
    boolean isAnother = !status.equals(resource.getStatus());
    R published = withStatus(resource, status);
    if (isAnother && surroundings.statuses().write(published, context) == Written.CHANGED_SINCE) {
      return UpdateControl.<R>noUpdate().rescheduleAfter(CHANGE_IS_SEEN);
    }
    UpdateControl<R> control = UpdateControl.noUpdate();
    if (next instanceof Next.RetrySoon retry) {
      return control.rescheduleAfter(surroundings.retries().next(published, retry.why()));
    }
    if (next instanceof Next.Again) {
      return control.rescheduleAfter(Duration.ZERO);
    }
    surroundings.retries().end(published);
    return next instanceof Next.Recheck recheck
        ? control.rescheduleAfter(jittered(recheck.after()))
        : control;
  }

  /** Whether it was about to write the status, or had: of what fails then no status can tell. */
  static boolean wasPublished(CustomResource<?, ?> resource) {
    return resource.getMetadata().getUid() == null;
  }

  /** What server-side apply is to own: the status, and nothing that users have written. */
  static <S, R extends CustomResource<?, S>> R withStatus(R resource, S status) {
    resource.setSpec(null);
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .withResourceVersion(resource.getMetadata().getResourceVersion())
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
