package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.topology.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The conditions of one status, decided one after the other. A condition that stays what it was
 * keeps its lastTransitionTime, so that an unchanged status is an equal status.
 */
final class Conditions {

  static final String ACCEPTED = "Accepted";
  static final String CREDENTIALS_READY = "CredentialsReady";
  static final String PROGRAMMED = "Programmed";
  static final String IN_SYNC = "InSync";
  static final String READY = "Ready";

  private final List<Condition> before;
  private final List<Condition> decided = new ArrayList<>();
  private final long generation;
  private final Clock clock;

  /**
   * @param before what the object's status says so far
   * @param generation of the spec that was looked at
   */
  Conditions(ConditionedStatus before, long generation, Clock clock) {
    this.before = before.conditions();
    this.generation = generation;
    this.clock = clock;
  }

  Conditions yes(String type, Reason reason, String message) {
    return set(type, "True", reason, message);
  }

  Conditions no(String type, Reason reason, String message) {
    return set(type, "False", reason, message);
  }

  Conditions unknown(String type, Reason reason, String message) {
    return set(type, "Unknown", reason, message);
  }

  /** With {@code Ready} last: false for the reason of the first that is not true. */
  List<Condition> summed(String readyMessage) {
    Optional<Condition> missing =
        decided.stream().filter(condition -> !condition.getStatus().equals("True")).findFirst();
    if (missing.isPresent()) {
      Condition first = missing.get();
      decided.add(condition(READY, "False", first.getReason(), first.getMessage()));
    } else {
      yes(READY, Reason.READY, readyMessage);
    }
    return List.copyOf(decided);
  }

  /** With {@code Ready} last: false, for a reason that no other condition tells. */
  List<Condition> notReady(Reason reason, String message) {
    no(READY, reason, message);
    return List.copyOf(decided);
  }

  /** Keeps what was said of a type, where nothing new is known. */
  Conditions kept(String type) {
    before.stream().filter(condition -> condition.getType().equals(type)).forEach(decided::add);
    return this;
  }

  static boolean isTrue(ConditionedStatus status, String type) {
    return find(status, type).filter(condition -> condition.getStatus().equals("True")).isPresent();
  }

  static Optional<Condition> find(ConditionedStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  /** What is decided later of a type takes the place of what was decided before. */
  private Conditions set(String type, String status, Reason reason, String message) {
    Condition condition = condition(type, status, reason.text(), message);
    OptionalInt place =
        IntStream.range(0, decided.size())
            .filter(i -> decided.get(i).getType().equals(type))
            .findFirst();
    if (place.isPresent()) {
      decided.set(place.getAsInt(), condition);
    } else {
      decided.add(condition);
    }
    return this;
  }

  private Condition condition(String type, String status, String reason, String message) {
    String since =
        before.stream()
            .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
