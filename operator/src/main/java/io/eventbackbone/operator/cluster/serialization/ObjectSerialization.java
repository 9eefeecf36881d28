package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an API server stores, whatever that is, and keeps what the operator looks at.
 *
 * <p>No answer stops an informer. A spec that can't be read becomes an {@link
 * io.eventbackbone.api.v1alpha1.Unreadable}. An object that can't be read at all is left out of its
 * list and logged. A watch that ends in an error, whatever the error, ends in 410 Gone for the
 * client: that is what fabric8's informers list anew for. Other failures carry no exception of
 * Jackson: java-operator-sdk stops an informer for good on one.
 */
public final class ObjectSerialization extends KubernetesSerialization {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectSerialization.class);

  /**
   * The types that the client finds by {@code apiVersion} and {@code kind}: what watches bring and
   * the webhook is asked about. To search the class path for all types takes half a second.
   */
  private static final List<Class<? extends KubernetesResource>> FOUND_BY_KIND =
      List.of(
          AwsAccount.class,
          EventBackbone.class,
          ServiceAccountBus.class,
          EventRoute.class,
          EventSubscription.class,
          EventType.class,
          EventReplay.class,
          Namespace.class,
          HashedSecret.class,
          HashedConfigMap.class,
          Status.class);

  private static final String ERROR = "ERROR";

  /**
   * Above what an API server takes, whose JSON parser (Go, encoding/json) refuses 10,000 levels,
   * and the levels of a list or a review around it. Each level takes memory, also of what is
   * skipped.
   */
  private static final int DEEPEST = 10_100;

  private final ObjectMapper mapper;
  private final Runnable leftOut;

  /** Reads, and counts nothing. */
  public ObjectSerialization() {
    this(() -> {});
  }

  /**
   * Reads, and tells of each object that is left out of a list.
   *
   * @param leftOut runs each time
   */
  public ObjectSerialization(Runnable leftOut) {
    this(mapper(), leftOut);
  }

  private ObjectSerialization(ObjectMapper mapper, Runnable leftOut) {
    super(mapper, false);
    this.mapper = mapper;
    this.leftOut = leftOut;
    FOUND_BY_KIND.forEach(this::registerKubernetesResource);
  }

  /**
   * Without Jackson's limits of names and texts: the API server limits the size of an object. Names
   * are not kept: those of users never end.
   */
  private static ObjectMapper mapper() {
    JsonFactory json =
        new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
            .build();
    return new ObjectMapper(json)
        .addMixIn(ObjectMeta.class, ObjectMetaMixin.class)
        .registerModule(
            new SimpleModule()
                .addDeserializer(String.class, new SharedText())
                .setDeserializerModifier(new TolerantFields()));
  }

  @Override
  public <T> T unmarshal(InputStream answer, TypeReference<T> type) {
    try {
      T read = super.unmarshal(answer, type);
      if (read instanceof WatchEvent event && ERROR.equals(event.getType())) {
        end(event);
      }
      return read;
    } catch (RuntimeException | StackOverflowError e) {
      return inParts(answer, type, ReadFailures.text(e));
    }
  }

  @Override
  public <T> T convertValue(Object value, Class<T> type) {
    try {
      return super.convertValue(value, type);
    } catch (IllegalArgumentException | StackOverflowError e) {
      throw unreadable(ReadFailures.text(e));
    }
  }

  @Override
  public <T> T clone(T resource) {
    T copy = super.clone(resource);
    if (resource instanceof BackboneResource<?, ?> original
        && copy instanceof BackboneResource<?, ?> cloned) {
      original.unreadable().ifPresent(cloned::becomeUnreadable);
    }
    return copy;
  }

  /** A reconnection at the same resourceVersion, fabric8's choice, may meet the error for ever. */
  private static void end(WatchEvent event) {
    if (event.getObject() instanceof Status status
        && !Integer.valueOf(HttpURLConnection.HTTP_GONE).equals(status.getCode())) {
      LOG.warn("a watch ended, and its objects are listed anew: {}", status.getMessage());
      event.setObject(gone(status.getMessage()));
    }
  }

  private static Status gone(String message) {
    return new StatusBuilder()
        .withCode(HttpURLConnection.HTTP_GONE)
        .withReason("Expired")
        .withMessage(message)
        .build();
  }

  private <T> T inParts(InputStream answer, TypeReference<T> wanted, String failure) {
    JavaType type = mapper.constructType(wanted.getType());
    if (type.hasRawClass(WatchEvent.class)) {
      LOG.warn("a watch brought what can't be read, and its objects are listed anew: {}", failure);
      return mapper.convertValue(new WatchEvent(gone(failure), ERROR), type);
    }
    JavaType[] items = type.findTypeParameters(KubernetesResourceList.class);
    if (items.length == 1 && answer instanceof ByteArrayInputStream body) {
      body.reset();
      return mapper.convertValue(readableItems(body, items[0]), type);
    }
    throw unreadable(failure);
  }

  private ObjectNode readableItems(InputStream body, JavaType itemType) {
    try {
      if (!(mapper.readTree(body) instanceof ObjectNode page)) {
        throw unreadable("a list is no JSON object");
      }
      ArrayNode readable = mapper.createArrayNode();
      for (JsonNode item : page.path("items")) {
        if (isReadable(item, itemType)) {
          readable.add(item);
        }
      }
      page.set("items", readable);
      return page;
    } catch (IOException e) {
      throw unreadable(ReadFailures.text(e));
    }
  }

  private boolean isReadable(JsonNode item, JavaType type) {
    try {
      mapper.treeToValue(item, type);
      return true;
    } catch (JsonProcessingException | StackOverflowError e) {
      JsonNode metadata = item.path("metadata");
      LOG.error(
          "{} {}/{} can't be read, and the operator goes on as if it did not exist: {}",
          type.getRawClass().getSimpleName(),
          metadata.path("namespace").asText(),
          metadata.path("name").asText(),
          ReadFailures.text(e));
      leftOut.run();
      return false;
    }
  }

  private static KubernetesClientException unreadable(String why) {
    return new KubernetesClientException("what the API server sent can't be read: " + why);
  }
}
