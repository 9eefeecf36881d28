package io.eventbackbone.sandbox.tagging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.api.Operation;
import io.eventbackbone.sandbox.api.Paging;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.api.TaggedResources;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.eventbackbone.sandbox.errors.TaggingErrors;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** GetResources of the Resource Groups Tagging API, by tag filters alone. */
public final class TaggingService implements AwsService {

  private static final Set<String> MEMBERS =
      Set.of("TagFilters", "ResourcesPerPage", "PaginationToken");

  private static final String TOKEN = "PaginationToken";
  private static final Paging PAGING =
      new Paging("ResourcesPerPage", 100, TOKEN, TaggingErrors::invalidToken);

  private record Resource(String arn, Map<String, String> tags) {}

  private final Authorizer authorizer;
  private final List<TaggedResources> services;

  /**
   * @param services that have tagged resources
   */
  public TaggingService(Authorizer authorizer, List<TaggedResources> services) {
    this.authorizer = authorizer;
    this.services = List.copyOf(services);
  }

  @Override
  public String name() {
    return "tagging";
  }

  @Override
  public String actionPrefix() {
    return "tag";
  }

  @Override
  public ServiceErrors errors() {
    return TaggingErrors.TAGGING;
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("GetResources", this::getResources);
  }

  private ObjectNode getResources(Request request) {
    Members input = request.input().requireOnly(request.action(), MEMBERS);
    authorizer.authorize(request.caller(), request.access("*"));
    ObjectNode output =
        PAGING.answer(
            "ResourceTagMappingList",
            found(request.home(), input.structures("TagFilters")),
            input,
            TaggingService::toJson);
    return output.has(TOKEN) ? output : output.put(TOKEN, "");
  }

  private NavigableMap<String, Resource> found(Home home, List<Members> filters) {
    NavigableMap<String, Resource> found = new TreeMap<>();
    for (TaggedResources service : services) {
      service
          .tagged(home.accountId(), home.region())
          .forEach((arn, tags) -> {
            if (filters.stream().allMatch(filter -> passes(tags, filter))) {
              found.put(arn, new Resource(arn, tags));
            }
          });
    }
    return found;
  }

  /** A filter with a key alone passes when the tag is there. */
  private static boolean passes(Map<String, String> tags, Members filter) {
    String key = filter.requiredText("Key");
    List<String> values = filter.texts("Values");
    return tags.containsKey(key) && (values.isEmpty() || values.contains(tags.get(key)));
  }

  private static ObjectNode toJson(Resource resource) {
    ObjectNode json = Json.object().put("ResourceARN", resource.arn());
    ArrayNode written = json.putArray("Tags");
    new TreeMap<>(resource.tags())
        .forEach((key, value) -> written.addObject().put("Key", key).put("Value", value));
    return json;
  }
}
