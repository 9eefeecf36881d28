package io.eventbackbone.cli.reception;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Admissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Subscriptions that the caller may not see, and that the status of an EventType names: the
 * operator computed them from all routes and filters.
 */
final class ToldReceivers {

  private final Sight sight;
  private final Set<String> seen;

  ToldReceivers(Sight sight) {
    this.sight = sight;
    this.seen =
        sight.snapshot().all(EventSubscription.class).stream()
            .map(Snapshot::key)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Subscriptions that can get a detail type.
   *
   * @param sender the bus of the service that publishes it, if one was named
   */
  Stream<Receiver> of(String detailType, Optional<ServiceAccountBus> sender) {
    return sight
        .snapshot()
        .readable(EventType.class)
        .filter(type -> type.getSpec().detailType().equals(detailType))
        .filter(
            type -> sender.map(bus -> sight.snapshot().typesOf(bus).contains(type)).orElse(true))
        .filter(type -> type.getStatus().receivers() != null)
        .flatMap(type ->
            type.getStatus().receivers().names().stream()
                .filter(name -> !seen.contains(name))
                .map(name -> told(name, type)));
  }

  private static Receiver told(String subscription, EventType type) {
    return new Receiver(
        subscription,
        "",
        Optional.empty(),
        Verdict.CONDITIONAL,
        List.of(),
        Optional.of(Code.TOLD_BY_TYPE),
        Optional.of(
            "%s names it among its receivers; its filter may have conditions"
                .formatted(Admissions.describe(type))));
  }
}
