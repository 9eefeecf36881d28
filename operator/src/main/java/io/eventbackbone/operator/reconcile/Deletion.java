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
import java.util.function.Function;
import java.util.stream.Collectors;

/** How deletions end, or why they wait. */
final class Deletion {

  private static final int SHOWN = 5;

  private final KubernetesClient client;
  private final EventRecorder events;

  Deletion(KubernetesClient client, EventRecorder events) {
    this.client = client;
    this.events = events;
  }

  /** Waits for dependents, whose own deletion wakes the object again. */
  <S extends ConditionedStatus, R extends CustomResource<?, S>> DeleteControl waitFor(
      Collection<? extends HasMetadata> dependents, R object, Function<String, S> blocked) {
    String message =
        "waits until these are deleted: "
            + dependents.stream()
                .map(EventRecorder::describe)
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(", "))
            + (dependents.size() > SHOWN ? " and " + (dependents.size() - SHOWN) + " more" : "");
    S status = blocked.apply(message);
    if (!status.equals(object.getStatus())) {
      events.record(object, EventType.WARNING, Reason.DELETION_BLOCKED, message);
      client
          .resource(object)
          .editStatus(
              it -> {
                it.setStatus(status);
                return it;
              });
    }
    return DeleteControl.noFinalizerRemoval();
  }

  /** Lets the object go when AWS is as its deletion policy says; else the retry tries again. */
  DeleteControl conclude(Outcome outcome, HasMetadata object) {
    if (outcome instanceof Outcome.Failed failed) {
      events.record(
          object, EventType.WARNING, Failures.reason(failed.failure()), failed.failure().message());
      throw new AwsFailureException(failed.failure());
    }
    if (outcome instanceof Outcome.Applied applied && !applied.plan().changes().isEmpty()) {
      events.record(object, EventType.NORMAL, Reason.PROGRAMMED, PlanTexts.summary(applied.plan()));
    }
    return DeleteControl.defaultDelete();
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
