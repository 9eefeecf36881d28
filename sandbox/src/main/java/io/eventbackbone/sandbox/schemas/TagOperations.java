package io.eventbackbone.sandbox.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The operations on the tags of discoverers, registries and schemas. */
final class TagOperations {

  private final Authorizer authorizer;
  private final Function<Request, Optional<Tagged>> resources;

  /**
   * @param resources finds the resource of a request by its ARN
   */
  TagOperations(Authorizer authorizer, Function<Request, Optional<Tagged>> resources) {
    this.authorizer = authorizer;
    this.resources = resources;
  }

  static String arn(Request request) {
    return request.input().requiredText("ResourceArn");
  }

  Map<String, Operation> operations() {
    return Map.of(
        "TagResource", this::tag,
        "UntagResource", this::untag,
        "ListTagsForResource", this::list);
  }

  private ObjectNode tag(Request request) {
    Map<String, String> added = request.input().textsByKey(SchemasService.TAGS);
    Tagged resource = permitted(request, it -> it.withRequestTags(added));
    Map<String, String> tags = new TreeMap<>(resource.tags());
    tags.putAll(added);
    resource.set().accept(tags);
    return Json.object();
  }

  private ObjectNode untag(Request request) {
    List<String> keys = request.input().texts("TagKeys");
    Tagged resource = permitted(request, it -> it.withTagKeys(keys));
    Map<String, String> tags = new TreeMap<>(resource.tags());
    tags.keySet().removeAll(keys);
    resource.set().accept(tags);
    return Json.object();
  }

  private ObjectNode list(Request request) {
    ObjectNode output = Json.object();
    permitted(request, it -> it).tags().forEach(output.putObject(SchemasService.TAGS)::put);
    return output;
  }

  /** The resource of the request, when the caller may call the operation on the resource. */
  private Tagged permitted(Request request, UnaryOperator<RequestContext> ofRequest) {
    Tagged resource =
        resources
            .apply(request)
            .orElseThrow(
                () -> SchemasErrors.notFound("Resource " + arn(request) + " does not exist."));
    RequestContext context = ofRequest.apply(RequestContext.NONE.withResourceTags(resource.tags()));
    authorizer.authorize(request.caller(), request.access(resource.arn()).under(context));
    return resource;
  }
}
