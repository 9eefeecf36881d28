package io.eventbackbone.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.core.resource.AwsResource;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A hash of a wanted state, which statuses store: {@code v1:} and 32 hexadecimal digits. It tells a
 * changed spec from a change that somebody made in AWS. It is made of canonical JSON, so every
 * process and every version of the operator that writes the same prefix computes the same text.
 */
public final class Fingerprint {

  /** Raise it whenever the canonical JSON of a wanted state changes; FingerprintTest tells. */
  private static final String VERSION = "v1:";

  private static final int HASH_BYTES = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Fingerprint() {}

  /** What a stored fingerprint says about a wanted state. */
  public enum Match {
    /** The state was wanted before. */
    SAME,
    /** Another state was wanted before. */
    OTHER,
    /** Another version of the operator wrote the fingerprint: only AWS tells. */
    UNKNOWN
  }

  public static String of(WantedState wanted) {
    return of(wanted.tags(), wanted.resources());
  }

  static String of(Tags tags, List<Wanted> resources) {
    return VERSION
        + hash(
            text(
                Map.of(
                    "tags", tags.all(),
                    "resources", resources.stream().map(Fingerprint::canonical).toList())));
  }

  /**
   * Compares the fingerprint in a status with that of a wanted state.
   *
   * @param stored empty: the operator has not yet brought AWS to a wanted state
   */
  public static Match match(Optional<String> stored, String wanted) {
    if (stored.filter(it -> !it.startsWith(VERSION)).isPresent()) {
      return Match.UNKNOWN;
    }
    return stored.filter(wanted::equals).isPresent() ? Match.SAME : Match.OTHER;
  }

  /** A hash that equal JSON has, whatever the order of its fields. */
  static String digest(JsonNode json) {
    return hash(text(Map.of("json", json)));
  }

  private static Map<String, Object> canonical(Wanted wanted) {
    Map<String, Object> canonical = new TreeMap<>();
    ResourceKey key = wanted.key();
    canonical.put(
        "key",
        List.of(
            key.type().name(), key.scope().accountId(), key.scope().region(), key.qualifiedName()));
    switch (wanted) {
      case Wanted.Present(AwsResource resource) ->
          canonical.put("present", Attributes.of(resource));
      case Wanted.Absent absent -> canonical.put("absent", true);
      case Wanted.Withdrawn withdrawn -> canonical.put("withdrawn", true);
      case Wanted.Untouched untouched ->
          canonical.put("left", untouched.ifMissing().stream().map(Attributes::of).toList());
    }
    return canonical;
  }

  /** Maps become sorted JSON objects; a tree of nodes would keep the order of its fields. */
  private static String text(Map<String, Object> canonical) {
    try {
      return JSON.writeValueAsString(JSON.treeToValue(JSON.valueToTree(canonical), Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings, numbers, lists and maps are JSON", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
