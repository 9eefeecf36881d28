package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.time.Clock;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All buses of all accounts and Regions. Every home has its default bus. Changes of one home happen
 * one after the other; readers see whole states.
 */
public final class EventBuses {

  /** Default quota per account and Region. */
  public static final int MOST = 100;

  private final ConcurrentMap<Home, NavigableMap<String, EventBus>> homes =
      new ConcurrentHashMap<>();
  private final Clock clock;

  public EventBuses(Clock clock) {
    this.clock = clock;
  }

  /** By name. */
  public NavigableMap<String, EventBus> of(Home home) {
    return homes.computeIfAbsent(home, this::withDefaultBus);
  }

  public Optional<EventBus> find(BusId id) {
    return Optional.ofNullable(of(id.home()).get(id.name()));
  }

  /** The bus, or {@code ResourceNotFoundException}. */
  public EventBus get(BusId id) {
    return find(id).orElseThrow(() -> EventBridgeErrors.noSuchBus(id.name()));
  }

  public void add(EventBus bus) {
    changeHome(
        bus.id().home(),
        buses -> {
          if (buses.containsKey(bus.id().name())) {
            throw EventBridgeErrors.alreadyExists(
                "Event bus " + bus.id().name() + " already exists.");
          }
          if (buses.size() >= MOST) {
            throw EventBridgeErrors.limitExceeded();
          }
          buses.put(bus.id().name(), bus);
        });
  }

  /**
   * Changes a bus, or refuses with {@code ResourceNotFoundException}.
   *
   * @param change must not touch other buses
   */
  public void change(BusId id, UnaryOperator<EventBus> change) {
    changeHome(
        id.home(),
        buses -> {
          EventBus bus =
              Optional.ofNullable(buses.get(id.name()))
                  .orElseThrow(() -> EventBridgeErrors.noSuchBus(id.name()));
          buses.put(id.name(), change.apply(bus));
        });
  }

  /** Deletes a bus that has no rules; one that is not there is deleted already. */
  public void remove(BusId id) {
    changeHome(
        id.home(),
        buses -> {
          EventBus bus = buses.get(id.name());
          if (bus != null && !bus.rules().isEmpty()) {
            throw EventBridgeErrors.validation("EventBus can't be deleted since it has rules.");
          }
          buses.remove(id.name());
        });
  }

  private void changeHome(Home home, Consumer<NavigableMap<String, EventBus>> change) {
    homes.compute(
        home,
        (id, before) -> {
          NavigableMap<String, EventBus> after =
              new TreeMap<>(before == null ? withDefaultBus(id) : before);
          change.accept(after);
          return Collections.unmodifiableNavigableMap(after);
        });
  }

  private NavigableMap<String, EventBus> withDefaultBus(Home home) {
    NavigableMap<String, EventBus> buses = new TreeMap<>();
    BusId id = new BusId(home, BusId.DEFAULT);
    buses.put(id.name(), EventBus.create(id, EventBus.Settings.NONE, Tags.NONE, clock.instant()));
    return Collections.unmodifiableNavigableMap(buses);
  }
}
