package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Observation;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.LogSample;
import io.eventbackbone.cli.aws.LogSample.Sample;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.contract.Observer;
import io.eventbackbone.cli.print.TypeTables;
import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.View;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.AdmittedBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the events that flow keep their contracts. */
@Command(
    name = "observe",
    mixinStandardHelpOptions = true,
    description = {
      "Holds events of an audit log to their event types: it counts the detail types that no EventType"
          + " has, and the events that break their contract, with the places in them.",
      "It prints no value of an event. It reads the log of the global bus, or with --bus that of a"
          + " local bus, and creates nothing in AWS."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every event has an EventType, and keeps its contract",
      "1:an event has no EventType, or breaks its contract",
      "2:the cluster or AWS can't be asked",
      "3:you may not see the audit log, or the event types"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone types observe --since 1d",
      "  kubectl backbone types observe --bus deliveries/deliveries -o json"
    })
final class TypesObserveCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;
  @Mixin private OutputOptions output;

  @Option(
      names = "--bus",
      paramLabel = "NAMESPACE/BUS",
      description = "The ServiceAccountBus whose log is read (default: the log of the global bus).")
  private Optional<ObjectName> bus = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How far back (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(
      names = "--limit",
      paramLabel = "EVENTS",
      defaultValue = "10000",
      description =
          "Reads at most so many events. Of more, it reads some of each tenth of the time (default:"
              + " ${DEFAULT-VALUE}).")
  private int limit;

  /** A log, and the backbone whose event types are asked about. */
  private record Subject(HasMetadata owner, EventBackbone backbone) {}

  @Override
  public Integer call() {
    Sight sight = cluster.read();
    Subject subject = bus.map(it -> ofBus(it, sight)).orElseGet(() -> ofBackbone(sight));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Observation answer = observe(subject, sight, now);
    return output.print(answer, () -> TypeTables.of(answer));
  }

  private Observation observe(Subject subject, Sight sight, Instant now) {
    return switch (AuditLog.of(subject.owner(), sight)) {
      case View.Seen<AuditLog>(AuditLog log) -> {
        try (AwsAccess access = aws.open()) {
          yield switch (new LogSample(access).of(log, now.minus(since), now, limit)) {
            case View.Seen<Sample>(Sample sample) ->
                new Observation(
                    sight.unseen(),
                    name(log),
                    now.minus(since).toString(),
                    sample.events().size(),
                    sample.extent(),
                    new Observer(sight, subject.backbone())
                        .observe(sample.events().stream().map(Logged::event)));
            case View.Missing<Sample> missing ->
                unseen(now, name(log), name(log) + ": AWS does not have it");
            case View.Unseen<Sample>(String why) -> unseen(now, name(log), why);
          };
        }
      }
      case View.Missing<AuditLog> missing -> throw new Failure("a bus has an audit log");
      case View.Unseen<AuditLog>(String why) -> unseen(now, "", why);
    };
  }

  private static String name(AuditLog log) {
    return "%s in account %s".formatted(log.group(), log.scope().accountId());
  }

  private Observation unseen(Instant now, String log, String why) {
    return new Observation(
        List.of(why), log, now.minus(since).toString(), 0, Observation.Extent.ALL, List.of());
  }

  private Subject ofBus(ObjectName name, Sight sight) {
    ServiceAccountBus found = name.bus("--bus", sight);
    return switch (sight.snapshot().admissions().bus(found)) {
      case Admitted<AdmittedBus>(AdmittedBus admitted) ->
          new Subject(found, admitted.backbone().resource());
      case Refused<AdmittedBus> refused ->
          throw new Failure(
              "--bus: the operator does not accept %s: %s".formatted(name, refused.message()));
    };
  }

  private Subject ofBackbone(Sight sight) {
    EventBackbone backbone =
        cluster
            .backbone(sight, "name a ServiceAccountBus with --bus, which has a log of its own")
            .resource();
    return new Subject(backbone, backbone);
  }
}
