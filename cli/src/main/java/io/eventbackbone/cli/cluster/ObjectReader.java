package io.eventbackbone.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Objects of JSON. One whose spec can't be read has no spec, and says why; the others are read all
 * the same.
 */
public final class ObjectReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ObjectReader() {}

  /**
   * A JSON text as a tree.
   *
   * @throws IllegalStateException if it is none
   */
  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API server sent what is no JSON", e);
    }
  }

  /**
   * The object of a kind.
   *
   * @throws IllegalArgumentException if it has no metadata that can be read
   */
  public static HasMetadata read(Kind kind, JsonNode object) {
    forgetFields(object);
    try {
      return MAPPER.treeToValue(object, kind.type());
    } catch (JsonProcessingException e) {
      return unreadable(kind, (ObjectNode) object, e);
    }
  }

  /** Which parts were changed counts, and not which fields in them: these are half of all text. */
  private static void forgetFields(JsonNode object) {
    for (JsonNode change : object.path("metadata").path("managedFields")) {
      change.path("fieldsV1").properties().forEach(part -> part.setValue(NullNode.instance));
    }
  }

  /** The object with another grant: one that admits every namespace, if it had a selector. */
  static HasMetadata admittingAll(Kind kind, HasMetadata object, String grant) {
    ObjectNode tree = MAPPER.valueToTree(object);
    ObjectNode spec = (ObjectNode) tree.get("spec");
    if (spec.path(grant).path("from").asText().equals("Selector")) {
      spec.putObject(grant).put("from", "All");
    }
    return read(kind, tree);
  }

  private static HasMetadata unreadable(
      Kind kind, ObjectNode object, JsonProcessingException failure) {
    try {
      ObjectNode rest = object.deepCopy();
      rest.remove(List.of("spec", "status"));
      HasMetadata bare = MAPPER.treeToValue(rest, kind.type());
      if (bare instanceof BackboneResource<?, ?> resource) {
        resource.becomeUnreadable(unreadable(failure));
      }
      return bare;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: metadata can't be read: %s".formatted(kind.title(), e.getOriginalMessage()), e);
    }
  }

  private static Unreadable unreadable(JsonProcessingException failure) {
    String field =
        failure instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(
                    it -> it.getFieldName() == null ? "[" + it.getIndex() + "]" : it.getFieldName())
                .collect(Collectors.joining("."))
            : "spec";
    return new Unreadable(field, "can't be read: " + failure.getOriginalMessage());
  }
}
