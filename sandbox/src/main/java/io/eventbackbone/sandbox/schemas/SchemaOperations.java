package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on schemas and their versions. */
final class SchemaOperations {

  private static final Shape NAME = Shape.of(1, 385, "[0-9A-Za-z_.@-]+");
  private static final Shape CONTENT = Shape.of(1, 100_000, "(?s).*");

  private final RegistryOperations registries;
  private final Authorizer authorizer;
  private final Clock clock;

  SchemaOperations(RegistryOperations registries, Authorizer authorizer, Clock clock) {
    this.registries = registries;
    this.authorizer = authorizer;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateSchema", this::create,
        "DescribeSchema", this::describe,
        "ListSchemas", this::list,
        "UpdateSchema", this::update,
        "DeleteSchema", this::delete,
        "ListSchemaVersions", this::listVersions,
        "DeleteSchemaVersion", this::deleteVersion);
  }

  private ObjectNode create(Request request) {
    Members input = request.input();
    String name = name(request);
    Map<String, String> tags = input.textsByKey(SchemasService.TAGS);
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    require(request, name, context);
    if (!tags.isEmpty()) {
      registries.requireTagging(
          request, Schema.arn(request.home(), registryName(request), name), context);
    }
    Registry registry = registry(request);
    if (registry.schemas().containsKey(name)) {
      throw SchemasErrors.conflict("Schema " + name + " already exists.");
    }
    NavigableMap<Integer, Schema.Version> versions = new TreeMap<>();
    versions.put(1, version(input, input.oneOf("Type", Schema.Type.class)));
    Schema schema =
        new Schema(
            request.home(),
            registry.name(),
            name,
            input.text("Description", SchemasService.DESCRIPTION),
            tags,
            versions);
    registry.schemas().put(name, schema);
    return schema.details(1);
  }

  private Schema.Version version(Members input, Optional<Schema.Type> type) {
    String content = input.requiredText("Content", CONTENT);
    if (Json.parseObject(content).isEmpty()) {
      throw SchemasErrors.badRequest("Content must be a JSON object.");
    }
    return new Schema.Version(
        type.orElseThrow(() -> SchemasErrors.SCHEMAS.missing("Type")), content, clock.instant());
  }

  private ObjectNode describe(Request request) {
    Schema schema = permitted(request);
    int number =
        request
            .input()
            .integer("SchemaVersion", 1, Integer.MAX_VALUE)
            .orElse(schema.versions().lastKey());
    if (!schema.versions().containsKey(number)) {
      throw noSuchVersion(schema, number);
    }
    return schema.details(number).put("Content", schema.versions().get(number).content());
  }

  private ObjectNode list(Request request) {
    Registry registry = registry(request);
    authorizer.authorize(
        request.caller(), request.access(Registry.arn(request.home(), registry.name())));
    String prefix = request.input().text("SchemaNamePrefix").orElse("");
    NavigableMap<String, Schema> found = new TreeMap<>(registry.schemas());
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return SchemasService.PAGING.answer("Schemas", found, request.input(), Schema::summary);
  }

  /** Content makes a new version; of the same type, where none is given. */
  private ObjectNode update(Request request) {
    Schema before = permitted(request);
    Members input = request.input();
    Schema after =
        before.with(input.text("Description", SchemasService.DESCRIPTION).or(before::description));
    if (input.has("Content")) {
      Schema.Type type = before.versions().lastEntry().getValue().type();
      after =
          after.with(
              version(input, input.oneOf("Type", Schema.Type.class).or(() -> Optional.of(type))));
    }
    registry(request).schemas().put(after.name(), after);
    return after.details(after.versions().lastKey());
  }

  private ObjectNode delete(Request request) {
    registry(request).schemas().remove(permitted(request).name());
    return Json.object();
  }

  private ObjectNode listVersions(Request request) {
    Schema schema = permitted(request);
    NavigableMap<String, Integer> numbers = new TreeMap<>();
    schema.versions().keySet().forEach(number -> numbers.put("%09d".formatted(number), number));
    return SchemasService.PAGING.answer(
        "SchemaVersions", numbers, request.input(), schema::versionSummary);
  }

  private ObjectNode deleteVersion(Request request) {
    Schema schema = permitted(request);
    int number = request.input().requiredInteger("SchemaVersion", 1, Integer.MAX_VALUE);
    if (!schema.versions().containsKey(number)) {
      throw noSuchVersion(schema, number);
    }
    if (schema.versions().size() == 1) {
      throw SchemasErrors.badRequest("The only version of a schema can't be deleted.");
    }
    registry(request).schemas().put(schema.name(), schema.without(number));
    return Json.object();
  }

  /** The schema of the request, when the caller may call the operation on the schema. */
  private Schema permitted(Request request) {
    String name = name(request);
    Optional<Schema> found = registries.schema(request.home(), registryName(request), name);
    Map<String, String> tags = found.map(Schema::tags).orElseGet(Map::of);
    require(request, name, RequestContext.NONE.withResourceTags(tags));
    return found.orElseThrow(() -> SchemasErrors.notFound("Schema " + name + " does not exist."));
  }

  private void require(Request request, String name, RequestContext context) {
    authorizer.authorize(
        request.caller(),
        request.access(Schema.arn(request.home(), registryName(request), name)).under(context));
  }

  private Registry registry(Request request) {
    return registries.get(request.home(), registryName(request));
  }

  private static String registryName(Request request) {
    return request.input().requiredText("RegistryName", RegistryOperations.NAME);
  }

  private static String name(Request request) {
    return request.input().requiredText("SchemaName", NAME);
  }

  private static AwsException noSuchVersion(Schema schema, int number) {
    return SchemasErrors.notFound(
        "Version %d of schema %s does not exist.".formatted(number, schema.name()));
  }
}
