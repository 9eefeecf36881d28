package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.core.contract.Schema.AnyOf;
import io.eventbackbone.core.contract.Schema.Form;
import io.eventbackbone.core.contract.Schema.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the values of {@code enum} and {@code const}. */
final class Literal {

  private Literal() {}

  /**
   * The listed values. Empty: there is a mistake, and it is told.
   *
   * @param types that the values may have
   */
  static Optional<Literals> of(
      JsonNode written,
      String keyword,
      Set<String> types,
      SchemaPlace place,
      BiConsumer<SchemaPlace, String> problem) {
    boolean isList = keyword.equals("enum");
    if (isList && (!written.isArray() || written.isEmpty())) {
      problem.accept(place, "write a list of values");
      return Optional.empty();
    }
    List<JsonNode> values = isList ? written.valueStream().toList() : List.of(written);
    List<JsonNode> listed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      JsonNode value = values.get(i);
      Optional<String> mistake =
          mistake(value, types)
              .or(() ->
                  listed.stream().anyMatch(it -> Acceptance.isSame(it, value))
                      ? Optional.of("%s is listed twice: remove one".formatted(value))
                      : Optional.empty());
      if (mistake.isPresent()) {
        problem.accept(isList ? place.at(Integer.toString(i)) : place, mistake.get());
        return Optional.empty();
      }
      listed.add(value);
    }
    return Optional.of(new Literals(listed));
  }

  private static Optional<String> mistake(JsonNode value, Set<String> types) {
    if (!value.isValueNode()) {
      return Optional.of("write texts, numbers, true, false and null only");
    }
    if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
      return Optional.of("JSON has no number %s".formatted(value));
    }
    String type = JsonTypes.of(value);
    boolean isOfType =
        types.contains(type)
            || (type.equals(JsonTypes.NUMBER)
                && types.contains(JsonTypes.INTEGER)
                && Acceptance.isInteger(value));
    return isOfType
        ? Optional.empty()
        : Optional.of("%s is not of the type beside it".formatted(value));
  }

  /** The values of a schema that accepts listed texts alone. Empty: it accepts others. */
  static List<String> texts(Schema schema) {
    return schema instanceof AnyOf(List<Form> forms)
            && forms.size() == 1
            && forms.get(0) instanceof Literals(List<JsonNode> values)
            && values.stream().allMatch(JsonNode::isTextual)
        ? values.stream().map(JsonNode::textValue).toList()
        : List.of();
  }
}
