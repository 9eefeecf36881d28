package io.eventbackbone.local.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What kubectl needs and fabric8's CRUD store doesn't have, in front of that store: discovery,
 * tables, server-side apply, and watches over plain HTTP.
 */
final class MockDispatcher extends Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(MockDispatcher.class);
  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String STRATEGIC_MERGE = "application/strategic-merge-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STATUS = "/status";
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** How long a watch without WebSocket waits before it tells the present state and ends. */
  private static final Duration WATCH_POLL = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final List<ServedKind> kinds;
  private final Discovery discovery;

  /** The object last applied, by path and query, which names the field manager. */
  private final Map<String, ObjectNode> applied = new HashMap<>();

  MockDispatcher(ObjectStore store, List<ServedKind> kinds) {
    this.store = store;
    this.kinds = kinds;
    this.discovery = new Discovery(kinds);
  }

  /** Without an answer kubectl would wait for ever. */
  @Override
  public MockResponse dispatch(RecordedRequest request) {
    try {
      return completed(request, answer(request));
    } catch (RuntimeException e) {
      LOG.error("no answer to {} {}", request.method(), request.getPath(), e);
      return status(
          HttpURLConnection.HTTP_INTERNAL_ERROR,
          "InternalError",
          "this stand-in for a Kubernetes API failed: " + e);
    }
  }

  private static MockResponse completed(RecordedRequest request, MockResponse response) {
    if (response.getBody() == null && response.code() == HttpURLConnection.HTTP_NOT_FOUND) {
      return notFound(request);
    }
    return response.getWebSocketListener() == null && response.header("Content-Type") == null
        ? response.setHeader("Content-Type", JSON)
        : response;
  }

  private MockResponse answer(RecordedRequest request) {
    if (request.method() == HttpMethod.GET) {
      return discovery
          .at(path(request))
          .map(document -> new MockResponse().setResponseCode(200).setBody(document))
          .orElseGet(() -> kind(path(request)).isPresent() ? read(request) : notFound(request));
    }
    return kind(path(request)).isPresent() ? change(request) : review(request);
  }

  private static MockResponse review(RecordedRequest request) {
    return Optional.of(request)
        .filter(it -> it.method() == HttpMethod.POST)
        .flatMap(it -> AccessReviews.answer(path(it)))
        .map(answer ->
            new MockResponse()
                .setResponseCode(HttpURLConnection.HTTP_CREATED)
                .setBody(Serialization.asJson(answer)))
        .orElseGet(() -> notFound(request));
  }

  private static MockResponse unsupported(String message) {
    return status(
        UNSUPPORTED_MEDIA_TYPE,
        "UnsupportedMediaType",
        "this is a stand-in for a Kubernetes API: " + message);
  }

  private static MockResponse notFound(RecordedRequest request) {
    return status(HttpURLConnection.HTTP_NOT_FOUND, "NotFound", path(request) + " not found");
  }

  /** One change at a time: some read before they write. */
  private synchronized MockResponse change(RecordedRequest request) {
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    if (type.startsWith(PROTOBUF)) {
      return unsupported(
          "it takes no Protocol Buffers: write the object with --dry-run=client -o yaml, and apply"
              + " that");
    }
    if (request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT) {
      return write(request);
    }
    if (type.startsWith(APPLY)) {
      return apply(request);
    }
    if (type.startsWith(MERGE)) {
      return merge(path(request), object(request.getUtf8Body()));
    }
    if (type.startsWith(STRATEGIC_MERGE)) {
      ObjectNode patch = object(request.getUtf8Body());
      return isPlain(patch)
          ? merge(path(request), patch)
          : unsupported(
              "it takes no strategic merge patch of a list: use kubectl apply --server-side");
    }
    return store.dispatch(request);
  }

  /**
   * Whether a strategic merge patch means the same as a merge patch: it has no list or directive.
   */
  private static boolean isPlain(JsonNode patch) {
    return !patch.isArray()
        && patch.properties().stream()
            .allMatch(field -> !field.getKey().startsWith("$") && isPlain(field.getValue()));
  }

  private MockResponse write(RecordedRequest request) {
    return kind(path(request))
        .map(kind -> Completion.complete(kind, object(request.getUtf8Body())))
        .map(object -> jsonRequest(request.method(), request.getPath(), object))
        .map(store::dispatch)
        .orElseGet(() -> store.dispatch(request));
  }

  private MockResponse read(RecordedRequest request) {
    if (request.getPath().contains("watch=true") && request.getHeader("Upgrade") == null) {
      return presentState(request);
    }
    MockResponse response = store.dispatch(request);
    if (response.code() != HttpURLConnection.HTTP_OK || response.getWebSocketListener() != null) {
      return response;
    }
    ObjectNode answer = object(response);
    ServedKind kind = kind(path(request)).orElseThrow();
    boolean wantsTable =
        Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("as=Table");
    if (wantsTable && !kind.columns().isEmpty()) {
      return response.setBody(Tables.of(kind, answer));
    }
    return response.setBody(
        Serialization.asJson(answer.has("items") ? listed(kind, answer) : answer));
  }

  /** A list of its kind. Typed clients find nothing in the store's lists, whose kind is List. */
  private static ObjectNode listed(ServedKind kind, ObjectNode list) {
    return list.put("apiVersion", kind.apiVersion()).put("kind", kind.kind() + "List");
  }

  /** A watch as polling: kubectl begins a new one whenever the former ends. */
  private MockResponse presentState(RecordedRequest request) {
    String list = request.getPath().replace("watch=true", "watch=false");
    var events = new StringBuilder();
    object(store.handleGet(list))
        .path("items")
        .forEach(item ->
            events
                .append(Serialization.asJson(Map.of("type", "MODIFIED", "object", item)))
                .append('\n'));
    return new MockResponse()
        .setResponseCode(200)
        .setBody(events.isEmpty() ? "\n" : events.toString())
        .setBodyDelay(WATCH_POLL);
  }

  /** Creates what is not there and merges into what is. */
  private MockResponse apply(RecordedRequest request) {
    String path = path(request);
    boolean exists = store.handleGet(path).code() == HttpURLConnection.HTTP_OK;
    if (!exists && path.endsWith(STATUS)) {
      return notFound(request);
    }
    ObjectNode now = object(request.getUtf8Body());
    JsonNode before = Optional.ofNullable(applied.put(request.getPath(), now)).orElse(now);
    return exists
        ? merge(path, Completion.applyPatch(before, now))
        : write(jsonRequest(HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), now));
  }

  /** A merge patch as an update, since the store's own appends arrays instead of replacing them. */
  private MockResponse merge(String path, ObjectNode patch) {
    MockResponse current = store.handleGet(path);
    if (current.code() != HttpURLConnection.HTTP_OK) {
      return current;
    }
    ObjectNode merged = Completion.merge(object(current), patch);
    MockResponse response = store.dispatch(jsonRequest(HttpMethod.PUT, path, merged));
    return response.code() == HttpURLConnection.HTTP_OK && isEmpty(response)
        ? response.setBody(Serialization.asJson(merged))
        : response;
  }

  /** The store answers nothing when the last finalizer of a deleted object goes. */
  private static boolean isEmpty(MockResponse response) {
    return response.getBody() == null || response.getBody().size() == 0;
  }

  private Optional<ServedKind> kind(String path) {
    return kinds.stream().filter(kind -> kind.isServedAt(path)).findFirst();
  }

  private static RecordedRequest jsonRequest(HttpMethod method, String path, ObjectNode body) {
    return new RecordedRequest(
        "HTTP/1.1",
        method,
        path,
        Headers.builder().add("Content-Type", JSON).build(),
        new Buffer(Serialization.asJson(body).getBytes(StandardCharsets.UTF_8)));
  }

  private static MockResponse status(int code, String reason, String message) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", JSON)
        .setBody(
            Serialization.asJson(
                Map.of(
                    "kind",
                    "Status",
                    "apiVersion",
                    "v1",
                    "status",
                    "Failure",
                    "reason",
                    reason,
                    "message",
                    message,
                    "code",
                    code)));
  }

  private static String path(RecordedRequest request) {
    return request.getPath().replaceFirst("\\?.*", "");
  }

  private static ObjectNode object(MockResponse response) {
    return object(response.getBody().readUtf8());
  }

  private static ObjectNode object(String jsonOrYaml) {
    return Serialization.unmarshal(jsonOrYaml, ObjectNode.class);
  }
}
