package io.eventbackbone.sandbox.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.AwsService;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;
import io.eventbackbone.sandbox.TaggedResources;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** GetResources of the Resource Groups Tagging API, by tag filters alone. */
public final class TaggingService implements AwsService {

  private static final Set<String> MEMBERS =
      Set.of("TagFilters", "ResourcesPerPage", "PaginationToken");

  /** ResourcesPerPage of the API Reference: 1 to 100. */
  private static final int LARGEST_PAGE = 100;

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
  public ObjectNode handle(Call call) {
    if (!call.operation().equals("GetResources")) {
      throw AwsException.badRequest(
          "UnknownOperationException",
          "tagging:" + call.operation() + " is not in the sandbox. It has: GetResources");
    }
    Set<String> others = new TreeSet<>();
    call.input().fieldNames().forEachRemaining(others::add);
    others.removeAll(MEMBERS);
    if (!others.isEmpty()) {
      throw invalid("the sandbox does not take " + others);
    }
    authorizer.authorize(
        call.caller(),
        "tag:GetResources",
        "*",
        call.caller().accountId(),
        RequestContext.NONE,
        Optional.empty());
    return page(found(call), call.input());
  }

  private NavigableMap<String, Map<String, String>> found(Call call) {
    NavigableMap<String, Map<String, String>> found = new TreeMap<>();
    for (TaggedResources service : services) {
      service
          .tagged(call.caller().accountId(), call.region())
          .forEach((arn, tags) -> {
            if (passes(tags, call.input().path("TagFilters"))) {
              found.put(arn, tags);
            }
          });
    }
    return found;
  }

  /** Every filter must pass; one with a key alone does when the tag is there. */
  private static boolean passes(Map<String, String> tags, JsonNode filters) {
    for (JsonNode filter : filters) {
      String value = tags.get(filter.path("Key").asText());
      boolean isAllowed = filter.path("Values").isEmpty();
      for (JsonNode allowed : filter.path("Values")) {
        isAllowed |= allowed.asText().equals(value);
      }
      if (value == null || !isAllowed) {
        return false;
      }
    }
    return true;
  }

  private static ObjectNode page(NavigableMap<String, Map<String, String>> all, ObjectNode input) {
    int size = input.path("ResourcesPerPage").asInt(LARGEST_PAGE);
    if (size < 1 || size > LARGEST_PAGE) {
      throw invalid("ResourcesPerPage is 1 to " + LARGEST_PAGE);
    }
    NavigableMap<String, Map<String, String>> rest =
        all.tailMap(input.path("PaginationToken").asText(), false);
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    ArrayNode list = output.putArray("ResourceTagMappingList");
    rest.entrySet().stream().limit(size).forEach(it -> write(it.getKey(), it.getValue(), list));
    output.put(
        "PaginationToken",
        rest.size() > size ? list.get(size - 1).get("ResourceARN").asText() : "");
    return output;
  }

  private static void write(String arn, Map<String, String> tags, ArrayNode list) {
    ArrayNode written = list.addObject().put("ResourceARN", arn).putArray("Tags");
    new TreeMap<>(tags)
        .forEach((key, value) -> written.addObject().put("Key", key).put("Value", value));
  }

  private static AwsException invalid(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }
}
