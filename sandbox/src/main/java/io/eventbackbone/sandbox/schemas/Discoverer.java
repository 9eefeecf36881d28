package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;
import java.util.Optional;

/** A discoverer of a bus. A value: a change makes another one. */
record Discoverer(
    Home home,
    String sourceArn,
    Optional<String> description,
    boolean crossAccount,
    State state,
    Map<String, String> tags) {

  /** The ARN of a discoverer, or with an asterisk the pattern of all. */
  static String arn(Home home, String id) {
    return home.arn("schemas", "discoverer/" + id);
  }

  enum State {
    STARTED,
    STOPPED
  }

  private static final int LONGEST_RULE_NAME = 64;

  Discoverer {
    tags = Map.copyOf(tags);
  }

  /** AWS derives the id from the source: {@code events-event-bus-<name>}. */
  String id() {
    return "events-" + sourceArn.substring(sourceArn.lastIndexOf(':') + 1).replace('/', '-');
  }

  String arn() {
    return arn(home, id());
  }

  /** AWS cuts the name off at the longest name that a rule may have. */
  String ruleName() {
    String name = "Schemas-" + id();
    return name.substring(0, Math.min(LONGEST_RULE_NAME, name.length()));
  }

  Discoverer with(Optional<String> newDescription, boolean newCrossAccount) {
    return new Discoverer(home, sourceArn, newDescription, newCrossAccount, state, tags);
  }

  Discoverer with(State changed) {
    return new Discoverer(home, sourceArn, description, crossAccount, changed, tags);
  }

  Discoverer withTags(Map<String, String> changed) {
    return new Discoverer(home, sourceArn, description, crossAccount, state, changed);
  }

  /** As ListDiscoverers answers it, which leaves the description out. */
  ObjectNode summary() {
    ObjectNode output =
        Json.object()
            .put("DiscovererArn", arn())
            .put("DiscovererId", id())
            .put("SourceArn", sourceArn)
            .put("State", state.name())
            .put("CrossAccount", crossAccount);
    tags.forEach(output.putObject(SchemasService.TAGS)::put);
    return output;
  }

  ObjectNode details() {
    ObjectNode output = summary();
    description.ifPresent(text -> output.put("Description", text));
    return output;
  }
}
