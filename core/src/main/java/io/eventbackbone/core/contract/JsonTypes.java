package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The types of JSON values, as the keyword {@code type} names them. */
final class JsonTypes {

  static final String OBJECT = "object";
  static final String ARRAY = "array";
  static final String STRING = "string";
  static final String NUMBER = "number";
  static final String INTEGER = "integer";
  static final String BOOLEAN = "boolean";
  static final String NULL = "null";

  static final Set<String> KEYWORDS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of(OBJECT, ARRAY, STRING, NUMBER, INTEGER, BOOLEAN, NULL)));

  private JsonTypes() {}

  /** The type of a value; never {@code integer}. */
  static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> OBJECT;
      case ARRAY -> ARRAY;
      case STRING, BINARY -> STRING;
      case NUMBER -> NUMBER;
      case BOOLEAN -> BOOLEAN;
      case NULL, MISSING -> NULL;
    };
  }
}
