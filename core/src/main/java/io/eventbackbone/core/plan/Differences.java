package io.eventbackbone.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventbackbone.core.plan.Change.Difference;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.Archive;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.wanted.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The attributes in which a wanted resource differs from the observed resource of its key. */
final class Differences {

  private static final String NONE = "none";

  private Differences() {}

  static List<Difference> between(AwsResource wanted, AwsResource observed) {
    Attributes to = Attributes.of(wanted);
    Attributes from = Attributes.of(observed);
    Set<String> elements = new TreeSet<>(from.elements().keySet());
    elements.addAll(to.elements().keySet());
    return Stream.concat(
            differing(to.values().keySet(), from.values(), to.values()),
            differing(elements, from.elements(), to.elements()))
        .toList();
  }

  private static Stream<Difference> differing(
      Set<String> names, Map<String, JsonNode> from, Map<String, JsonNode> to) {
    return names.stream()
        .filter(name -> !value(from, name).equals(value(to, name)))
        .map(name -> new Difference(name, text(value(from, name)), text(value(to, name))));
  }

  private static JsonNode value(Map<String, JsonNode> attributes, String name) {
    return attributes.getOrDefault(name, NullNode.getInstance());
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return NONE;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  static List<Difference> ofTags(
      Map<String, String> observed, Map<String, String> missing, Set<String> surplus) {
    return Stream.concat(surplus.stream(), missing.keySet().stream())
        .map(key ->
            new Difference(
                "tags[" + key + "]",
                observed.getOrDefault(key, NONE),
                missing.getOrDefault(key, NONE)))
        .toList();
  }

  /** The differences in the mark that names the owner, and in the tags that specs ask for. */
  static List<Difference> ofMark(AwsResource wanted, Observed observed, Tags tags) {
    return wanted instanceof Archive archive && observed.resource() instanceof Archive there
        ? List.of(new Difference("description", there.description(), archive.description()))
        : ofTags(observed.tags(), tags.missingFrom(observed.tags()), Set.of());
  }

  /** The retention that the wanted resource would shorten: AWS would delete what is older. */
  static Optional<Difference> shortened(AwsResource wanted, AwsResource observed) {
    return Retention.of(observed)
        .flatMap(from ->
            Retention.of(wanted)
                .filter(to -> to.isShorterThan(from))
                .map(to -> new Difference(from.attribute(), from.text(), to.text())));
  }
}
