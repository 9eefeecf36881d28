package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.file.InputFile;
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

/** Lists the subscriptions that receive an event, before a service publishes it. */
@Command(
    name = "who",
    mixinStandardHelpOptions = true,
    description = {
      "Who receives this event? Lists the subscriptions, the routes that bring the event, and the reason"
          + " for each subscription that does not receive it.",
      "The custom resources alone decide. The command sends no event, and does not ask AWS."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a subscription receives the event",
      "1:no subscription receives the event",
      "2:the command can't read the event or the cluster",
      "3:you may not see the objects that decide"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone who Order.Created",
      "  kubectl backbone who Order.Created --from orders/orders",
      "  kubectl backbone who --event order.json -o json"
    })
final class WhoCommand implements Callable<Integer> {

  /** An event, by its detail type or by its content. */
  static final class Event {

    @Parameters(
        paramLabel = "DETAIL_TYPE",
        description = "The event's detail type. The answer covers every content.")
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

  @Option(
      names = "--all",
      description = "Also lists every subscription that does not receive the event.")
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
