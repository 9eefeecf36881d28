package io.eventbackbone.cli;

import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.AwsWitness;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.print.TraceText;
import io.eventbackbone.cli.trace.PublisherTracer;
import io.eventbackbone.cli.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the way of an event. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the way of an event, hop by hop, with the evidence for each hop and the place where the"
          + " event ended.",
      "The command reads audit logs, rules, policies and the counts of queues with your AWS"
          + " credentials. It receives no message from a queue that has consumers."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every subscription that asks for the event has it in its queue",
      "1:the event ended earlier, or no service published it",
      "2:the command can't read the cluster or AWS",
      "3:you may not see the evidence that decides"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone why 5f2b7c1e-3c54-4a5b-9d6a-0c7f5b1f9a10",
      "  kubectl backbone why 5f2b7c1e-3c54-4a5b-9d6a-0c7f5b1f9a10 --to orders/deliveries --since 1d",
      "  kubectl backbone why --from orders/orders"
    })
final class WhyCommand implements Callable<Integer> {

  /** An event, or a service. */
  static final class Subject {

    @Parameters(
        paramLabel = "EVENT_ID",
        description =
            "EventBridge's id of the event, its metadata.id, or the correlation id of a flow.")
    private Optional<String> id = Optional.empty();

    @Option(
        names = "--from",
        required = true,
        paramLabel = "NAMESPACE/BUS",
        description =
            "The ServiceAccountBus of a service. Shows whether the service may publish, and whether it"
                + " did.")
    private Optional<ObjectName> from = Optional.empty();
  }

  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;
  @Mixin private OutputOptions output;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  @Option(
      names = "--to",
      paramLabel = "NAMESPACE/SUBSCRIPTION",
      description = "Shows the way to this EventSubscription alone.")
  private Optional<ObjectName> to = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "Reads logs back to this time (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(
      names = "--look-into-dead-letters",
      description =
          "Receives the messages of dead-letter queues, and releases them at once. The messages stay,"
              + " and their receive count grows by one.")
  private boolean isLookingIntoDeadLetters;

  @Override
  public Integer call() {
    Sight sight = cluster.read();
    try (AwsAccess access = aws.open()) {
      AwsWitness witness =
          new AwsWitness(
              access,
              isLookingIntoDeadLetters
                  ? AwsWitness.Letters.LOOKED_INTO
                  : AwsWitness.Letters.LEFT_ALONE);
      Instant start = Instant.now().minus(since);
      Trace answer =
          subject
              .from
              .map(it -> new PublisherTracer(sight, witness, start).of(it.bus("--from", sight)))
              .orElseGet(() ->
                  new Tracer(sight, witness, start)
                      .of(subject.id.orElseThrow(), to.map(it -> it.subscription("--to", sight))));
      return output.print(answer, () -> TraceText.of(answer));
    }
  }
}
