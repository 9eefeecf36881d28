package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A schema in a registry. A value: a change makes another one.
 *
 * @param versions by their numbers, from 1 on; at least one
 */
record Schema(
    Home home,
    String registry,
    String name,
    Optional<String> description,
    Map<String, String> tags,
    NavigableMap<Integer, Version> versions) {

  enum Type {
    OpenApi3,
    JSONSchemaDraft4
  }

  record Version(Type type, String content, Instant created) {}

  Schema {
    versions = Collections.unmodifiableNavigableMap(versions);
  }

  static String arn(Home home, String registry, String name) {
    return home.arn("schemas", "schema/" + registry + "/" + name);
  }

  String arn() {
    return arn(home, registry, name);
  }

  Schema with(Optional<String> changed) {
    return new Schema(home, registry, name, changed, tags, versions);
  }

  Schema with(Version version) {
    NavigableMap<Integer, Version> changed = new TreeMap<>(versions);
    changed.put(versions.lastKey() + 1, version);
    return new Schema(home, registry, name, description, tags, changed);
  }

  Schema withTags(Map<String, String> changed) {
    return new Schema(home, registry, name, description, changed, versions);
  }

  Schema without(int version) {
    NavigableMap<Integer, Version> rest = new TreeMap<>(versions);
    rest.remove(version);
    return new Schema(home, registry, name, description, tags, rest);
  }

  /** As ListSchemas answers. */
  ObjectNode summary() {
    ObjectNode output =
        Json.object()
            .put("LastModified", versions.lastEntry().getValue().created().toString())
            .put("SchemaArn", arn())
            .put("SchemaName", name)
            .put("VersionCount", versions.size());
    tags.forEach(output.putObject(SchemasService.TAGS)::put);
    return output;
  }

  /** As CreateSchema and UpdateSchema answer: without the content. */
  ObjectNode details(int number) {
    Version version = versions.get(number);
    ObjectNode output = versionSummary(number);
    description.ifPresent(text -> output.put("Description", text));
    tags.forEach(output.putObject(SchemasService.TAGS)::put);
    return output
        .put("LastModified", versions.lastEntry().getValue().created().toString())
        .put("VersionCreatedDate", version.created().toString());
  }

  /** As ListSchemaVersions answers. */
  ObjectNode versionSummary(int number) {
    return Json.object()
        .put("SchemaArn", arn())
        .put("SchemaName", name)
        .put("SchemaVersion", Integer.toString(number))
        .put("Type", versions.get(number).type().name());
  }
}
