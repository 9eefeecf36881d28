package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.print.Tables;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Json;
import io.eventbackbone.cli.reception.Question;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who receives an event, before it happens. */
@Command(
    name = "who",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which subscriptions receive an event, by which route, and of the others why not.",
      "It is decided by the custom resources alone: no event is sent, and AWS is not asked."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a subscription receives it",
      "1:none does",
      "2:the question could not be asked",
      "3:you may not see what decides"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone who Order.Created",
      "  kubectl backbone who Order.Created --from orders/orders",
      "  kubectl backbone who --event order.json -o json"
    })
final class WhoCommand implements Callable<Integer> {

  /** Of which nothing, or everything, is known. */
  static final class Event {

    @Parameters(
        paramLabel = "DETAIL_TYPE",
        description = "The event's detail type: what else it has is left open.")
    private Optional<String> detailType = Optional.empty();

    @Option(
        names = "--event",
        required = true,
        paramLabel = "FILE",
        description =
            "The event as JSON, as EventBridge delivers it or as an entry of PutEvents; - reads"
                + " standard input.")
    private Optional<String> file = Optional.empty();

    private Facts facts() {
      return file.map(Event::read).orElseGet(() -> Facts.ofType(detailType.orElseThrow()));
    }

    private static Facts read(String file) {
      try {
        return Facts.ofEvent(Json.read(InputFile.read("--event", file)));
      } catch (IllegalArgumentException e) {
        throw new Failure("--event %s: %s".formatted(file, e.getMessage()), e);
      }
    }
  }

  @Mixin private ClusterOptions cluster;
  @Mixin private OutputOptions output;

  @ArgGroup(multiplicity = "1")
  private Event event;

  @Option(
      names = "--from",
      paramLabel = "NAMESPACE/BUS",
      description = "The ServiceAccountBus of the service that sends the event.")
  private Optional<ObjectName> from = Optional.empty();

  @Option(names = "--all", description = "Lists every subscription that receives nothing, too.")
  private boolean isEverythingShown;

  @Override
  public Integer call() {
    Facts facts = event.facts();
    Sight sight = cluster.read();
    Optional<ServiceAccountBus> sender = from.map(it -> it.bus("--from", sight));
    Receivers answer = new Question(facts, sender, cluster.namespace()).answer(sight);
    return output.print(
        answer,
        () ->
            Tables.of(answer, isEverythingShown ? Tables.Detail.EVERYTHING : Tables.Detail.SHORT));
  }
}
