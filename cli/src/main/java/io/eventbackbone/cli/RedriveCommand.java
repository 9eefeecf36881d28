package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Redrive;
import io.eventbackbone.cli.answer.Redrive.Letters;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.aws.DeadLetters;
import io.eventbackbone.cli.aws.DeadLetters.Moved;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.print.Tables;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedSubscription;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Moves dead letters back. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Moves the dead letters of a subscription back into its queue: those that its consumer could not"
          + " handle, or with --delivery those that EventBridge could not deliver.",
      "Mend the cause first. Letters of other subscriptions stay where they are. Those of the global"
          + " bus can't be moved by hand: a service publishes them again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all were moved, or there were none",
      "1:some were not moved",
      "2:the question could not be asked"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone redrive orders/deliveries --dry-run",
      "  kubectl backbone redrive orders/deliveries",
      "  kubectl backbone redrive orders/deliveries --delivery"
    })
final class RedriveCommand implements Callable<Integer> {

  /** So many are moved before a person is told how it goes on. */
  private static final int TOLD_EVERY = 50;

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "NAMESPACE/SUBSCRIPTION",
      description = "The EventSubscription whose dead letters are moved.")
  private ObjectName name;

  @Option(
      names = "--delivery",
      description = "Moves what EventBridge could not deliver, from the bus's dead-letter queue.")
  private boolean isOfDelivery;

  @Option(names = "--dry-run", description = "Counts, and moves nothing.")
  private boolean isDryRun;

  @Override
  public Integer call() throws InterruptedException {
    Sight sight = cluster.read();
    AdmittedSubscription subscription = admitted(name.subscription("redrive", sight), sight);
    try (AwsAccess access = aws.open()) {
      DeadLetters letters = new DeadLetters(access, subscription);
      Redrive answer = answer(sight, subscription, moved(letters));
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

  private Redrive answer(Sight sight, AdmittedSubscription subscription, Moved moved) {
    return new Redrive(
        sight.unseen(),
        Snapshot.key(subscription.resource()),
        isOfDelivery ? Letters.DELIVERY : Letters.CONSUMER,
        moved.found(),
        moved.moved(),
        isDryRun,
        moved.failure().isEmpty() ? Optional.empty() : Optional.of(Code.NOT_MOVED),
        Optional.of(moved.failure()).filter(it -> !it.isEmpty()));
  }

  private static AdmittedSubscription admitted(EventSubscription subscription, Sight sight) {
    return switch (sight.snapshot().admissions().subscription(subscription)) {
      case Admitted<AdmittedSubscription> admitted -> admitted.value();
      case Refused<AdmittedSubscription> refused ->
          throw new Failure(
              "%s is not accepted, or you may not see why it is: %s"
                  .formatted(Admissions.describe(subscription), refused.message()));
    };
  }
}
