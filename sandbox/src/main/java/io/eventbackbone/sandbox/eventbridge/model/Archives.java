package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.time.Clock;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** All archives of all accounts and Regions, and the events in them. */
public final class Archives {

  /** Of the managed rules by which archives get their events. */
  static final String RULE_PREFIX = "Events-Archive-";

  private record Key(Home home, String name) {}

  private final ConcurrentMap<Key, Archive> archives = new ConcurrentHashMap<>();
  private final Clock clock;

  public Archives(Clock clock) {
    this.clock = clock;
  }

  public Optional<Archive> find(Home home, String name) {
    return Optional.ofNullable(archives.get(new Key(home, name)));
  }

  /** The archive, or {@code ResourceNotFoundException}. */
  public Archive get(Home home, String name) {
    return find(home, name)
        .orElseThrow(() -> EventBridgeErrors.notFound("Archive " + name + " does not exist."));
  }

  public NavigableMap<String, Archive> of(Home home) {
    return archives.values().stream()
        .filter(archive -> archive.home().equals(home))
        .collect(TreeMap::new, (map, a) -> map.put(a.name(), a), TreeMap::putAll);
  }

  public void add(Archive archive) {
    if (archives.putIfAbsent(new Key(archive.home(), archive.name()), archive) != null) {
      throw EventBridgeErrors.alreadyExists("Archive " + archive.name() + " already exists.");
    }
  }

  public void replace(Archive archive) {
    archives.replace(new Key(archive.home(), archive.name()), archive);
  }

  public void remove(Archive archive) {
    archives.remove(new Key(archive.home(), archive.name()));
  }

  /** Keeps an event that the managed rule of an archive matched. */
  public void store(Rule rule, Event event) {
    find(rule.bus().home(), rule.name().substring(RULE_PREFIX.length()))
        .ifPresent(archive -> archive.add(event, clock.instant()));
  }
}
