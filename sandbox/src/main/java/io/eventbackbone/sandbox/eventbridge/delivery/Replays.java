package io.eventbackbone.sandbox.eventbridge.delivery;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Scheduler;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import io.eventbackbone.sandbox.eventbridge.model.Event;
import io.eventbackbone.sandbox.eventbridge.model.EventBuses;
import io.eventbackbone.sandbox.eventbridge.model.Replay;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** All replays of all accounts and Regions, and their execution. */
public final class Replays {

  /** Quota per account and Region. */
  private static final int MOST_ACTIVE = 10;

  /**
   * AWS replays events "on one minute intervals", and does not tell how long each takes
   * (EventBridge User Guide, "Considerations when replaying events").
   */
  private static final Duration TIME_OF_A_MINUTE = Duration.ofMillis(100);

  private record Key(Home home, String name) {}

  private final ConcurrentMap<Key, Replay> replays = new ConcurrentHashMap<>();
  private final EventBuses buses;
  private final EventDelivery delivery;
  private final Scheduler scheduler;
  private final Clock clock;

  public Replays(EventBuses buses, EventDelivery delivery, Scheduler scheduler, Clock clock) {
    this.buses = buses;
    this.delivery = delivery;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** The replay, or {@code ResourceNotFoundException}. */
  public Replay get(Home home, String name) {
    return Optional.ofNullable(replays.get(new Key(home, name)))
        .orElseThrow(() -> EventBridgeErrors.notFound("Replay " + name + " does not exist."));
  }

  public NavigableMap<String, Replay> of(Home home) {
    return replays.values().stream()
        .filter(replay -> replay.home().equals(home))
        .collect(TreeMap::new, (map, r) -> map.put(r.name(), r), TreeMap::putAll);
  }

  public void start(Replay replay) {
    Key key = new Key(replay.home(), replay.name());
    if (of(replay.home()).values().stream().filter(Replay::isActive).count() >= MOST_ACTIVE) {
      throw EventBridgeErrors.limitExceeded();
    }
    if (replays.putIfAbsent(key, replay) != null) {
      throw EventBridgeErrors.alreadyExists("Replay " + replay.name() + " already exists.");
    }
    scheduler.after(Duration.ZERO, () -> run(key));
  }

  public Replay cancel(Home home, String name) {
    get(home, name);
    Key key = new Key(home, name);
    Replay cancelling =
        changeActive(key, Replay::cancelling)
            .orElseThrow(
                () -> EventBridgeErrors.illegalStatus("Replay " + name + " is not running."));
    scheduler.after(Duration.ZERO, () -> endCancelled(key));
    return cancelling;
  }

  private void endCancelled(Key key) {
    replays.computeIfPresent(
        key,
        (same, replay) ->
            replay.state() == Replay.State.CANCELLING
                ? replay.ended(Replay.State.CANCELLED, clock.instant())
                : replay);
  }

  private void run(Key key) {
    Replay replay = replays.get(key);
    runMinutes(key, replay.archive().between(replay.eventStart(), replay.eventEnd()));
  }

  /** Replays the events minute by minute, by their own time, unless the replay is cancelled. */
  private void runMinutes(Key key, List<Event> left) {
    List<Event> minute = left.stream().takeWhile(event -> isOfOneMinute(event, left)).toList();
    for (Event event : minute) {
      Optional<Replay> replay = changeActive(key, running -> running.running(event.time()));
      if (replay.isEmpty()) {
        return;
      }
      publish(replay.get(), event);
    }
    List<Event> later = left.subList(minute.size(), left.size());
    if (later.isEmpty()) {
      changeActive(key, running -> running.ended(Replay.State.COMPLETED, clock.instant()));
    } else {
      scheduler.after(TIME_OF_A_MINUTE, () -> runMinutes(key, later));
    }
  }

  private static boolean isOfOneMinute(Event event, List<Event> events) {
    return event
        .time()
        .truncatedTo(ChronoUnit.MINUTES)
        .equals(events.get(0).time().truncatedTo(ChronoUnit.MINUTES));
  }

  private void publish(Replay replay, Event event) {
    Event again = event.replayed(UUID.randomUUID().toString(), replay.name());
    buses
        .find(replay.archive().source())
        .ifPresent(
            bus -> delivery.accept(bus, Arrival.published(again, clock.instant()), replay::isFor));
  }

  /** The changed replay; empty when the replay has ended. */
  private Optional<Replay> changeActive(Key key, UnaryOperator<Replay> change) {
    Replay before = replays.get(key);
    while (before.isActive()) {
      Replay after = change.apply(before);
      if (replays.replace(key, before, after)) {
        return Optional.of(after);
      }
      before = replays.get(key);
    }
    return Optional.empty();
  }
}
