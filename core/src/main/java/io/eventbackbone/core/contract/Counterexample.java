package io.eventbackbone.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventbackbone.core.contract.Schema.Additional;
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
import io.eventbackbone.core.contract.Schema.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Searches a document that one schema writes and another refuses to read. A document has declared
 * properties only: an object whose schema says nothing of additional properties has none. So a
 * reader without {@code additionalProperties} accepts a property that it does not know, and a
 * writer never surprises a reader with a property that no schema declares.
 */
final class Counterexample {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What {@link Schema#ANYTHING} accepts, type by type. */
  private static final List<Form> EVERY_FORM =
      List.of(
          new NullValue(),
          new Booleans(),
          new Numbers(Numbers.Range.ALL),
          new Text(Optional.empty()),
          new ArrayOf(Schema.ANYTHING),
          new ObjectOf(Map.of(), Set.of(), new Values(Schema.ANYTHING)));

  private Counterexample() {}

  /**
   * The smallest such document that the search meets. Empty: the reader accepts every document of
   * the writer.
   */
  static Optional<JsonNode> of(Schema writer, Schema reader) {
    if (reader instanceof Anything) {
      return Optional.empty();
    }
    List<Form> forms =
        switch (writer) {
          case Anything anything -> EVERY_FORM;
          case AnyOf any -> any.forms();
        };
    return forms.stream().flatMap(form -> of(form, (AnyOf) reader).stream()).findFirst();
  }

  private static Optional<JsonNode> of(Form writer, AnyOf reader) {
    return switch (writer) {
      case Literals literals -> refused(literals.values().stream(), reader);
      case NullValue form -> scalar(form, reader);
      case Booleans form -> scalar(form, reader);
      case Numbers form -> scalar(form, reader);
      case Text form -> scalar(form, reader);
      case ArrayOf(Schema items) -> array(items, reader);
      case ObjectOf object -> object(object, reader);
      case Discriminated several ->
          several.byTag().keySet().stream()
              .flatMap(tag -> object(Samples.narrowed(several, tag), reader).stream())
              .findFirst();
    };
  }

  private static Optional<JsonNode> refused(Stream<JsonNode> values, AnyOf reader) {
    return values.filter(value -> !Acceptance.of(reader, value)).findFirst();
  }

  /** One more sample than the reader lists values: it can't list all samples of an endless form. */
  private static Optional<JsonNode> scalar(Form writer, AnyOf reader) {
    int listed =
        reader.forms().stream()
            .mapToInt(form -> form instanceof Literals literals ? literals.values().size() : 1)
            .sum();
    return refused(
        IntStream.rangeClosed(0, listed).mapToObj(number -> Samples.of(writer, number)), reader);
  }

  private static Optional<JsonNode> array(Schema items, AnyOf reader) {
    return form(reader, ArrayOf.class)
        .map(array -> of(items, array.items()).<JsonNode>map(item -> JSON.arrayNode().add(item)))
        .orElseGet(() -> Optional.of(JSON.arrayNode()));
  }

  private static Optional<JsonNode> object(ObjectOf writer, AnyOf reader) {
    Optional<ObjectOf> object = form(reader, ObjectOf.class);
    Optional<Discriminated> several = form(reader, Discriminated.class);
    if (object.isPresent()) {
      return objects(writer, object.get());
    }
    return several.isPresent()
        ? discriminated(writer, several.get())
        : Optional.of(Samples.of(writer));
  }

  private static <F extends Form> Optional<F> form(AnyOf schema, Class<F> kind) {
    return schema.forms().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Optional<JsonNode> objects(ObjectOf writer, ObjectOf reader) {
    return missing(writer, reader.required())
        .or(() ->
            writer.properties().entrySet().stream()
                .flatMap(property ->
                    property(writer, property.getKey(), property.getValue(), reader).stream())
                .findFirst())
        .or(() -> additional(writer, reader));
  }

  /** The document without a property that the reader requires and the writer does not. */
  private static Optional<JsonNode> missing(ObjectOf writer, Set<String> required) {
    return writer.required().containsAll(required)
        ? Optional.empty()
        : Optional.of(Samples.of(writer));
  }

  /** The document with a value of the property that the reader refuses. */
  private static Optional<JsonNode> property(
      ObjectOf writer, String name, Schema written, ObjectOf reader) {
    Optional<Schema> read = reader.accepted(name);
    return (read.isPresent() ? of(written, read.get()) : Optional.of(Samples.of(written)))
        .map(value -> with(writer, name, value));
  }

  /** Documents of the writer may have properties that it does not name. */
  private static Optional<JsonNode> additional(ObjectOf writer, ObjectOf reader) {
    Additional additional = writer.additional();
    if (!(additional instanceof Values(Schema values))) {
      return Optional.empty();
    }
    return Stream.concat(
            reader.properties().keySet().stream(), Stream.of(unknownTo(writer, reader)))
        .filter(name -> !writer.properties().containsKey(name))
        .flatMap(name -> property(writer, name, values, reader).stream())
        .findFirst();
  }

  private static String unknownTo(ObjectOf writer, ObjectOf reader) {
    return IntStream.iterate(0, number -> number + 1)
        .mapToObj(number -> number == 0 ? "other" : "other" + number)
        .filter(name -> !writer.properties().containsKey(name))
        .filter(name -> !reader.properties().containsKey(name))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<JsonNode> discriminated(ObjectOf writer, Discriminated reader) {
    String property = reader.property();
    Schema tags =
        new AnyOf(
            new Literals(
                reader.byTag().keySet().stream().<JsonNode>map(TextNode::valueOf).toList()));
    return missing(writer, Set.of(property))
        .or(() ->
            of(writer.properties().get(property), tags).map(tag -> with(writer, property, tag)))
        .or(() ->
            reader.byTag().entrySet().stream()
                .filter(branch ->
                    Acceptance.of(
                        writer.properties().get(property), TextNode.valueOf(branch.getKey())))
                .flatMap(branch ->
                    objects(Samples.narrowed(writer, property, branch.getKey()), branch.getValue())
                        .stream())
                .findFirst());
  }

  private static JsonNode with(ObjectOf writer, String property, JsonNode value) {
    ObjectNode document = Samples.of(writer);
    document.set(property, value);
    return document;
  }
}
