package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Compatibility;
import java.util.ArrayList;
import java.util.List;

/** Decides whether the versions of a schema get along, each new one with all before it. */
public final class Evolution {

  /** A longer document does not help a reader of a message. */
  private static final int LONGEST_WITNESS = 300;

  private Evolution() {}

  /**
   * A version of a schema.
   *
   * @param name unique among the versions
   */
  public record Version(String name, Schema schema) {}

  /**
   * Two versions that do not get along.
   *
   * @param writer version that accepts the witness
   * @param reader version that refuses it
   * @param witness a document, with declared properties only
   */
  public record Break(String writer, String reader, JsonNode witness) {

    /** For people: {@code version 2 accepts {"total":1}, and version 1 refuses it}. */
    @Override
    public String toString() {
      String text = witness.toString();
      return "version %s accepts %s, and version %s refuses it"
          .formatted(
              writer,
              text.length() <= LONGEST_WITNESS ? text : text.substring(0, LONGEST_WITNESS) + "…",
              reader);
    }
  }

  /**
   * What breaks the compatibility.
   *
   * @param versions oldest first
   */
  public static List<Break> breaks(Compatibility compatibility, List<Version> versions) {
    List<Break> breaks = new ArrayList<>();
    for (int newer = 1; newer < versions.size(); newer++) {
      for (Version older : versions.subList(0, newer)) {
        Version added = versions.get(newer);
        switch (compatibility) {
          case NONE -> {}
          case BACKWARD -> addBreak(older, added, breaks);
          case FORWARD -> addBreak(added, older, breaks);
          case FULL -> {
            addBreak(older, added, breaks);
            addBreak(added, older, breaks);
          }
        }
      }
    }
    return breaks;
  }

  private static void addBreak(Version writer, Version reader, List<Break> breaks) {
    Counterexample.of(writer.schema(), reader.schema())
        .map(witness -> new Break(writer.name(), reader.name(), witness))
        .ifPresent(breaks::add);
  }
}
