package io.eventbackbone.sandbox.eventbridge.model;

import io.eventbackbone.sandbox.errors.EventBridgeErrors;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule on a bus, with its targets by their ids. A value: a change makes another one.
 *
 * @param createdBy account whose credentials made it
 * @param managedBy the AWS service that made the rule for itself, an archive for instance
 */
public record Rule(
    BusId bus,
    String name,
    Definition definition,
    String createdBy,
    Optional<String> managedBy,
    Tags tags,
    NavigableMap<String, Target> targets) {

  /** The part of a rule that PutRule sets, always as a whole. */
  public record Definition(
      Optional<EventPattern> pattern,
      Optional<String> scheduleExpression,
      State state,
      Optional<String> description,
      Optional<String> roleArn) {

    public Definition with(State changed) {
      return new Definition(pattern, scheduleExpression, changed, description, roleArn);
    }
  }

  public enum State {
    ENABLED,
    DISABLED,
    ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
  }

  public Rule {
    targets = Collections.unmodifiableNavigableMap(targets);
  }

  public static Rule create(
      BusId bus, String name, Definition definition, String createdBy, Tags tags) {
    return new Rule(bus, name, definition, createdBy, Optional.empty(), tags, new TreeMap<>());
  }

  public String arn() {
    return bus.ruleArn(name);
  }

  public boolean matches(String event) {
    return definition.state() != State.DISABLED
        && definition.pattern().filter(pattern -> pattern.matches(event)).isPresent();
  }

  public Rule with(Definition changed) {
    return new Rule(bus, name, changed, createdBy, managedBy, tags, targets);
  }

  public Rule with(Tags changed) {
    return new Rule(bus, name, definition, createdBy, managedBy, changed, targets);
  }

  public Rule with(List<Target> added) {
    NavigableMap<String, Target> changed = new TreeMap<>(targets);
    added.forEach(target -> changed.put(target.id(), target));
    return new Rule(bus, name, definition, createdBy, managedBy, tags, changed);
  }

  public Rule without(List<String> targetIds) {
    NavigableMap<String, Target> changed = new TreeMap<>(targets);
    changed.keySet().removeAll(targetIds);
    return new Rule(bus, name, definition, createdBy, managedBy, tags, changed);
  }

  /** Refuses a change by hand to a rule that an AWS service manages. */
  public Rule requireUnmanaged() {
    managedBy.ifPresent(service -> {
      throw EventBridgeErrors.managedRule(name, service);
    });
    return this;
  }
}
