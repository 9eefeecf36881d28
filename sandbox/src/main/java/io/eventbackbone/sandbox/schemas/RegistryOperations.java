package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.Shape;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The operations on registries. */
final class RegistryOperations {

  static final Shape NAME = Shape.of(1, 64, "[0-9A-Za-z_.@-]+");

  private final Authorizer authorizer;
  private final Map<Home, NavigableMap<String, Registry>> byHome = new HashMap<>();

  RegistryOperations(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateRegistry", this::create,
        "DescribeRegistry", request -> permitted(request).details(),
        "ListRegistries", this::list,
        "UpdateRegistry", this::update,
        "DeleteRegistry", this::delete);
  }

  /** A registry of the caller's, or {@code NotFoundException}. */
  Registry get(Home home, String name) {
    return Optional.ofNullable(of(home).get(name))
        .orElseThrow(() -> SchemasErrors.notFound("Registry " + name + " does not exist."));
  }

  Optional<Schema> schema(Home home, String registry, String name) {
    return Optional.ofNullable(of(home).get(registry))
        .flatMap(it -> Optional.ofNullable(it.schemas().get(name)));
  }

  private NavigableMap<String, Registry> of(Home home) {
    return byHome.computeIfAbsent(home, first -> new TreeMap<>());
  }

  private ObjectNode create(Request request) {
    Members input = request.input();
    String name = input.requiredText("RegistryName", NAME);
    if (name.startsWith("aws.")) {
      throw SchemasErrors.badRequest("RegistryName must not begin with aws.");
    }
    Map<String, String> tags = input.textsByKey(SchemasService.TAGS);
    RequestContext context = RequestContext.NONE.withRequestTags(tags);
    require(request, name, context);
    if (!tags.isEmpty()) {
      requireTagging(request, Registry.arn(request.home(), name), context);
    }
    if (of(request.home()).containsKey(name)) {
      throw SchemasErrors.conflict("Registry " + name + " already exists.");
    }
    Registry registry =
        new Registry(
            request.home(), name, input.text("Description", SchemasService.DESCRIPTION), tags);
    of(request.home()).put(name, registry);
    return registry.details();
  }

  private ObjectNode list(Request request) {
    require(request, "*", RequestContext.NONE);
    String prefix = request.input().text("RegistryNamePrefix").orElse("");
    NavigableMap<String, Registry> found = new TreeMap<>(of(request.home()));
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return SchemasService.PAGING.answer("Registries", found, request.input(), Registry::summary);
  }

  private ObjectNode update(Request request) {
    Registry registry = permitted(request);
    request.input().text("Description", SchemasService.DESCRIPTION).ifPresent(registry::describe);
    return registry.details();
  }

  private ObjectNode delete(Request request) {
    Registry registry = permitted(request);
    if (!registry.schemas().isEmpty()) {
      throw SchemasErrors.badRequest("Registry " + registry.name() + " is not empty.");
    }
    of(request.home()).remove(registry.name());
    return Json.object();
  }

  /** The registry of the request, when the caller may call the operation on the registry. */
  private Registry permitted(Request request) {
    String name = request.input().requiredText("RegistryName", NAME);
    Map<String, String> tags =
        Optional.ofNullable(of(request.home()).get(name)).map(Registry::tags).orElseGet(Map::of);
    require(request, name, RequestContext.NONE.withResourceTags(tags));
    return get(request.home(), name);
  }

  /** The registry or the schema whose ARN the request has. */
  Optional<Tagged> tagged(Request request) {
    String arn = TagOperations.arn(request);
    return tagged(request.home()).stream().filter(it -> it.arn().equals(arn)).findFirst();
  }

  /** All registries and their schemas. */
  List<Tagged> tagged(Home home) {
    List<Tagged> tagged = new ArrayList<>();
    for (Registry registry : of(home).values()) {
      tagged.add(
          new Tagged(Registry.arn(home, registry.name()), registry.tags(), registry::setTags));
      for (Schema schema : registry.schemas().values()) {
        tagged.add(
            new Tagged(
                schema.arn(),
                schema.tags(),
                tags -> registry.schemas().put(schema.name(), schema.withTags(tags))));
      }
    }
    return tagged;
  }

  /** Tags at creation take the right to tag, as those of a discoverer do. */
  void requireTagging(Request request, String arn, RequestContext context) {
    authorizer.authorize(request.caller(), request.access("TagResource", arn).under(context));
  }

  private void require(Request request, String name, RequestContext context) {
    authorizer.authorize(
        request.caller(), request.access(Registry.arn(request.home(), name)).under(context));
  }
}
