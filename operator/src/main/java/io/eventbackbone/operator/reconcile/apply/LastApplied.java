package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.core.delivery.QueueReadings;
import io.eventbackbone.core.plan.PartFingerprints;
import io.eventbackbone.core.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The state that this process last brought AWS to for one custom resource.
 *
 * @param at when all of the state was last seen in AWS
 * @param queues the messages in its queues
 */
record LastApplied(
    String fingerprint,
    PartFingerprints parts,
    Instant at,
    Map<ResourceKey, String> addresses,
    QueueReadings queues) {

  Duration nextCheckIn(Duration interval, Instant now) {
    return Duration.between(now, at.plus(interval));
  }

  /** Checks for drift come up to a tenth of their interval early. */
  boolean isRecent(Duration interval, Instant now) {
    return nextCheckIn(interval, now).compareTo(interval.dividedBy(10)) > 0;
  }
}
