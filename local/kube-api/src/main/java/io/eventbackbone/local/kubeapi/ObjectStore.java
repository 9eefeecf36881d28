package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * fabric8's CRUD store without its one oddity that readers of objects stumble over: it writes
 * {@code "status": null} into what is patched before it has a status, where an API server has no
 * nulls.
 */
final class ObjectStore extends KubernetesCrudDispatcher {

  private static final Pattern INVOLVED_OBJECT =
      Pattern.compile("fieldSelector=(involvedObject[^&]*)");

  @Override
  public void processEvent(
      String path,
      AttributeSet pathAttributes,
      AttributeSet oldAttributes,
      GenericKubernetesResource resource,
      String newState) {
    super.processEvent(
        path, pathAttributes, oldAttributes, resource, newState == null ? null : clean(newState));
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    MockResponse response = super.handlePatch(request);
    return response.getBody() == null || response.getBody().size() == 0
        ? response
        : response.setBody(clean(response.getBody().readUtf8()));
  }

  @Override
  public MockResponse handleGet(String path) {
    Matcher selector = INVOLVED_OBJECT.matcher(path);
    if (!selector.find()) {
      return super.handleGet(path);
    }
    MockResponse response = super.handleGet(path.replace(selector.group(), ""));
    ObjectNode list = Serialization.unmarshal(response.getBody().readUtf8(), ObjectNode.class);
    var wanted = URLDecoder.decode(selector.group(1), StandardCharsets.UTF_8);
    list.withArray("items").removeIf(item -> !isSelected(item, wanted));
    return response.setBody(Serialization.asJson(list));
  }

  private static boolean isSelected(JsonNode item, String fieldSelector) {
    return Pattern.compile(",")
        .splitAsStream(fieldSelector)
        .map(requirement -> requirement.split("=", 2))
        .allMatch(requirement ->
            item.at("/" + requirement[0].replace('.', '/')).asText().equals(requirement[1]));
  }

  private static String clean(String object) {
    ObjectNode json = Serialization.unmarshal(object, ObjectNode.class);
    json.properties().removeIf(property -> property.getValue().isNull());
    json.path("metadata").properties().removeIf(property -> property.getValue().isNull());
    return Serialization.asJson(json);
  }
}
