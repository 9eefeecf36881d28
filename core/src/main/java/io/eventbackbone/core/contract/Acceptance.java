package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.core.contract.Schema.AnyOf;
import io.eventbackbone.core.contract.Schema.Anything;
import io.eventbackbone.core.contract.Schema.ArrayOf;
import io.eventbackbone.core.contract.Schema.Booleans;
import io.eventbackbone.core.contract.Schema.Discriminated;
import io.eventbackbone.core.contract.Schema.Form;
import io.eventbackbone.core.contract.Schema.Literals;
import io.eventbackbone.core.contract.Schema.NullValue;
import io.eventbackbone.core.contract.Schema.Numbers;
import io.eventbackbone.core.contract.Schema.ObjectOf;
import io.eventbackbone.core.contract.Schema.Text;

/** Whether a schema accepts a JSON value, as JSON Schema validates it. */
final class Acceptance {

  private Acceptance() {}

  static boolean of(Schema schema, JsonNode value) {
    return switch (schema) {
      case Anything anything -> true;
      case AnyOf any -> any.forms().stream().anyMatch(form -> of(form, value));
    };
  }

  private static boolean of(Form form, JsonNode value) {
    return switch (form) {
      case Literals literals -> literals.values().stream().anyMatch(it -> isSame(it, value));
      case NullValue nothing -> value.isNull();
      case Booleans booleans -> value.isBoolean();
      case Numbers numbers ->
          value.isNumber() && (numbers.range() == Numbers.Range.ALL || isInteger(value));
      case Text text ->
          value.isTextual()
              && text.format().map(format -> format.matches(value.textValue())).orElse(true);
      case ArrayOf array ->
          value.isArray() && value.valueStream().allMatch(item -> of(array.items(), item));
      case ObjectOf object -> value.isObject() && of(object, value);
      case Discriminated several -> value.isObject() && of(several, value);
    };
  }

  private static boolean of(ObjectOf object, JsonNode value) {
    return object.required().stream().allMatch(value::has)
        && value
            .propertyStream()
            .allMatch(member ->
                object
                    .accepted(member.getKey())
                    .filter(schema -> of(schema, member.getValue()))
                    .isPresent());
  }

  private static boolean of(Discriminated several, JsonNode value) {
    JsonNode tag = value.path(several.property());
    ObjectOf object = tag.isTextual() ? several.byTag().get(tag.textValue()) : null;
    return object != null && of(object, value);
  }

  /** Whether the values are equal in JSON, where 1 and 1.0 are one number. */
  static boolean isSame(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  static boolean isInteger(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().scale() <= 0;
  }
}
