package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.eventbackbone.api.v1alpha1.Unreadable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why something can't be read, in short sentences: names and texts of users may have no end. */
final class ReadFailures {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_TEXT = 256;

  private static final String ANOTHER_FORM =
      "has another form than this version of the operator knows";

  private ReadFailures() {}

  /**
   * Why a spec or a status can't be read.
   *
   * @param root spec or status
   */
  static Unreadable unreadable(String root, Throwable failure) {
    List<JsonMappingException.Reference> path =
        failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    String field =
        root
            + path.stream()
                .map(it ->
                    it.getFieldName() == null
                        ? "[%d]".formatted(it.getIndex())
                        : "." + shortened(it.getFieldName(), LONGEST_NAME))
                .collect(Collectors.joining());
    return new Unreadable(shortened(field, LONGEST_TEXT), why(failure));
  }

  private static String why(Throwable failure) {
    if (failure instanceof InvalidFormatException invalid && invalid.getTargetType().isEnum()) {
      return "is \"%s\", and this version of the operator knows %s"
          .formatted(
              shortened(String.valueOf(invalid.getValue()), LONGEST_NAME),
              Arrays.stream(invalid.getTargetType().getEnumConstants())
                  .map(it -> jsonName((Enum<?>) it))
                  .collect(Collectors.joining(", ")));
    }
    if (failure instanceof UnrecognizedPropertyException) {
      return "is a field that this version of the operator does not know";
    }
    if (failure instanceof MismatchedInputException) {
      return ANOTHER_FORM;
    }
    if (failure instanceof ValueInstantiationException) {
      return ANOTHER_FORM + ": " + text(failure);
    }
    return text(failure);
  }

  private static String jsonName(Enum<?> constant) {
    try {
      return Optional.ofNullable(
              constant
                  .getDeclaringClass()
                  .getField(constant.name())
                  .getAnnotation(JsonProperty.class))
          .map(JsonProperty::value)
          .orElseGet(constant::name);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("an enum has a field for each constant", e);
    }
  }

  /** The innermost failure, without the position in the text. */
  static String text(Throwable failure) {
    Throwable root =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .reduce((outer, cause) -> cause)
            .orElse(failure);
    if (root instanceof StackOverflowError) {
      return "is nested too deep";
    }
    String message =
        root instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : root.getMessage();
    return shortened(message == null ? root.getClass().getSimpleName() : message, LONGEST_TEXT);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest
        ? text
        : "%s… (%,d characters)".formatted(text.substring(0, longest), text.length());
  }
}
