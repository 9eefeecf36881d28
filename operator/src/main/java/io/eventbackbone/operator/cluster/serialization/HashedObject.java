package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a watched Secret or ConfigMap that the operator keeps in memory: names, versions,
 * controller, and a hash of the data. An object takes a few hundred bytes of memory, however much
 * data a tenant stores in it. To get the data, read the object by its name.
 */
public abstract sealed class HashedObject implements HasMetadata, Namespaced
    permits HashedSecret, HashedConfigMap {

  private static final long serialVersionUID = 1L;

  private ObjectMeta metadata = new ObjectMeta();
  private String dataHash = hash(new TreeMap<>());

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  /** Keeps the names, the versions and the controller of what was read. */
  @Override
  public void setMetadata(ObjectMeta read) {
    metadata =
        new ObjectMetaBuilder()
            .withNamespace(read.getNamespace())
            .withName(read.getName())
            .withUid(read.getUid())
            .withResourceVersion(read.getResourceVersion())
            .withOwnerReferences(
                read.getOwnerReferences().stream()
                    .filter(it -> Boolean.TRUE.equals(it.getController()))
                    .toList())
            .build();
  }

  /** Does nothing: every object of these classes is of v1. */
  @Override
  public void setApiVersion(String version) {}

  @JsonProperty("data")
  @JsonDeserialize(using = HashDeserializer.class)
  void setDataHash(String dataHash) {
    this.dataHash = dataHash;
  }

  /** Whether the object's data is this, values as the API server writes them. */
  public boolean holds(Map<String, String> data) {
    Map<String, byte[]> entries = new TreeMap<>();
    data.forEach((key, value) -> entries.put(key, sha256().digest(utf8(value))));
    return dataHash.equals(hash(entries));
  }

  /**
   * Of all keys and values.
   *
   * @param entries hashes of the values, in the order of their keys
   */
  private static String hash(Map<String, byte[]> entries) {
    MessageDigest digest = sha256();
    entries.forEach((key, value) -> {
      digest.update(sha256().digest(utf8(key)));
      digest.update(value);
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads one value at a time, and keeps none. */
  private static final class HashDeserializer extends StdDeserializer<String> {

    private static final long serialVersionUID = 1L;

    HashDeserializer() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Map<String, byte[]> entries = new TreeMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        entries.put(key, sha256().digest(utf8(json.getText())));
      }
      return hash(entries);
    }

    /** An API server leaves out the data of an object without any. */
    @Override
    public String getNullValue(DeserializationContext context) {
      return hash(new TreeMap<>());
    }
  }
}
