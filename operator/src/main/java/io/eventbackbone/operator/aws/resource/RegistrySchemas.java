package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeSchemaResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.UpdateSchemaRequest;

/** Schemas in registries of EventBridge Schemas. */
final class RegistrySchemas {

  private final SchemasClient schemas;

  RegistrySchemas(SchemasClient schemas) {
    this.schemas = schemas;
  }

  /** Describes the latest version. */
  Optional<Observed> observe(SchemaKey key) {
    try {
      DescribeSchemaResponse schema =
          schemas.describeSchema(
              it -> it.registryName(key.registry().name()).schemaName(key.name()));
      return Optional.of(
          new Observed(
              new SchemaRegistry.Schema(
                  key,
                  schema.type(),
                  schema.content(),
                  Optional.ofNullable(schema.description()).orElse("")),
              schema.tags()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  void create(SchemaRegistry.Schema schema, Map<String, String> tags) {
    schemas.createSchema(it ->
        it.registryName(schema.key().registry().name())
            .schemaName(schema.key().name())
            .type(schema.type())
            .content(schema.content())
            .description(schema.description())
            .tags(tags));
  }

  /** A content makes another version of the schema, so it is sent only if it differs. */
  void update(SchemaRegistry.Schema after, SchemaRegistry.Schema before) {
    UpdateSchemaRequest.Builder request =
        UpdateSchemaRequest.builder()
            .registryName(after.key().registry().name())
            .schemaName(after.key().name())
            .description(after.description());
    if (!after.content().equals(before.content()) || !after.type().equals(before.type())) {
      request.type(after.type()).content(after.content());
    }
    schemas.updateSchema(request.build());
  }

  void delete(SchemaKey key) {
    try {
      schemas.deleteSchema(it -> it.registryName(key.registry().name()).schemaName(key.name()));
    } catch (NotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}
