package io.eventbackbone.operator.cluster;

import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.Totals;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The conditions of one status, decided one after the other. A condition that stays what it was
 * keeps its lastTransitionTime, so that an unchanged status is an equal status.
 *
 * <p>By the rules of kstatus, which Flux and others wait by, an object that is not Ready says
 * whether it goes on by itself: {@code Reconciling} and {@code Stalled} are there only when true.
 */
public final class Conditions {

  public static final String ACCEPTED = "Accepted";
  public static final String CREDENTIALS_READY = "CredentialsReady";
  public static final String PROGRAMMED = "Programmed";
  public static final String COMPATIBLE = "Compatible";
  public static final String PUBLISHED = "Published";
  public static final String IN_SYNC = "InSync";
  public static final String DELIVERING = "Delivering";
  static final String RECONCILING = "Reconciling";
  static final String STALLED = "Stalled";
  public static final String READY = "Ready";

  /**
   * What becomes of events depends on consumers, and a contract holds whether or not a registry has
   * it: both are no part of Ready.
   */
  private static final Set<String> BESIDE_READY = Set.of(DELIVERING, PUBLISHED);

  private static final Set<String> SUMMARIES = Set.of(RECONCILING, STALLED, READY);

  private final ConditionedStatus before;
  private final List<Condition> kept = new ArrayList<>();
  private final List<Decided> decided = new ArrayList<>();
  private Optional<Shortfall> shortfall = Optional.empty();
  private final long generation;
  private final Clock clock;

  /**
   * @param before what the object's status says so far
   * @param generation of the spec that was looked at
   */
  public Conditions(ConditionedStatus before, long generation, Clock clock) {
    this.before = before;
    this.generation = generation;
    this.clock = clock;
  }

  public Conditions yes(String type, Reason reason, String message) {
    return set(type, "True", reason, message);
  }

  public Conditions no(String type, Reason reason, String message) {
    return set(type, "False", reason, message);
  }

  /** Accepted: the references are admitted, and the rest of the spec is in order, too, or not. */
  public Conditions accepted(Admission<?> rest, String message) {
    return rest instanceof Admission.Refused<?> refused
        ? no(ACCEPTED, refused.reason(), refused.message())
        : yes(ACCEPTED, Reason.ACCEPTED, message);
  }

  public Conditions unknown(String type, Reason reason, String message) {
    return set(type, "Unknown", reason, message);
  }

  /** Whether no condition of the type says so yet. */
  public boolean isNews(String type, String message) {
    return before
        .condition(type)
        .filter(condition -> condition.getMessage().equals(message))
        .isEmpty();
  }

  /** True for the reason for which it was true before, else for the given one. */
  public Conditions again(String type, Reason reason, String message) {
    Optional<Condition> same = before.condition(type).filter(old -> old.getStatus().equals("True"));
    decided.add(
        new Decided(
            reason,
            condition(
                type,
                "True",
                same.map(Condition::getReason).orElse(reason.text()),
                same.map(Condition::getMessage).orElse(message))));
    return this;
  }

  /** An object whose other conditions are all true is not Ready either, for this reason. */
  public void fallShort(Reason reason, String message) {
    shortfall = Optional.of(new Shortfall(reason, message));
  }

  /**
   * With {@code Ready} last: false for the reason of the first that is not true, or else for the
   * shortfall.
   */
  public List<Condition> summed(String readyMessage) {
    Optional<Shortfall> missing =
        decided.stream()
            .filter(it -> !BESIDE_READY.contains(it.condition().getType()))
            .filter(it -> !it.condition().getStatus().equals("True"))
            .map(it -> new Shortfall(it.reason(), it.condition().getMessage()))
            .findFirst()
            .or(() -> shortfall);
    if (missing.isPresent()) {
      return notReady(missing.get().reason(), missing.get().message());
    }
    yes(READY, Reason.READY, readyMessage);
    return all();
  }

  /**
   * False since a time that the message tells. While the reason stays, so do time and message.
   *
   * @param message of the time since when
   */
  public void noSince(String type, Reason reason, Function<Instant, String> message) {
    no(
        type,
        reason,
        before
            .condition(type)
            .filter(old -> old.getStatus().equals("False"))
            .filter(old -> old.getReason().equals(reason.text()))
            .map(Condition::getMessage)
            .orElseGet(() -> message.apply(clock.instant())));
  }

  /** With {@code Ready} last: false, for a reason that no other condition need tell. */
  List<Condition> notReady(Reason reason, String message) {
    switch (reason.outlook()) {
      case RECONCILING -> yes(RECONCILING, reason, message);
      case STALLED -> yes(STALLED, reason, message);
      case CURRENT -> throw new IllegalArgumentException(reason + " keeps nothing from Ready");
    }
    no(READY, reason, message);
    return all();
  }

  /** Of an object that waits to go: what was said stays, and does not count in the sum. */
  public List<Condition> waiting(Reason reason, String message) {
    before.conditions().stream()
        .filter(condition -> !SUMMARIES.contains(condition.getType()))
        .forEach(kept::add);
    return notReady(reason, message);
  }

  private List<Condition> all() {
    return Stream.concat(kept.stream(), decided.stream().map(Decided::condition)).toList();
  }

  public static boolean isTrue(ConditionedStatus status, String type) {
    return status
        .condition(type)
        .filter(condition -> condition.getStatus().equals("True"))
        .isPresent();
  }

  /** How many objects there are, and how many of them are Ready, by their statuses. */
  public static Totals totals(List<? extends ConditionedStatus> statuses) {
    long ready = statuses.stream().filter(status -> isTrue(status, READY)).count();
    return new Totals(statuses.size(), Math.toIntExact(ready));
  }

  private record Decided(Reason reason, Condition condition) {}

  /** What keeps an object from being Ready. */
  private record Shortfall(Reason reason, String message) {}

  /** What is decided later of a type takes the place of what was decided before. */
  private Conditions set(String type, String status, Reason reason, String message) {
    Decided latest = new Decided(reason, condition(type, status, reason.text(), message));
    OptionalInt place =
        IntStream.range(0, decided.size())
            .filter(i -> decided.get(i).condition().getType().equals(type))
            .findFirst();
    if (place.isPresent()) {
      decided.set(place.getAsInt(), latest);
    } else {
      decided.add(latest);
    }
    return this;
  }

  private Condition condition(String type, String status, String reason, String message) {
    String since =
        before
            .condition(type)
            .filter(old -> old.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
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
