package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.model.Abbreviation;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.resource.SchemaRegistry;
import io.eventbackbone.operator.aws.failure.AwsFailure.HeldByOthers;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.schemas.model.NotFoundException;
import software.amazon.awssdk.services.schemas.model.SchemaSummary;

/** Registries of EventBridge Schemas. */
final class SchemaRegistries {

  private final SchemasClient schemas;

  SchemaRegistries(SchemasClient schemas) {
    this.schemas = schemas;
  }

  Optional<Observed> observe(SchemaRegistryKey key) {
    try {
      DescribeRegistryResponse registry =
          schemas.describeRegistry(it -> it.registryName(key.name()));
      return Optional.of(
          new Observed(
              new SchemaRegistry(key, Optional.ofNullable(registry.description()).orElse("")),
              registry.tags()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  void create(SchemaRegistry registry, Map<String, String> tags) {
    schemas.createRegistry(it ->
        it.registryName(registry.key().name()).description(registry.description()).tags(tags));
  }

  void update(SchemaRegistry registry) {
    schemas.updateRegistry(
        it -> it.registryName(registry.key().name()).description(registry.description()));
  }

  /** No document tells whether AWS deletes a registry with its schemas: so look first. */
  void delete(SchemaRegistryKey key) {
    try {
      List<String> names =
          schemas.listSchemas(it -> it.registryName(key.name())).schemas().stream()
              .map(SchemaSummary::schemaName)
              .toList();
      if (!names.isEmpty()) {
        throw new AwsFailureException(
            new HeldByOthers(
                "account %s: registry %s still has schemas that no accepted EventType publishes: %s; delete them (aws schemas delete-schema), or keep the registry with deletionPolicy Retain"
                    .formatted(key.scope().accountId(), key.name(), Abbreviation.of(names))));
      }
      schemas.deleteRegistry(it -> it.registryName(key.name()));
    } catch (NotFoundException alreadyGone) {
      // Deleting is done.
    }
  }
}
