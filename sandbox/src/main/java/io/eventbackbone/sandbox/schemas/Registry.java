package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A registry and the schemas in it. Guarded by {@link SchemasService}. */
final class Registry {

  private final Home home;
  private final String name;
  private final NavigableMap<String, Schema> schemas = new TreeMap<>();
  private Optional<String> description;
  private Map<String, String> tags;

  Registry(Home home, String name, Optional<String> description, Map<String, String> tags) {
    this.home = home;
    this.name = name;
    this.description = description;
    this.tags = Map.copyOf(tags);
  }

  static String arn(Home home, String name) {
    return home.arn("schemas", "registry/" + name);
  }

  String name() {
    return name;
  }

  Map<String, String> tags() {
    return tags;
  }

  void setTags(Map<String, String> changed) {
    tags = Map.copyOf(changed);
  }

  void describe(String changed) {
    description = Optional.of(changed);
  }

  /** The schemas by name; changes are the caller's. */
  NavigableMap<String, Schema> schemas() {
    return schemas;
  }

  /** As ListRegistries answers, without the description. */
  ObjectNode summary() {
    ObjectNode output = Json.object().put("RegistryArn", arn(home, name)).put("RegistryName", name);
    tags.forEach(output.putObject(SchemasService.TAGS)::put);
    return output;
  }

  ObjectNode details() {
    ObjectNode output = summary();
    description.ifPresent(text -> output.put("Description", text));
    return output;
  }
}
