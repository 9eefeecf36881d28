package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.aws.AwsFailureException;
import io.eventbackbone.operator.reconcile.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.Programming.Outcome;
import io.eventbackbone.operator.topology.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.Collection;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** How deletions end, or why they wait. */
final class Deletion {

  /** Annotation of an object whose account is lost. */
  static final String ABANDON = "eventbackbone.io/abandon";

  private static final String HOW_TO_LET_GO =
      "; the deletion is tried again. If the account is lost for good, the annotation "
          + ABANDON
          + "=true lets the object go and leaves in AWS what it has there";

  private static final int SHOWN = 5;

  private final KubernetesClient client;
  private final EventRecorder events;

  Deletion(KubernetesClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /** Waits for dependents, whose own deletion wakes the object again. */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl waitFor(
      Collection<? extends HasMetadata> dependents,
      R object,
      BiFunction<Reason, String, S> waiting) {
    String message =
        "waits until these are deleted: "
            + dependents.stream()
                .map(EventRecorder::describe)
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(", "))
            + (dependents.size() > SHOWN ? " and " + (dependents.size() - SHOWN) + " more" : "");
    return waitUntil(message, object, waiting);
  }

  /** Waits for what wakes the object when it is done. */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl waitUntil(
      String message, R object, BiFunction<Reason, String, S> waiting) {
    tell(object, waiting, Reason.DELETION_BLOCKED, message);
    return DeleteControl.noFinalizerRemoval();
  }

  /**
   * Lets the object go when AWS is as its deletion policy says. Else the retry tries again, unless
   * the object is to be abandoned.
   *
   * @param waiting the status of an object whose deletion AWS holds up
   */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl conclude(
      Outcome outcome, R object, BiFunction<Reason, String, S> waiting) {
    if (outcome instanceof Outcome.Failed failed) {
      if (isAbandoned(object)) {
        return letGo(object, Reason.ABANDONED, failed.failure().message());
      }
      Reason reason = Failures.reason(failed.failure());
      String message = failed.failure().message() + HOW_TO_LET_GO;
      tell(object, waiting, reason, message);
      throw new AwsFailureException(failed.failure());
    }
    if (outcome instanceof Outcome.Applied applied && !applied.plan().changes().isEmpty()) {
      events.record(object, EventType.NORMAL, Reason.PROGRAMMED, PlanTexts.summary(applied.plan()));
    }
    return DeleteControl.defaultDelete();
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
        .editStatus(
            it -> {
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
    return DeleteControl.defaultDelete();
  }
}
