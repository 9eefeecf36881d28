package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.math.BigDecimal;
import java.util.List;

/** Small JSON values that a schema accepts. */
final class Samples {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Samples() {}

  static JsonNode of(Schema schema) {
    return switch (schema) {
      case Anything anything -> TextNode.valueOf("text");
      case AnyOf any -> of(any.forms().get(0), 0);
    };
  }

  /**
   * One of the values of a form. Forms without an end of values have another one for each number.
   */
  static JsonNode of(Form form, int number) {
    return switch (form) {
      case Literals literals -> literals.values().get(number % literals.values().size());
      case NullValue nothing -> NullNode.instance;
      case Booleans booleans -> BooleanNode.valueOf(number % 2 == 0);
      case Numbers numbers ->
          switch (numbers.range()) {
            case ALL -> JSON.numberNode(BigDecimal.valueOf(number).add(new BigDecimal("0.5")));
            case INTEGERS -> JSON.numberNode(number);
          };
      case Text text ->
          TextNode.valueOf(
              text.format().map(it -> it.sample(number)).orElseGet(() -> "text " + number));
      case ArrayOf array -> JSON.arrayNode();
      case ObjectOf object -> of(object);
      case Discriminated several -> of(narrowed(several, tagOf(several)));
    };
  }

  /** An object with the required properties alone. */
  static ObjectNode of(ObjectOf object) {
    ObjectNode sample = JSON.objectNode();
    object
        .properties()
        .forEach((name, schema) -> {
          if (object.required().contains(name)) {
            sample.set(name, of(schema));
          }
        });
    return sample;
  }

  private static String tagOf(Discriminated several) {
    return several.byTag().keySet().iterator().next();
  }

  /** The object of one tag alone. */
  static ObjectOf narrowed(Discriminated several, String tag) {
    return narrowed(several.byTag().get(tag), several.property(), tag);
  }

  /** An object whose property has this one value. */
  static ObjectOf narrowed(ObjectOf object, String property, String tag) {
    Schema only = new AnyOf(new Literals(List.of(TextNode.valueOf(tag))));
    return object.with(property, only);
  }
}
