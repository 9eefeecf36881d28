package io.eventbackbone.cli.reception;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.answer.Receivers.Extent;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.cluster.Statuses;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.AdmittedBus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who receives an event?
 *
 * @param facts what is known of the event
 * @param sender the bus of the service that publishes it, if one was named
 * @param namespace whose subscriptions are asked about; empty: all
 */
public record Question(
    Facts facts, Optional<ServiceAccountBus> sender, Optional<String> namespace) {

  private static final Comparator<Receiver> ORDER =
      Comparator.comparing(Receiver::verdict)
          .thenComparing(Receiver::subscription)
          .thenComparing(it -> it.route().orElse(""));

  /** By what the caller may see. */
  public Receivers answer(Sight sight) {
    Snapshot snapshot = sight.snapshot();
    Optional<Admission<AdmittedBus>> publisher = sender.map(snapshot.admissions()::bus);
    Facts complete =
        publisher
            .flatMap(Admission::admitted)
            .map(bus -> facts.sentBy(bus.scope().accountId(), bus.identifier()))
            .orElse(facts);
    Reception reception = new Reception(sight);
    Stream<Receiver> seen =
        snapshot.all(EventSubscription.class).stream()
            .filter(it -> namespace.isEmpty() || isIn(namespace.get(), it))
            .flatMap(it ->
                publisher
                    .flatMap(admission -> refusal(it, admission, sight))
                    .map(List::of)
                    .orElseGet(() -> reception.of(it, complete))
                    .stream());
    List<Receiver> receivers = Stream.concat(seen, told(sight)).distinct().sorted(ORDER).toList();
    return new Receivers(
        sight.unseen(), facts.detailType(), sender.map(Snapshot::key), receivers, extent(sight));
  }

  /** Of the subscriptions that the caller may not see. */
  private Stream<Receiver> told(Sight sight) {
    if (sight.sees(Kind.EVENT_SUBSCRIPTION)) {
      return Stream.empty();
    }
    return facts.detailType().stream()
        .flatMap(detailType -> new ToldReceivers(sight).of(detailType, sender))
        .filter(it -> namespace.isEmpty() || it.subscription().startsWith(namespace.get() + "/"));
  }

  private Extent extent(Sight sight) {
    return namespace
            .map(it -> sight.sees(Kind.EVENT_SUBSCRIPTION, it))
            .orElseGet(() -> sight.sees(Kind.EVENT_SUBSCRIPTION))
        ? Extent.EVERY_SUBSCRIPTION
        : Extent.THOSE_SEEN;
  }

  /** Of every subscription, if the sender may not publish. */
  private Optional<Receiver> refusal(
      EventSubscription subscription, Admission<AdmittedBus> publisher, Sight sight) {
    if (!(publisher instanceof Refused<AdmittedBus> refused) || isOfOrganization(sight)) {
      return Optional.empty();
    }
    boolean isAccepted = !sight.seesAdmissions() && sender.filter(Statuses::isAccepted).isPresent();
    return Optional.of(
        new Receiver(
            Snapshot.key(subscription),
            subscription.getSpec() == null ? "" : Snapshot.busKey(subscription),
            Optional.empty(),
            isAccepted ? Verdict.UNKNOWN : Verdict.NEVER,
            List.of(),
            Optional.of(isAccepted ? Code.NOT_VISIBLE : Code.PUBLISHER_NOT_ADMITTED),
            Optional.of(
                "ServiceAccountBus %s is not accepted: %s"
                    .formatted(sender.map(Snapshot::key).orElse(""), refused.message()))));
  }

  /** Whose accounts publish without buses. */
  private boolean isOfOrganization(Sight sight) {
    return sender
        .map(sight.snapshot().admissions()::backboneOf)
        .filter(it ->
            it instanceof Admitted<io.eventbackbone.core.model.AdmittedBackbone> admitted
                && admitted.value().spec().publishers().organization().isPresent())
        .isPresent();
  }

  private static boolean isIn(String namespace, EventSubscription subscription) {
    return subscription.getMetadata().getNamespace().equals(namespace);
  }
}
