package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedReplay;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.ReplayAdmissions;
import io.eventbackbone.core.model.ReplayPlace;
import io.eventbackbone.core.model.ReplayReport;
import io.eventbackbone.core.resource.Replay;
import io.eventbackbone.core.resource.ReplayProgress;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.operator.aws.AwsSession;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Messages;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.ApplyOutcome;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.Hindrance;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts a replay once, and follows it to its end. AWS remembers a replay by its name, which is a
 * hash of the object: so a process that knows nothing finds what an earlier one has started.
 */
@ControllerConfiguration(name = "eventreplay")
final class EventReplayReconciler extends ResourceReconciler<EventReplay, EventReplayStatus>
    implements Cleaner<EventReplay> {

  /** No event tells how far a replay is, that another has ended, or that an archive appeared. */
  private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

  private static final Duration NEXT_TRY = Duration.ofSeconds(30);
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private static final Hindrance NOWHERE =
      new Hindrance(
          Reason.REFERENCE_NOT_FOUND, "nothing tells any more in which account the replay runs");

  private final ReplayAdmissions admissions;
  private final Topology topology;
  private final AwsSessions sessions;

  EventReplayReconciler(
      Inventory inventory, Topology topology, AwsSessions sessions, ReconcilerContext shared) {
    super(EventReplay.class, shared);
    this.admissions = new ReplayAdmissions(inventory, shared.clock());
    this.topology = topology;
    this.sessions = sessions;
  }

  @Override
  ReconcileResult<EventReplayStatus> decide(
      EventReplay replay, Conditions conditions, Context<EventReplay> context) {
    if (replay.getStatus().hasFinished()) {
      return finished(replay, context.getClient());
    }
    Admission<AdmittedReplay> admission = admissions.replay(replay);
    Optional<ReplayPlace> place =
        Admissions.readable(replay).admitted().flatMap(admissions::placeOf);
    if (place.isEmpty()) {
      Optional<Hindrance> lost = replay.getStatus().startedReplay().map(started -> NOWHERE);
      return waiting(replay, admission, lost, conditions);
    }
    Optional<String> unready = Accounts.unready(place.get().account());
    if (unready.isPresent()) {
      return waiting(replay, admission, unready.map(Hindrance::ofAccount), conditions);
    }
    AwsSession session = session(place.get());
    Replay.Id id = topology.replayId(replay, place.get().scope());
    try {
      Optional<ReplayProgress> progress = session.replay(id);
      return progress.isPresent()
          ? follow(new Followed(replay, id, progress.get()), admission, session, conditions)
          : begin(replay, admission, session, conditions);
    } catch (AwsFailureException e) {
      return failed(replay, admission, e.failure(), conditions);
    }
  }

  private AwsSession session(ReplayPlace place) {
    return sessions.session(Accounts.access(place.account()), place.scope().region());
  }

  /** Nothing is asked of AWS any more: it forgets replays. */
  private ReconcileResult<EventReplayStatus> finished(EventReplay replay, KubernetesClient client) {
    EventReplayStatus status = replay.getStatus();
    Optional<Duration> left = admissions.stayLeft(replay);
    if (left.isEmpty()) {
      return ReconcileResult.untilChange(status);
    }
    if (left.get().isPositive()) {
      return new ReconcileResult<>(status, new Reschedule.Recheck(left.get()));
    }
    client.resource(replay).delete();
    return ReconcileResult.untilChange(status);
  }

  private ReconcileResult<EventReplayStatus> waiting(
      EventReplay replay,
      Admission<AdmittedReplay> admission,
      Optional<Hindrance> hindrance,
      Conditions conditions) {
    accept(replay, admission, conditions);
    hindrance.ifPresent(it -> it.in(conditions));
    return untilChange(conditions, replay.getStatus(), replay);
  }

  /** Once a replay has begun, its admission no longer counts. */
  private static void accept(
      EventReplay replay, Admission<AdmittedReplay> admission, Conditions conditions) {
    if (replay.getStatus().startedReplay().isPresent()) {
      acceptAgain(conditions);
      return;
    }
    switch (admission) {
      case Refused<AdmittedReplay>(Reason reason, String message) ->
          conditions.no(Conditions.ACCEPTED, reason, message);
      case Admitted<AdmittedReplay>(AdmittedReplay admitted) ->
          accept(admitted.warnings(), conditions);
    }
  }

  private static Conditions acceptAgain(Conditions conditions) {
    return conditions.again(
        Conditions.ACCEPTED, Reason.ACCEPTED, "the replay was accepted when it began");
  }

  /** Returns what the condition says. */
  private static String accept(List<String> warnings, Conditions conditions) {
    String message =
        Messages.withWarnings("the archive and the receivers admit the replay", warnings);
    conditions.yes(Conditions.ACCEPTED, Reason.ACCEPTED, message);
    return message;
  }

  /** AWS does not know the replay. It may not be the first time that the operator asks. */
  private ReconcileResult<EventReplayStatus> begin(
      EventReplay replay,
      Admission<AdmittedReplay> admission,
      AwsSession session,
      Conditions conditions) {
    if (replay.getStatus().startedReplay().isPresent()) {
      return forgotten(replay, conditions);
    }
    Optional<AdmittedReplay> admitted = admission.admitted();
    Optional<Hindrance> hindrance = admitted.flatMap(EventReplayReconciler::hindrance);
    if (admitted.isEmpty() || hindrance.isPresent()) {
      return waiting(replay, admission, hindrance, conditions);
    }
    accept(replay, admission, conditions);
    Optional<Instant> since = session.archivedSince(admitted.get().archive().key());
    if (since.isEmpty()) {
      new Hindrance(Reason.BUS_NOT_READY, "waits for the archive of the bus").in(conditions);
      return new ReconcileResult<>(
          with(conditions.summed(""), replay.getStatus(), replay),
          new Reschedule.Recheck(NEXT_TRY));
    }
    return begin(admitted.get(), since.get(), session, conditions);
  }

  private static Optional<Hindrance> hindrance(AdmittedReplay replay) {
    return replay
        .missingRules()
        .map(it -> new Hindrance(Reason.RECEIVER_NOT_READY, "waits for " + it))
        .or(() -> replay.observing().map(it -> new Hindrance(Reason.OBSERVING, it)));
  }

  /**
   * The status tells the warnings before the replay starts. After the start nothing else could tell
   * them to a process that did not start the replay itself.
   */
  private ReconcileResult<EventReplayStatus> begin(
      AdmittedReplay admitted, Instant since, AwsSession session, Conditions conditions) {
    EventReplay resource = admitted.resource();
    int retentionDays = admitted.archive().settings().retentionDays();
    Admission<List<String>> archived =
        admitted.window().in(since, retentionDays, shared.clock().instant());
    if (archived instanceof Refused<List<String>>(Reason reason, String message)) {
      conditions.no(Conditions.ACCEPTED, reason, message);
      return untilChange(conditions, resource.getStatus(), resource);
    }
    List<String> warnings =
        Stream.concat(admitted.warnings().stream(), archived.admitted().orElse(List.of()).stream())
            .toList();
    if (conditions.isNews(Conditions.ACCEPTED, accept(warnings, conditions))) {
      conditions.fallShort(Reason.REPLAYING, "the replay is about to start");
      return new ReconcileResult<>(
          with(conditions.summed(""), resource.getStatus(), resource), new Reschedule.Again());
    }
    Replay replay = topology.of(admitted);
    session.start(replay);
    shared.events().record(resource, EventType.NORMAL, Reason.REPLAYING, "started " + replay);
    conditions
        .yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "AWS has the replay")
        .fallShort(Reason.REPLAYING, "AWS begins to replay");
    return new ReconcileResult<>(
        with(conditions.summed(""), resource.getStatus(), resource).toBuilder()
            .phase(Phase.RUNNING)
            .replayArn(replay.id().arn())
            .build(),
        new Reschedule.Again());
  }

  /** A replay is not started a second time, even if AWS knows nothing of the first any more. */
  private ReconcileResult<EventReplayStatus> forgotten(EventReplay replay, Conditions conditions) {
    String message = "AWS does not know the replay any more: it forgets replays after 90 days";
    acceptAgain(conditions).no(Conditions.PROGRAMMED, Reason.REPLAY_FAILED, message);
    shared.events().record(replay, EventType.WARNING, Reason.REPLAY_FAILED, message);
    return ReconcileResult.untilChange(
        with(conditions.summed(""), replay.getStatus(), replay).toBuilder()
            .phase(Phase.FAILED)
            .completionTime(text(Optional.of(shared.clock().instant())))
            .build());
  }

  /** A replay that AWS has. */
  private record Followed(EventReplay resource, Replay.Id id, ReplayProgress progress) {}

  /**
   * Cancels a replay that the archive's owner no longer admits. Nothing else ends a running replay.
   */
  private ReconcileResult<EventReplayStatus> follow(
      Followed replay,
      Admission<AdmittedReplay> admission,
      AwsSession session,
      Conditions conditions) {
    EventReplay resource = replay.resource();
    if (replay.progress().isActive()
        && admission instanceof Refused<AdmittedReplay>(Reason reason, String message)
        && reason == Reason.REFERENCE_NOT_ALLOWED) {
      session.cancel(replay.id());
      shared.events().record(resource, EventType.WARNING, Reason.WITHDRAWN, message);
      return new ReconcileResult<>(resource.getStatus(), new Reschedule.Again());
    }
    acceptAgain(conditions).yes(Conditions.PROGRAMMED, Reason.PROGRAMMED, "AWS has the replay");
    ReplayReport report = ReplayReport.of(replay.progress());
    boolean isReady = report.phase() == Phase.COMPLETED;
    if (!isReady) {
      conditions.fallShort(report.reason(), report.message());
    }
    EventReplayStatus status = status(replay, report.phase(), conditions.summed(report.message()));
    if (!report.phase().isFinal()) {
      return new ReconcileResult<>(status, new Reschedule.Recheck(NEXT_LOOK));
    }
    EventType type = isReady ? EventType.NORMAL : EventType.WARNING;
    shared.events().record(resource, type, report.reason(), report.message());
    return new ReconcileResult<>(status, new Reschedule.Again());
  }

  private EventReplayStatus status(Followed replay, Phase phase, List<Condition> conditions) {
    ReplayProgress progress = replay.progress();
    return with(conditions, replay.resource().getStatus(), replay.resource()).toBuilder()
        .phase(phase)
        .replayArn(replay.id().arn())
        .lastReplayedTime(text(progress.lastReplayed()))
        .startTime(text(progress.started()))
        .completionTime(text(progress.ended()))
        .build();
  }

  private static String text(Optional<Instant> time) {
    return time.map(it -> it.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
  }

  private ReconcileResult<EventReplayStatus> failed(
      EventReplay replay,
      Admission<AdmittedReplay> admission,
      AwsFailure failure,
      Conditions conditions) {
    accept(replay, admission, conditions);
    boolean mustWait = failure instanceof AwsFailure.QuotaExceeded;
    Reason reason = mustWait ? Reason.REPLAYS_EXHAUSTED : FailureReasons.of(failure);
    if (conditions.isNews(Conditions.PROGRAMMED, failure.message())) {
      shared.events().record(replay, EventType.WARNING, reason, failure.message());
    }
    conditions.no(Conditions.PROGRAMMED, reason, failure.message());
    return new ReconcileResult<>(
        with(conditions.summed(""), replay.getStatus(), replay),
        mustWait ? new Reschedule.Recheck(NEXT_TRY) : Reschedule.after(failure, RECHECK));
  }

  @Override
  EventReplayStatus with(List<Condition> conditions, EventReplayStatus status, EventReplay replay) {
    return status.toBuilder()
        .observedGeneration(replay.getMetadata().getGeneration())
        .phase(Optional.ofNullable(status.phase()).orElse(Phase.PENDING))
        .conditions(conditions)
        .build();
  }

  @Override
  public DeleteControl cleanup(EventReplay replay, Context<EventReplay> context) {
    return cleanUp(replay, context, report -> cancelled(replay, report));
  }

  private DeleteControl cancelled(
      EventReplay replay, StatusReport<EventReplay, EventReplayStatus> report) {
    if (replay.getStatus().hasFinished()) {
      return shared.finalization().conclude(List.of(), report);
    }
    Optional<ReplayPlace> place = admissions.placeOf(replay);
    if (place.isEmpty()) {
      return shared.finalization().letGo(replay, NOWHERE.reason(), NOWHERE.message());
    }
    try {
      if (place.get().managementPolicy() == ManagementPolicy.MANAGE) {
        session(place.get()).cancel(topology.replayId(replay, place.get().scope()));
      }
      return shared.finalization().conclude(List.of(), report);
    } catch (AwsFailureException e) {
      return shared
          .finalization()
          .conclude(List.of(new ApplyOutcome.Failed(e.failure(), Optional.empty())), report);
    }
  }
}
