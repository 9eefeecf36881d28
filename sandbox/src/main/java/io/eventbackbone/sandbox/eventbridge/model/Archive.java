package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.api.Home;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An archive of a bus.
 *
 * @param retentionDays 0 is for ever
 * @param kmsKeyIdentifier of a customer's key; empty: the key that AWS owns
 * @param events in the archive; shared by the states of one archive
 */
public record Archive(
    Home home,
    String name,
    BusId source,
    Optional<String> description,
    Optional<EventPattern> pattern,
    int retentionDays,
    Optional<String> kmsKeyIdentifier,
    Instant created,
    Queue<Event> events) {

  public static Archive create(
      Home home,
      String name,
      BusId source,
      Optional<String> description,
      Optional<EventPattern> pattern,
      int retentionDays,
      Optional<String> kmsKeyIdentifier,
      Instant now) {
    return new Archive(
        home,
        name,
        source,
        description,
        pattern,
        retentionDays,
        kmsKeyIdentifier,
        now,
        new ConcurrentLinkedQueue<>());
  }

  public String arn() {
    return home.arn("events", "archive/" + name);
  }

  /** The service that manages the rules of archives. */
  public static final String MANAGED_BY = "prod.vhs.events.aws.internal";

  /** Whether an archive made the rule for itself. */
  public static boolean owns(Rule rule) {
    return rule.managedBy().filter(MANAGED_BY::equals).isPresent();
  }

  public String ruleName() {
    return Archives.RULE_PREFIX + name;
  }

  public Archive with(
      Optional<String> newDescription,
      Optional<EventPattern> newPattern,
      int newRetentionDays,
      Optional<String> newKey) {
    return new Archive(
        home, name, source, newDescription, newPattern, newRetentionDays, newKey, created, events);
  }

  void add(Event event, Instant now) {
    if (retentionDays > 0) {
      Instant oldest = now.minus(Duration.ofDays(retentionDays));
      events.removeIf(old -> old.time().isBefore(oldest));
    }
    events.add(event);
  }

  /** From the start on and before the end, by the events' own time. */
  public List<Event> between(Instant start, Instant end) {
    return events.stream()
        .filter(event -> !event.time().isBefore(start) && event.time().isBefore(end))
        .sorted(Comparator.comparing(Event::time))
        .toList();
  }

  public long sizeBytes() {
    return events.stream()
        .mapToLong(event -> event.json().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
