package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.Call;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources, destinations and deliveries of all accounts and Regions. */
final class Deliveries {

  /** Those of one account and Region. */
  static final class Home {

    private final Map<String, DeliverySource> sources = new TreeMap<>();
    private final Map<String, DeliveryDestination> destinations = new TreeMap<>();
    private final Map<String, LogDelivery> deliveries = new TreeMap<>();

    Collection<DeliverySource> sources() {
      return sources.values();
    }

    Collection<DeliveryDestination> destinations() {
      return destinations.values();
    }

    Collection<LogDelivery> deliveries() {
      return deliveries.values();
    }

    Optional<DeliverySource> findSource(String name) {
      return Optional.ofNullable(sources.get(name));
    }

    Optional<DeliveryDestination> findDestination(String name) {
      return Optional.ofNullable(destinations.get(name));
    }

    Optional<LogDelivery> findDelivery(String id) {
      return Optional.ofNullable(deliveries.get(id));
    }

    void put(DeliverySource source) {
      sources.put(source.name(), source);
    }

    void put(DeliveryDestination destination) {
      destinations.put(destination.name(), destination);
    }

    void put(LogDelivery delivery) {
      deliveries.put(delivery.id(), delivery);
    }

    void remove(DeliverySource source) {
      sources.remove(source.name());
    }

    void remove(DeliveryDestination destination) {
      destinations.remove(destination.name());
    }

    void remove(LogDelivery delivery) {
      deliveries.remove(delivery.id());
    }

    /** Of a source, a destination or a delivery. */
    Optional<Map<String, String>> tags(String arn) {
      return Stream.of(
              sources().stream().filter(it -> it.arn().equals(arn)).map(DeliverySource::tags),
              destinations().stream()
                  .filter(it -> it.arn().equals(arn))
                  .map(DeliveryDestination::tags),
              deliveries().stream().filter(it -> it.arn().equals(arn)).map(LogDelivery::tags))
          .flatMap(it -> it)
          .findFirst();
    }

    /** Where logs of a type of a resource go, by the source that they come from. */
    Map<DeliverySource, LogGroupId> ways(String resourceArn, String logType) {
      Map<DeliverySource, LogGroupId> ways = new HashMap<>();
      sources().stream()
          .filter(it -> it.resourceArn().equals(resourceArn) && it.logType().equals(logType))
          .forEach(source -> destinationOf(source).ifPresent(it -> ways.put(source, it.group())));
      return ways;
    }

    private Optional<DeliveryDestination> destinationOf(DeliverySource source) {
      return deliveries().stream()
          .filter(it -> it.sourceName().equals(source.name()))
          .flatMap(it ->
              destinations().stream()
                  .filter(destination -> destination.arn().equals(it.destinationArn())))
          .findFirst();
    }
  }

  private final Map<List<String>, Home> homes = new HashMap<>();

  Home of(String account, String region) {
    return homes.computeIfAbsent(List.of(account, region), first -> new Home());
  }

  Home of(Call call) {
    return of(call.caller().accountId(), call.region());
  }
}
