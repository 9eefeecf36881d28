package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.core.delivery.QueueReadings;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.wanted.BusEncryption;
import io.eventbackbone.core.wanted.BusLog;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The end of a try to bring AWS to a wanted state. */
public sealed interface ApplyOutcome {

  /**
   * AWS has the wanted state.
   *
   * @param plan the changes that were made
   * @param found what AWS had before, as far as it was read
   * @param addresses of wanted resources whose names don't tell their addresses
   * @param queues the messages in wanted queues
   * @param nextCheckIn when to read all of the wanted state again
   */
  record Applied(
      Plan plan,
      ObservedState found,
      Map<ResourceKey, String> addresses,
      QueueReadings queues,
      Duration nextCheckIn)
      implements ApplyOutcome {

    Applied with(QueueReadings read, Duration checkIn) {
      return new Applied(plan, found, addresses, read, checkIn);
    }
  }

  /** AWS had the wanted state when this process last read it, which is not long ago. */
  record Remembered(Map<ResourceKey, String> addresses, QueueReadings queues, Duration nextCheckIn)
      implements ApplyOutcome {}

  /** Nothing was changed, because the backbone is only observed. */
  record Planned(Plan plan) implements ApplyOutcome {}

  /** Nothing was changed, because somebody else owns a wanted resource. */
  record Conflicting(Plan plan) implements ApplyOutcome {}

  /**
   * AWS refused or failed. The changes before the failure stay; the next try finds them.
   *
   * @param undone resources that may still not be as wanted; empty: AWS could not be read
   */
  record Failed(AwsFailure failure, Optional<Set<ResourceKey>> undone) implements ApplyOutcome {}

  /**
   * Whether a withdrawn resource is gone, and the status has yet to say so. The resource may be
   * gone since an earlier round, whose status was not written.
   *
   * @param known ARN of the resource in the status, or null
   */
  default boolean hasWithdrawn(String known) {
    return (isInPlace() && known != null)
        || (this instanceof Applied applied && !applied.plan().isEmpty());
  }

  /** Whether AWS has the wanted state. */
  default boolean isInPlace() {
    return this instanceof Applied || this instanceof Remembered;
  }

  /** The messages in wanted queues. Empty: AWS does not have the wanted state. */
  default Optional<QueueReadings> readQueues() {
    return switch (this) {
      case Applied applied -> Optional.of(applied.queues());
      case Remembered remembered -> Optional.of(remembered.queues());
      case Failed ignored -> Optional.empty();
      case Planned ignored -> Optional.empty();
      case Conflicting ignored -> Optional.empty();
    };
  }

  /** Whether AWS has one of the wanted resources as wanted; empty: not known. */
  default Optional<Boolean> hasBrought(ResourceKey key) {
    return switch (this) {
      case Applied ignored -> Optional.of(true);
      case Remembered ignored -> Optional.of(true);
      case Failed failed -> failed.undone().map(undone -> !undone.contains(key));
      case Planned ignored -> Optional.empty();
      case Conflicting ignored -> Optional.empty();
    };
  }

  /**
   * The log group of a bus's log for the status, as long as AWS may have one. A log group that is
   * the owner's, and that no status names, shows that the operator had switched the log on.
   */
  default Optional<String> logGroupOf(BusLog log, DeletionPolicy deletion, Owner owner) {
    if (log.isOn() && hasBrought(log.bus()).orElse(false)) {
      return Optional.of(log.logGroupName());
    }
    if (!isInPlace()) {
      return log.lastLogGroupName();
    }
    if (log.lastLogGroupName().isEmpty()) {
      ResourceKey key = log.logGroup();
      return this instanceof Applied applied && applied.found().isOrWasOwned(key, owner)
          ? Optional.of(key.name())
          : Optional.empty();
    }
    return log.lastLogGroupName().filter(name -> deletion == DeletionPolicy.RETAIN);
  }

  /** The customer's key of a bus for the status, if the operator set it. */
  default Optional<String> keyOf(BusEncryption encryption) {
    return isInPlace() ? encryption.customerKey() : encryption.lastCustomerKey();
  }

  /** Whether a rule that the owner released, now or before, still matches events. */
  default boolean hasLeftEnabled(ResourceKey rule, Owner owner) {
    return this instanceof Applied applied
        && applied.found().isOrWasOwned(rule, owner)
        && applied
            .found()
            .find(rule, Rule.class)
            .filter(it -> it.state() == Rule.State.ENABLED)
            .isPresent();
  }
}
