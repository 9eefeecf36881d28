package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Redrive;
import io.eventbackbone.cli.answer.Redrive.Forwarding;
import io.eventbackbone.cli.answer.Redrive.Letters;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.DeadLetters;
import io.eventbackbone.cli.aws.DeadLetters.Moved;
import io.eventbackbone.cli.aws.NoAccessException;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.print.Tables;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Moves dead letters back into the queue of a subscription. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Moves the dead letters of a subscription back into its queue: messages that its consumer could"
          + " not handle, or with --delivery events that EventBridge could not deliver.",
      "Mend the cause first. Dead letters of other subscriptions stay where they are. With --delivery"
          + " the command also counts the dead letters that the global bus has for the subscription's"
          + " bus. They stay, too: let the services publish them again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the command moved all of the subscription's dead letters, or there were none",
      "1:SQS did not move some of them",
      "2:the command can't read the cluster or AWS"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone redrive orders/deliveries --dry-run",
      "  kubectl backbone redrive orders/deliveries",
      "  kubectl backbone redrive orders/deliveries --delivery"
    })
final class RedriveCommand implements Callable<Integer> {

  /** Messages between two lines about progress. */
  private static final int TOLD_EVERY = 50;

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "NAMESPACE/SUBSCRIPTION",
      description = "The EventSubscription that has the dead letters.")
  private ObjectName name;

  @Option(
      names = "--delivery",
      description =
          "Moves events that EventBridge could not deliver, from the dead-letter queue of the bus.")
  private boolean isOfDelivery;

  @Option(names = "--dry-run", description = "Counts dead letters, and moves none.")
  private boolean isDryRun;

  @Override
  public Integer call() throws InterruptedException {
    Sight sight = cluster.read();
    AdmittedSubscription subscription = admitted(name.subscription("redrive", sight), sight);
    try (AwsAccess access = aws.open()) {
      DeadLetters letters = new DeadLetters(access, subscription);
      List<String> unseen = new ArrayList<>(sight.unseen());
      Moved moved = moved(letters);
      Redrive answer = answer(subscription, moved, forwarding(letters, unseen), unseen);
      return output.print(answer, () -> Tables.of(answer));
    } catch (SdkException e) {
      throw new Failure("AWS answered: " + AwsAccess.words(e), e);
    }
  }

  private Moved moved(DeadLetters letters) throws InterruptedException {
    if (isDryRun) {
      long found = isOfDelivery ? letters.ofDelivery() : letters.ofConsumer();
      return new Moved(found, found, "");
    }
    return isOfDelivery
        ? letters.moveOfDelivery(this::progress)
        : letters.moveOfConsumer(this::progress);
  }

  private void progress(long moved) {
    if (moved > 0 && moved % TOLD_EVERY == 0) {
      PrintWriter err = command.commandLine().getErr();
      err.printf("%d moved…%n", moved);
      err.flush();
    }
  }

  /** A team that may not see the letters of the global bus still moves its own. */
  private Optional<Forwarding> forwarding(DeadLetters letters, List<String> unseen) {
    if (!isOfDelivery) {
      return Optional.empty();
    }
    try {
      return Optional.of(letters.ofForwarding());
    } catch (NoAccessException e) {
      unseen.add("dead letters of the global bus: " + e.getMessage());
    } catch (SdkException e) {
      unseen.add("dead letters of the global bus: AWS answered: " + AwsAccess.words(e));
    }
    return Optional.empty();
  }

  private Redrive answer(
      AdmittedSubscription subscription,
      Moved moved,
      Optional<Forwarding> forwarding,
      List<String> unseen) {
    return new Redrive(
        unseen,
        Snapshot.key(subscription.resource()),
        isOfDelivery ? Letters.DELIVERY : Letters.CONSUMER,
        moved.found(),
        moved.moved(),
        isDryRun,
        moved.failure().isEmpty() ? Optional.empty() : Optional.of(Code.NOT_MOVED),
        Optional.of(moved.failure()).filter(it -> !it.isEmpty()),
        forwarding);
  }

  private static AdmittedSubscription admitted(EventSubscription subscription, Sight sight) {
    return switch (sight.snapshot().admissions().subscription(subscription)) {
      case Admitted<AdmittedSubscription> admitted -> admitted.value();
      case Refused<AdmittedSubscription> refused ->
          throw new Failure(
              "the operator does not accept %s, or you may not see the objects that decide: %s"
                  .formatted(Admissions.describe(subscription), refused.message()));
    };
  }
}
