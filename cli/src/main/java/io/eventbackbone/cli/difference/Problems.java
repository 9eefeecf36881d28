package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Difference.Problem;
import io.eventbackbone.cli.answer.Difference.State;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Reception;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedReplay;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.ReplayAdmissions;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.model.TypeAdmissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with the custom resources of a cluster, by themselves and by each other. */
final class Problems {

  /** What is wrong with one of them. */
  record Found(String object, Code code, String message) {

    Problem as(State state) {
      return new Problem(state, object, code, message);
    }
  }

  private static final Set<Reason> OF_REFERENCES =
      Set.of(Reason.REFERENCE_NOT_FOUND, Reason.REFERENCE_NOT_ALLOWED, Reason.REFERENCE_REFUSED);

  private final Sight sight;
  private final Admissions admissions;
  private final TypeAdmissions types;
  private final ReplayAdmissions replays;
  private final Reception reception;

  private Problems(Sight sight, Reception reception) {
    this.sight = sight;
    admissions = sight.snapshot().admissions();
    types = new TypeAdmissions(sight.snapshot());
    replays = ReplayChanges.admissions(sight);
    this.reception = reception;
  }

  static Set<Found> of(Sight sight, Reception reception) {
    Problems problems = new Problems(sight, reception);
    Set<Found> found = new LinkedHashSet<>();
    sight.snapshot().customResources().forEach(it -> problems.of(it).forEach(found::add));
    return found;
  }

  private Stream<Found> of(BackboneResource<?, ?> object) {
    List<Found> refusals =
        refusals(object)
            .flatMap(it -> it instanceof Refused<?> refused ? Stream.of(refused) : Stream.empty())
            .filter(refused -> !isUndecided(refused, sight))
            .map(refused ->
                new Found(Admissions.describe(object), Code.NOT_ACCEPTED, refused.message()))
            .distinct()
            .toList();
    return refusals.isEmpty() && object instanceof EventSubscription subscription
        ? nothingRouted(subscription)
        : refusals.stream();
  }

  /** Who may not see the referents can't tell whether they admit. */
  static boolean isUndecided(Refused<?> refused, Sight sight) {
    return !sight.seesAdmissions() && OF_REFERENCES.contains(refused.reason());
  }

  private Stream<Admission<?>> refusals(BackboneResource<?, ?> object) {
    if (object.getSpec() == null) {
      return Stream.of(Admissions.readable(object));
    }
    Stream<Admission<?>> byItself = Stream.of(SpecCheck.selectorsOf(object));
    return Stream.concat(
        byItself,
        switch (object) {
          case AwsAccount it -> Stream.of(admissions.account(it));
          case EventBackbone it ->
              Stream.of(
                  admissions.backbone(it), SpecCheck.conventionsOf(it), SpecCheck.archiveOf(it));
          case ServiceAccountBus it ->
              Stream.of(
                  admissions.bus(it),
                  admissions.unrivalled(it),
                  SpecCheck.identifierOf(it),
                  SpecCheck.archiveOf(it));
          case EventRoute it ->
              Stream.of(admissions.backboneOf(it).then(backbone -> admissions.route(it, backbone)));
          case EventSubscription it -> Stream.of(admissions.subscription(it));
          case EventType it ->
              Stream.of(
                  TypeAdmissions.versions(it).then(versions -> Catalog.compatible(it, versions)),
                  types.type(it));
          case EventReplay it -> refusal(it).stream();
          default -> Stream.empty();
        });
  }

  /** A replay that has begun is no longer judged, but its archive's owner can still end it. */
  private Optional<Admission<?>> refusal(EventReplay replay) {
    if (replay.getStatus().hasFinished()) {
      return Optional.empty();
    }
    Admission<AdmittedReplay> admission = replays.replay(replay);
    boolean isWithdrawn =
        admission instanceof Refused<AdmittedReplay> refused
            && refused.reason() == Reason.REFERENCE_NOT_ALLOWED;
    return replay.getStatus().startedReplay().isEmpty() || isWithdrawn
        ? Optional.of(admission)
        : Optional.empty();
  }

  /** Of an accepted subscription that provably gets no event at all. */
  private Stream<Found> nothingRouted(EventSubscription subscription) {
    List<Receiver> ways = reception.of(subscription, Facts.none());
    return ways.stream()
        .filter(it -> it.verdict() == Verdict.NEVER)
        .filter(it -> it.code().filter(code -> code != Code.SUSPENDED).isPresent())
        .map(it ->
            new Found(
                Admissions.describe(subscription),
                it.code().orElseThrow(),
                "it receives nothing: " + it.message().orElseThrow()));
  }
}
