package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.FlowingEvent;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.LogTail;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.print.Format;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.trace.AuditLog;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.pattern.Filters;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Prints events as they come. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Prints each event that an audit log gets, as one line of JSON, until you interrupt the command.",
      "The command reads the audit log of the global bus, or with --to the log of the subscription's"
          + " local bus. It creates nothing in AWS."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone tail --type Order.Created",
      "  kubectl backbone tail --to orders/deliveries --since 10m --payload"
    })
final class TailCommand implements Callable<Integer> {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;

  @Option(names = "--type", paramLabel = "DETAIL_TYPE", description = "Only events of this type.")
  private Optional<String> type = Optional.empty();

  @Option(names = "--from", paramLabel = "SOURCE", description = "Only events with this Source.")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NAMESPACE/SUBSCRIPTION",
      description = "Only events that the filter of this EventSubscription matches.")
  private Optional<ObjectName> to = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "0s",
      description = "Begins with events that the log already has (default: with the next event).")
  private Duration since;

  @Option(
      names = "--max-rate",
      paramLabel = "EVENTS",
      defaultValue = "100",
      description =
          "Prints at most so many events a second, and counts the others (default: ${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = "--limit",
      paramLabel = "EVENTS",
      defaultValue = "9223372036854775807",
      description = "Ends after so many events (default: never).")
  private long limit;

  @Option(names = "--payload", description = "Also prints the payloads.")
  private boolean hasPayload;

  @Override
  public Integer call() throws InterruptedException {
    AuditLog log = log(cluster.read());
    try (AwsAccess access = aws.open()) {
      follow(
          new LogTail(
              access,
              log.scope(),
              log.group(),
              type.or(() -> source).orElse(""),
              Instant.now().minus(since)),
          log);
      return 0;
    } catch (SdkException e) {
      throw new Failure(
          "log group %s in account %s can't be read: %s"
              .formatted(log.group(), log.scope().accountId(), AwsAccess.words(e)),
          e);
    }
  }

  private void follow(LogTail tail, AuditLog log) throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    long printed = 0;
    while (true) {
      List<Logged> events = tail.next().stream().filter(log.isOfObject()).toList();
      long room = perSecond * LOOK_AGAIN.toSeconds();
      for (Logged logged : events.subList(0, (int) Math.min(events.size(), room))) {
        out.println(Format.line(line(logged)));
        if (++printed >= limit) {
          out.flush();
          return;
        }
      }
      out.flush();
      if (events.size() > room) {
        command
            .commandLine()
            .getErr()
            .printf("%d more were left out (--max-rate %d)%n", events.size() - room, perSecond);
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private FlowingEvent line(Logged logged) {
    return hasPayload
        ? FlowingEvent.withPayload(logged.event())
        : FlowingEvent.withoutPayload(logged.event());
  }

  private AuditLog log(Sight sight) {
    return to.map(it -> ofSubscription(it, sight)).orElseGet(() -> ofBackbone(sight));
  }

  private AuditLog ofSubscription(ObjectName name, Sight sight) {
    Admission<AdmittedSubscription> admission =
        sight.snapshot().admissions().subscription(name.subscription("--to", sight));
    return switch (admission) {
      case Admitted<AdmittedSubscription> admitted -> ofSubscription(admitted.value());
      case Refused<AdmittedSubscription> refused ->
          throw new Failure(
              "--to: the operator does not accept %s: %s".formatted(name, refused.message()));
    };
  }

  private AuditLog ofSubscription(AdmittedSubscription subscription) {
    if (!subscription.bus().audit().enabled()) {
      throw new Failure(
          "the audit log of ServiceAccountBus %s is off: set spec.audit.enabled to true"
              .formatted(Snapshot.key(subscription.bus().resource())));
    }
    var filter = Filters.conditions(subscription.resource().getSpec().filter());
    return new AuditLog(
        subscription.bus().scope(),
        subscription.bus().logGroupName(),
        it -> isWanted(it) && Facts.ofEvent(it.event()).mismatches(filter).isEmpty());
  }

  private AuditLog ofBackbone(Sight sight) {
    AdmittedBackbone backbone =
        cluster.backbone(sight, "name a subscription with --to, whose bus has a log of its own");
    if (!backbone.spec().audit().enabled()) {
      throw new Failure(
          "the audit log of EventBackbone %s is off: set spec.audit.enabled to true"
              .formatted(Snapshot.key(backbone.resource())));
    }
    return new AuditLog(backbone.scope(), backbone.logGroupName(), this::isWanted);
  }

  private boolean isWanted(Logged logged) {
    return type.stream().allMatch(logged.event().path(Filters.DETAIL_TYPE).asText()::equals)
        && source.stream().allMatch(logged.event().path("source").asText()::equals);
  }
}
