package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is read of an object's metadata: not {@code managedFields}, which nobody here looks at and
 * which take more of a cache's memory than all the rest, and of annotations the operator's own.
 * What is written without the rest leaves the rest to the API server: the operator sends
 * differences, or what it owns (Kubernetes documentation, "Server-Side Apply").
 */
@JsonIgnoreProperties("managedFields")
abstract class ObjectMetaMixin {

  private static final String OWN = "eventbackbone.io/";

  @JsonDeserialize(using = OwnAnnotations.class)
  abstract void setAnnotations(Map<String, String> annotations);

  /** Annotations of the operator's own domain, all of them texts. */
  static final class OwnAnnotations extends StdDeserializer<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    OwnAnnotations() {
      super(Map.class);
    }

    @Override
    public Map<String, String> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Map<String, String> kept = new LinkedHashMap<>();
      if (!json.isExpectedStartObjectToken()) {
        json.skipChildren();
        return kept;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING && name.startsWith(OWN)) {
          kept.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      return kept;
    }

    @Override
    public Map<String, String> getNullValue(DeserializationContext context) {
      return new LinkedHashMap<>();
    }
  }
}
