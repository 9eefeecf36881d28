package io.eventbackbone.verification.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What boto3 has to find in AWS, by account: the files of the resources' folder {@code expected},
 * and what a test says of them. It owes nothing to the operator's code.
 */
record Expected(ObjectNode accounts) {

  private static final String MANAGED_BY = "eventbackbone.io/managed-by";
  private static final Pattern RELEASED = Pattern.compile("^\"released [0-9T:-]+Z\"$");

  static Expected of(String... accounts) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    for (String account : accounts) {
      expected.set(account, Yaml.read(Yaml.text("expected/" + account + ".yaml")));
    }
    return new Expected(expected);
  }

  /** Accounts in which nobody has made anything. */
  static Expected untouched(String... accounts) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    for (String account : accounts) {
      expected.set(
          account,
          Yaml.read(
              """
              archives: {}
              buses:
                default: {Arn: "arn:aws:events:eu-west-1:%s:event-bus/default", Name: default, rules: {}, tags: {}}
              logGroups: {}
              logResourcePolicies: {}
              queues: {}
              """
                  .formatted(account)));
    }
    return new Expected(expected);
  }

  /** With something else, as YAML, in place of what is below the names. */
  Expected but(List<String> path, String yaml) {
    ObjectNode changed = accounts.deepCopy();
    parent(changed, path).set(path.get(path.size() - 1), Yaml.read(yaml));
    return new Expected(changed);
  }

  /** Without what is below the names. */
  Expected lacking(List<String> path) {
    ObjectNode changed = accounts.deepCopy();
    parent(changed, path).remove(path.get(path.size() - 1));
    return new Expected(changed);
  }

  private static ObjectNode parent(ObjectNode accounts, List<String> path) {
    ObjectNode parent = accounts;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = (ObjectNode) parent.required(name);
    }
    return parent;
  }

  /** With everything marked as released, whenever that was. */
  Expected released() {
    ObjectNode changed = accounts.deepCopy();
    changed
        .findParents(MANAGED_BY)
        .forEach(tags -> ((ObjectNode) tags).put(MANAGED_BY, "released"));
    return new Expected(changed);
  }

  /** With members left out, wherever an object of the given name holds objects with them. */
  Expected without(String container, List<String> members) {
    ObjectNode changed = accounts.deepCopy();
    for (JsonNode objects : changed.findValues(container)) {
      objects.forEach(it -> ((ObjectNode) it).remove(members));
    }
    return new Expected(changed);
  }

  String[] numbers() {
    return accounts.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
  }

  /** Where the accounts are otherwise than expected; a line for each place. */
  List<String> differences(JsonNode actual) {
    Map<String, String> expected = leaves(accounts);
    Map<String, String> found = leaves(actual);
    Set<String> paths = new TreeSet<>(expected.keySet());
    paths.addAll(found.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(expected.get(path), found.get(path)))
        .map(path ->
            "%s: expected %s, but there is %s"
                .formatted(
                    path,
                    expected.getOrDefault(path, "nothing"),
                    found.getOrDefault(path, "nothing")))
        .toList();
  }

  private static Map<String, String> leaves(JsonNode node) {
    Map<String, String> leaves = new HashMap<>();
    collect("", node, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isEmpty()) {
      leaves.put(path, RELEASED.matcher(node.toString()).replaceFirst("\"released\""));
    }
    node.properties().forEach(it -> collect(below(path, it.getKey()), it.getValue(), leaves));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(below(path, Integer.toString(i)), node.get(i), leaves);
      }
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + " > " + name;
  }
}
