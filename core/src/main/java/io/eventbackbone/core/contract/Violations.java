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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The places where a JSON value breaks a schema. A place contains no value, and no key that stands
 * for a value. All items of an array are one place.
 */
public final class Violations {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

  private Violations() {}

  /**
   * A place, and the problem there.
   *
   * @param path JSONPath from the value, for example {@code $.items[*].sku}
   * @param message {@code is missing}, {@code is not a text}
   */
  public record Violation(String path, String message) {}

  /** The violations, each once. Empty: the schema accepts the value. */
  public static List<Violation> of(Schema schema, JsonNode value) {
    return of(schema, value, "$").distinct().toList();
  }

  private static Stream<Violation> of(Schema schema, JsonNode value, String path) {
    return switch (schema) {
      case Anything anything -> Stream.empty();
      case AnyOf any when Acceptance.of(any, value) -> Stream.empty();
      case AnyOf(List<Form> forms) ->
          forms.stream()
              .filter(form -> isContainer(form, value))
              .findFirst()
              .map(form -> within(form, value, path))
              .orElseGet(() -> Stream.of(new Violation(path, "is not " + expected(forms))));
    };
  }

  /** Whether a form of objects or arrays fits the type of the value. */
  private static boolean isContainer(Form form, JsonNode value) {
    return switch (form) {
      case ArrayOf array -> value.isArray();
      case ObjectOf object -> value.isObject();
      case Discriminated several -> value.isObject();
      case Literals it -> false;
      case NullValue it -> false;
      case Booleans it -> false;
      case Numbers it -> false;
      case Text it -> false;
    };
  }

  private static Stream<Violation> within(Form form, JsonNode value, String path) {
    return switch (form) {
      case ArrayOf(Schema items) ->
          value.valueStream().flatMap(item -> of(items, item, path + "[*]"));
      case ObjectOf object -> within(object, value, path);
      case Discriminated several -> {
        JsonNode tag = value.path(several.property());
        ObjectOf object = tag.isTextual() ? several.byTag().get(tag.textValue()) : null;
        String place = path + member(several.property());
        yield object != null
            ? within(object, value, path)
            : Stream.of(
                new Violation(
                    place, tag.isMissingNode() ? "is missing" : "is not one of the listed values"));
      }
      default -> throw new IllegalStateException("a value has no parts: " + form);
    };
  }

  private static Stream<Violation> within(ObjectOf object, JsonNode value, String path) {
    Stream<Violation> missing =
        object.properties().keySet().stream()
            .filter(object.required()::contains)
            .filter(name -> !value.has(name))
            .map(name -> new Violation(path + member(name), "is missing"));
    return Stream.concat(
        missing, value.propertyStream().flatMap(member -> ofMember(object, member, path)));
  }

  private static Stream<Violation> ofMember(
      ObjectOf object, Map.Entry<String, JsonNode> member, String path) {
    String name = member.getKey();
    boolean isDeclared = object.properties().containsKey(name);
    String place = path + (isDeclared ? member(name) : ".*");
    return object
        .accepted(name)
        .map(schema -> of(schema, member.getValue(), place))
        .orElseGet(() ->
            Stream.of(
                new Violation(
                    PLAIN.matcher(name).matches() ? path + member(name) : place,
                    "is no property of the schema")));
  }

  private static String member(String name) {
    return PLAIN.matcher(name).matches()
        ? "." + name
        : "['%s']".formatted(name.replace("\\", "\\\\").replace("'", "\\'"));
  }

  private static String expected(List<Form> forms) {
    return forms.stream().map(Violations::expected).distinct().collect(Collectors.joining(" or "));
  }

  private static String expected(Form form) {
    return switch (form) {
      case Literals it -> "one of the listed values";
      case NullValue it -> "null";
      case Booleans it -> "true or false";
      case Numbers numbers ->
          switch (numbers.range()) {
            case ALL -> "a number";
            case INTEGERS -> "an integer";
          };
      case Text text ->
          text.format().map(it -> "a text of format " + it.keyword()).orElse("a text");
      case ArrayOf it -> "an array";
      case ObjectOf it -> "an object";
      case Discriminated it -> "an object";
    };
  }
}
