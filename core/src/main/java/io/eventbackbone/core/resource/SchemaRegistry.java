package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;

/** A registry of EventBridge Schemas. */
public record SchemaRegistry(SchemaRegistryKey key, String description) implements AwsResource {

  /**
   * The latest version of a schema in a registry.
   *
   * @param type the format: {@code OpenApi3} or {@code JSONSchemaDraft4}
   * @param content as JSON; AWS makes another version of the schema for another content
   */
  public record Schema(SchemaKey key, String type, String content, String description)
      implements AwsResource {

    /** In characters (EventBridge Schema Registry API, CreateSchema). */
    public static final int LONGEST_CONTENT = 100_000;

    /** In characters (EventBridge Schema Registry API, CreateSchema). */
    public static final int LONGEST_DESCRIPTION = 256;
  }
}
