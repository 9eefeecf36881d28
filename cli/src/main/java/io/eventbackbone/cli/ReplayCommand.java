package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplaySpec;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.eventbackbone.cli.answer.Replay;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.LoggedEvents;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.health.EventReplayProgress;
import io.eventbackbone.cli.print.Tables;
import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.core.catalog.Catalog;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates an EventReplay, and follows it. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a subscription receive the archived events of a time again: creates an EventReplay.",
      "EventBridge bills each replayed event like a published one, and delivers them in no order. The"
          + " subscription's queue receives each event that its filter matches, with the replay's name."
          + " The same replay runs once: after the command has ended, run it again to go on waiting."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the EventReplay is there; with --wait, it is completed",
      "1:the operator refuses the replay, or the replay ended before its end",
      "2:the command can't read or write the cluster",
      "3:with --dry-run: you may not read the audit log of the bus, or the log is off"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone replay deliveries/orders --from 2026-11-28T12:00:00Z --to"
          + " 2026-11-28T18:00:00Z --dry-run",
      "  kubectl backbone replay deliveries/orders --from 2026-11-28T12:00:00Z --to"
          + " 2026-11-28T18:00:00Z --wait"
    })
final class ReplayCommand implements Callable<Integer> {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** In the name of a replay, which may hold no colon. */
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "NAMESPACE/SUBSCRIPTION",
      description = "The EventSubscription that receives the events again.")
  private ObjectName name;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Time of the first event (RFC 3339), for instance 2026-11-28T12:00:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      description = "Time after the last event (RFC 3339).")
  private Instant to;

  @Option(
      names = "--name",
      description = "Name of the EventReplay (default: the subscription's with both times).")
  private Optional<String> replayName = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Counts the events by the audit log of the bus, and creates nothing.")
  private boolean isDryRun;

  @Option(
      names = "--wait",
      description = "Waits for the end of the replay, and shows its progress.")
  private boolean isWaiting;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How long --wait waits, for instance 90s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws InterruptedException {
    if (!from.isBefore(to)) {
      throw new Failure("--from %s is not before --to %s".formatted(from, to));
    }
    Replay answer = isDryRun ? count() : replay();
    return output.print(answer, () -> Tables.of(answer));
  }

  private Replay count() {
    Sight sight = cluster.read();
    EventSubscription subscription = name.subscription("replay", sight);
    try (AwsAccess access = aws.open()) {
      View<Long> events =
          AuditLog.of(subscription, sight)
              .then(log -> new LoggedEvents(access).count(log, from, to));
      List<String> unseen =
          switch (events) {
            case View.Seen<Long> seen -> List.of();
            case View.Missing<Long> missing ->
                List.of("AWS does not have the audit log of the bus");
            case View.Unseen<Long>(String why) -> List.of(why);
          };
      return answer(EventReplayProgress.NONE, unseen, events.seen());
    }
  }

  private Replay replay() throws InterruptedException {
    try (KubernetesClient client = cluster.client()) {
      Resource<EventReplay> replay = client.resource(wanted());
      create(replay);
      EventReplayProgress progress =
          isWaiting ? awaitEnd(replay) : EventReplayProgress.of(read(replay));
      return answer(progress, List.of(), Optional.empty());
    }
  }

  private EventReplay wanted() {
    EventReplay replay = new EventReplay();
    replay.setMetadata(
        new ObjectMetaBuilder().withNamespace(name.namespace()).withName(objectName()).build());
    replay.setSpec(
        new EventReplaySpec(
            new LocalReference(name.name()), null, null, from.toString(), to.toString(), null));
    return replay;
  }

  private String objectName() {
    return replayName.orElseGet(
        () -> "%s-%s-%s".formatted(name.name(), NAME.format(from), NAME.format(to)));
  }

  /** Creates the object, or finds the same one that is there. */
  private void create(Resource<EventReplay> replay) {
    try {
      replay.create();
      tell("Created EventReplay %s/%s.".formatted(name.namespace(), objectName()));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      if (!read(replay).getSpec().equals(wanted().getSpec())) {
        throw new Failure(
            "EventReplay %s/%s replays something else: choose another --name"
                .formatted(name.namespace(), objectName()));
      }
    }
  }

  private EventReplay read(Resource<EventReplay> replay) {
    EventReplay found = replay.get();
    if (found == null) {
      throw new Failure("EventReplay %s/%s was deleted".formatted(name.namespace(), objectName()));
    }
    return found;
  }

  private EventReplayProgress awaitEnd(Resource<EventReplay> replay) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    EventReplayProgress progress = EventReplayProgress.of(read(replay));
    String told = "";
    while (!progress.hasEnded() && System.nanoTime() < end) {
      String bar = progress.bar(from, to);
      if (!bar.equals(told)) {
        tell(bar);
        told = bar;
      }
      Thread.sleep(LOOK_AGAIN);
      progress = EventReplayProgress.of(read(replay));
    }
    return progress;
  }

  private void tell(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private Replay answer(EventReplayProgress progress, List<String> unseen, Optional<Long> events) {
    return new Replay(
        unseen,
        name.toString(),
        name.namespace() + "/" + objectName(),
        from.toString(),
        to.toString(),
        isDryRun,
        events,
        progress.phase().map(Catalog::keyword),
        progress.lastReplayedTime(),
        progress.code(),
        progress.message());
  }
}
