package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event bus with everything on it. A value: a change makes another one.
 *
 * @param rules by name
 */
public record EventBus(
    BusId id,
    Settings settings,
    BusPolicy policy,
    Tags tags,
    NavigableMap<String, Rule> rules,
    Instant created,
    Instant modified) {

  /**
   * The settings that UpdateEventBus changes.
   *
   * @param deadLetterArn takes events that can't be decrypted; failed deliveries go to the target's
   */
  public record Settings(
      Optional<String> description,
      Optional<String> kmsKeyIdentifier,
      Optional<String> deadLetterArn,
      Optional<LogConfig> logConfig) {

    public static final Settings NONE =
        new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The details that the bus logs of its events, where there are deliveries for the log. */
  public record LogConfig(Optional<Level> level, Optional<IncludeDetail> includeDetail) {
    public enum Level {
      OFF,
      ERROR,
      INFO,
      TRACE
    }

    public enum IncludeDetail {
      NONE,
      FULL
    }
  }

  public EventBus {
    rules = Collections.unmodifiableNavigableMap(rules);
  }

  public static EventBus create(BusId id, Settings settings, Tags tags, Instant now) {
    return new EventBus(id, settings, BusPolicy.NONE, tags, new TreeMap<>(), now, now);
  }

  /** The tags of the bus, or of a rule on it; none where there is no such rule. */
  Tags tagsOf(String arn) {
    return arn.equals(id.arn())
        ? tags
        : rules.values().stream()
            .filter(rule -> rule.arn().equals(arn))
            .findFirst()
            .map(Rule::tags)
            .orElse(Tags.NONE);
  }

  public EventBus with(Settings changed, Instant now) {
    return new EventBus(id, changed, policy, tags, rules, created, now);
  }

  public EventBus with(BusPolicy changed, Instant now) {
    return new EventBus(id, settings, changed, tags, rules, created, now);
  }

  public EventBus with(Tags changed) {
    return new EventBus(id, settings, policy, changed, rules, created, modified);
  }

  public EventBus with(Rule rule) {
    NavigableMap<String, Rule> changed = new TreeMap<>(rules);
    changed.put(rule.name(), rule);
    return withRules(changed);
  }

  public EventBus without(String rule) {
    NavigableMap<String, Rule> changed = new TreeMap<>(rules);
    changed.remove(rule);
    return withRules(changed);
  }

  public Optional<Rule> rule(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  /** The rule, or {@code ResourceNotFoundException}. */
  public Rule existingRule(String name) {
    return rule(name)
        .orElseThrow(() ->
            EventBridgeErrors.notFound(
                "Rule " + name + " does not exist on EventBus " + id.name() + "."));
  }

  private EventBus withRules(NavigableMap<String, Rule> changed) {
    return new EventBus(id, settings, policy, tags, changed, created, modified);
  }
}
