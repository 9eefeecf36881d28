package io.eventbackbone.core.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Conventions.ValidationAction;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Version;
import io.eventbackbone.core.model.Abbreviation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contracts of the events that a bus's services publish, as the entries of a ConfigMap. A
 * workload sees each entry as a file. The file {@code <name>.json} has all versions of an
 * EventType. The file {@code unknownTypes} has the backbone's convention for other detail types.
 *
 * @param leftOut EventTypes that the ConfigMap has no room for, in words; empty: it has all
 */
public record PublishedContracts(Map<String, String> entries, Optional<String> leftOut) {

  /** The entry with the backbone's convention: Allow, Warn or Refuse. */
  public static final String UNKNOWN_TYPES = "unknownTypes";

  /** The entry that tells of EventTypes without an entry. */
  public static final String LEFT_OUT = "leftOut";

  private static final String FILE = ".json";

  /**
   * Of 1 MiB (Kubernetes documentation, "ConfigMaps"): the rest is for the two other entries, and
   * for the object around them.
   */
  static final int ROOM = 1_000_000;

  /** Kubernetes API reference, ConfigMap: keys are like names of DNS subdomains. */
  private static final int LONGEST_KEY = 253;

  public PublishedContracts {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /**
   * Of the event types of one bus.
   *
   * @param unknownTypes what the backbone does about detail types that none of them has
   */
  public static PublishedContracts of(List<EventType> types, ValidationAction unknownTypes) {
    Map<String, String> entries = new TreeMap<>();
    List<String> without = new ArrayList<>();
    int bytes = 0;
    for (EventType type : inOrder(types)) {
      String key = type.getMetadata().getName() + FILE;
      String text = document(type).toString();
      int size = key.length() + text.getBytes(StandardCharsets.UTF_8).length;
      if (key.length() <= LONGEST_KEY && bytes + size <= ROOM) {
        entries.put(key, text);
        bytes += size;
      } else {
        without.add(type.getMetadata().getName());
      }
    }
    entries.put(UNKNOWN_TYPES, Catalog.keyword(unknownTypes));
    Optional<String> leftOut =
        Optional.of(without)
            .filter(names -> !names.isEmpty())
            .map(names ->
                "%d of %d EventTypes don't fit into the ConfigMap, which has room for %d bytes: %s"
                    .formatted(names.size(), types.size(), ROOM, Abbreviation.of(names)));
    leftOut.ifPresent(sentence -> entries.put(LEFT_OUT, sentence));
    return new PublishedContracts(entries, leftOut);
  }

  /** Whether a ConfigMap with these keys may have been made of contracts. */
  public static boolean isMadeOf(Map<String, String> data) {
    return data.containsKey(UNKNOWN_TYPES)
        && data.keySet().stream()
            .allMatch(
                key -> key.equals(UNKNOWN_TYPES) || key.equals(LEFT_OUT) || key.endsWith(FILE));
  }

  private static List<EventType> inOrder(List<EventType> types) {
    return types.stream()
        .sorted(Comparator.comparing((EventType type) -> type.getMetadata().getName()))
        .toList();
  }

  private static ObjectNode document(EventType type) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("detailType", type.getSpec().detailType());
    ArrayNode versions = document.putArray("versions");
    for (Version version : type.getSpec().versions()) {
      versions.addObject().put("version", version.version()).set("schema", version.schema());
    }
    return document;
  }
}
