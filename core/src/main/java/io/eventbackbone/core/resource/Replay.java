package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.ArchiveKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.time.Instant;
import java.util.List;

/**
 * A replay to start.
 *
 * @param bus of the archive, to which AWS replays
 * @param rules that receive the events, and no others; at least one
 * @param description names the owner, for people
 */
public record Replay(
    Id id,
    ArchiveKey archive,
    EventBusKey bus,
    List<RuleKey> rules,
    Instant from,
    Instant to,
    String description) {

  /** The name of a replay in its account and Region. */
  public record Id(AccountScope scope, String name) {

    public String arn() {
      return scope.arn("events", "replay/" + name);
    }
  }

  /** For people: what it does, and what they should know of it. */
  @Override
  public String toString() {
    return "replay %s of the events from %s to %s, to %d rule%s: they arrive in no order, and AWS bills each of them"
        .formatted(id.name(), from, to, rules.size(), rules.size() == 1 ? "" : "s");
  }

  public Replay {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("without a rule, all rules of the bus would receive");
    }
  }
}
