package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.contract.AwsEventSchema;
import io.eventbackbone.core.contract.Evolution.Version;
import io.eventbackbone.core.resource.SchemaRegistry;
import java.util.List;

/**
 * An event type that holds its detail type in the backbone.
 *
 * @param bus of the producer
 * @param versions with their schemas, oldest first; at least one
 */
public record AdmittedType(EventType resource, AdmittedBus bus, List<Version> versions) {

  public AdmittedType {
    versions = List.copyOf(versions);
  }

  public String detailType() {
    return resource.getSpec().detailType();
  }

  /** The version that the producer writes. */
  public Version latest() {
    return versions.get(versions.size() - 1);
  }

  /**
   * The latest version as EventBridge Schemas is to have it.
   *
   * @param format that the backbone publishes in
   */
  public SchemaRegistry.Schema publishedIn(SchemaType format) {
    AwsEventSchema event =
        new AwsEventSchema(
            bus.identifier(),
            detailType(),
            latest().name(),
            resource.getSpec().versions().get(versions.size() - 1).schema());
    String description = resource.getSpec().writtenDescription().orElse("");
    return new SchemaRegistry.Schema(
        bus.backbone().schemaKey(resource, bus.resource()),
        name(format),
        event.in(format),
        beginning(description, SchemaRegistry.Schema.LONGEST_DESCRIPTION));
  }

  /** Never ends with half of a character that Java keeps as two. */
  private static String beginning(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  /** A format as EventBridge Schemas and the custom resource name it. */
  public static String name(SchemaType format) {
    return switch (format) {
      case OPEN_API_3 -> "OpenApi3";
      case JSON_SCHEMA_DRAFT_4 -> "JSONSchemaDraft4";
    };
  }

  /** The versions that a replay may bring besides the latest. */
  public List<Version> earlier() {
    return versions.subList(0, versions.size() - 1);
  }
}
