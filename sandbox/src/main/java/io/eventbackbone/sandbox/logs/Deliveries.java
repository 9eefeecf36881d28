package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources, destinations and deliveries of all accounts and Regions. */
final class Deliveries {

  /** Those of one account and Region. */
  static final class InHome {

    private final NavigableMap<String, DeliverySource> sources = new TreeMap<>();
    private final NavigableMap<String, DeliveryDestination> destinations = new TreeMap<>();
    private final NavigableMap<String, LogDelivery> deliveries = new TreeMap<>();

    NavigableMap<String, DeliverySource> sources() {
      return sources;
    }

    NavigableMap<String, DeliveryDestination> destinations() {
      return destinations;
    }

    NavigableMap<String, LogDelivery> deliveries() {
      return deliveries;
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
              sources.values().stream()
                  .filter(it -> it.arn().equals(arn))
                  .map(DeliverySource::tags),
              destinations.values().stream()
                  .filter(it -> it.arn().equals(arn))
                  .map(DeliveryDestination::tags),
              deliveries.values().stream()
                  .filter(it -> it.arn().equals(arn))
                  .map(LogDelivery::tags))
          .flatMap(it -> it)
          .findFirst();
    }

    /** Where logs of a type of a resource go, by the source that they come from. */
    Map<DeliverySource, LogGroupId> ways(String resourceArn, String logType) {
      Map<DeliverySource, LogGroupId> ways = new HashMap<>();
      sources.values().stream()
          .filter(it -> it.resourceArn().equals(resourceArn) && it.logType().equals(logType))
          .forEach(source -> destinationOf(source).ifPresent(it -> ways.put(source, it.group())));
      return ways;
    }

    private Optional<DeliveryDestination> destinationOf(DeliverySource source) {
      return deliveries.values().stream()
          .filter(it -> it.sourceName().equals(source.name()))
          .flatMap(it ->
              destinations.values().stream()
                  .filter(destination -> destination.arn().equals(it.destinationArn())))
          .findFirst();
    }
  }

  private final Map<Home, InHome> homes = new HashMap<>();

  InHome of(Home home) {
    return homes.computeIfAbsent(home, first -> new InHome());
  }

  InHome of(Request request) {
    return of(request.home());
  }
}
