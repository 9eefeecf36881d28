package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplaySpec;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Difference.ReplayStart;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.difference.Problems.Found;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedReplay;
import io.eventbackbone.core.model.ReplayAdmissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The replays that begin because of a change, and those that a manifest can't change. */
record ReplayChanges(Sight before, Sight after) {

  /** Every object of a sight has a time of creation, so no answer depends on the clock. */
  static ReplayAdmissions admissions(Sight sight) {
    return new ReplayAdmissions(sight.snapshot(), InstantSource.system());
  }

  /** What the API server refuses. */
  Set<Found> refusals() {
    return replays(after)
        .filter(this::isChanged)
        .map(it ->
            new Found(
                Admissions.describe(it),
                Code.NOT_ACCEPTED,
                "a replay runs once, and its spec never changes: create another EventReplay"))
        .collect(Collectors.toSet());
  }

  private boolean isChanged(EventReplay replay) {
    return before
        .snapshot()
        .sameAs(replay)
        .filter(it -> !replay.getSpec().equals(((EventReplay) it).getSpec()))
        .isPresent();
  }

  /** Admitted replays that were not there or not admitted before. */
  List<ReplayStart> starts() {
    Set<String> begun =
        starts(before).map(ReplayStart::replay).collect(Collectors.toUnmodifiableSet());
    return starts(after).filter(it -> !begun.contains(it.replay())).toList();
  }

  private Stream<ReplayStart> starts(Sight sight) {
    ReplayAdmissions admissions = admissions(sight);
    return replays(sight)
        .filter(it -> it.getStatus().startedReplay().isEmpty() && !it.getStatus().hasFinished())
        .filter(it -> !isChanged(it))
        .flatMap(it -> start(it, admissions, sight).stream());
  }

  private static Stream<EventReplay> replays(Sight sight) {
    return sight.snapshot().readable(EventReplay.class);
  }

  private static Optional<ReplayStart> start(
      EventReplay replay, ReplayAdmissions admissions, Sight sight) {
    return switch (admissions.replay(replay)) {
      case Admitted<AdmittedReplay>(AdmittedReplay admitted) ->
          Optional.of(start(replay, warnings(admitted)));
      case Refused<AdmittedReplay> refused when Problems.isUndecided(refused, sight) ->
          Optional.of(
              start(
                  replay, List.of("what you may see does not tell of this: " + refused.message())));
      case Refused<AdmittedReplay> refused -> Optional.empty();
    };
  }

  private static List<String> warnings(AdmittedReplay replay) {
    return Stream.of(
            replay.warnings().stream(),
            replay.missingRules().stream().map("the replay waits for "::concat),
            replay.observing().stream())
        .flatMap(it -> it)
        .toList();
  }

  private static ReplayStart start(EventReplay replay, List<String> warnings) {
    EventReplaySpec spec = replay.getSpec();
    String namespace = replay.getMetadata().getNamespace();
    String receiver =
        spec.subscription()
            .map(it -> "EventSubscription %s/%s".formatted(namespace, it.name()))
            .or(() ->
                spec.backbone()
                    .map(it ->
                        "selected buses of EventBackbone %s/%s".formatted(namespace, it.name())))
            .orElse("");
    return new ReplayStart(Snapshot.key(replay), receiver, spec.from(), spec.to(), warnings);
  }
}
