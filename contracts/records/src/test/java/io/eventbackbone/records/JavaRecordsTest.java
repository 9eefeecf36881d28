package io.eventbackbone.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.contract.RandomSchemas;
import io.eventbackbone.core.contract.Schemas;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.records.JavaRecords.Generation;
import io.eventbackbone.records.JavaRecords.SourceFile;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaRecordsTest {

  private static final String PACKAGE = "com.example.contract";
  private static final String ORDER = PACKAGE + ".OrderCreated";

  @TempDir private Path folder;

  private static EventType type(String detailType, String schema) {
    return (EventType) Cluster.read(Manifests.eventType("orders/created", detailType, schema));
  }

  private static SourceFile file(String schema) {
    Generation made = JavaRecords.of(List.of(type("Order.Created", schema)), PACKAGE);
    assertThat(made.problems()).isEmpty();
    return made.files().get(0);
  }

  private Compiled compiled(String schema) throws Exception {
    return Compiled.of(List.of(file(schema)), folder);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a required text        | required: [a], properties: {a: {type: string}}                        | @JsonProperty(value = "a", required = true) String a
          an optional text       | properties: {a: {type: string}}                                       | @JsonProperty("a") @Nullable String a
          text or null           | required: [a], properties: {a: {type: [string, "null"]}}              | @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String a
          a required integer     | required: [a], properties: {a: {type: integer}}                       | required = true) long a
          an optional integer    | properties: {a: {type: integer}}                                      | @Nullable Long a
          a number               | required: [a], properties: {a: {type: number}}                        | BigDecimal a
          a truth                | required: [a], properties: {a: {type: boolean}}                       | boolean a
          a time                 | required: [a], properties: {a: {type: string, format: date-time}}     | Instant a
          a date                 | required: [a], properties: {a: {type: string, format: date}}          | LocalDate a
          an id                  | required: [a], properties: {a: {type: string, format: uuid}}          | UUID a
          an address             | required: [a], properties: {a: {type: string, format: email}}         | String a
          texts                  | required: [a], properties: {a: {type: array, items: {type: string}}}  | List<String> a
          texts or nulls         | required: [a], properties: {a: {type: array, items: {type: [string, "null"]}}} | List<@Nullable String> a
          objects                | required: [a], properties: {lines: {type: array, items: {type: object, properties: {a: {}}}}, a: {}} | List<Line> lines
          named objects          | properties: {a: {type: object, title: The address, properties: {b: {}}}} | @Nullable TheAddress a
          texts by name          | required: [a], properties: {a: {type: object, additionalProperties: {type: string}}} | Map<String, String> a
          listed texts           | required: [a], properties: {a: {enum: [in-transit, delivered]}}       | @JsonProperty("in-transit") IN_TRANSIT
          listed numbers         | required: [a], properties: {a: {enum: [1, 2]}}                        | long a
          several types          | required: [a], properties: {a: {type: [string, number]}}              | Object a
          any value              | properties: {a: {}}                                                   | @Nullable Object a
          a definition           | properties: {a: {$ref: "#/$defs/money"}, b: {$ref: "#/$defs/money"}}, $defs: {money: {type: object, properties: {c: {}}}} | @Nullable Money b
          another name           | required: [order-id], properties: {order-id: {type: string}}          | @JsonProperty(value = "order-id", required = true) String orderId
          a word of the language | required: [class], properties: {class: {type: string}}                | String class_
          a method of Object     | required: [hashCode], properties: {hashCode: {type: string}}          | String hashCode2
          a description          | required: [a], properties: {a: {type: string, description: What it is.}} | @param a What it is.
          """)
  void aSchemaHasItsType(String what, String schema, String code) throws Exception {
    String whole = "{type: object, %s}".formatted(schema);
    assertThat(file(whole).text().replaceAll("\\s+", " ")).contains(code);
    compiled(whole).close();
  }

  @Test
  void aRecordHoldsToTheContract() throws Exception {
    try (Compiled code =
        compiled(
            """
            {type: object, required: [id, lines], properties: {id: {type: string}, n: {type: integer},
             lines: {type: array, items: {type: object, required: [sku, n], properties: {sku: {type: string}, n: {type: integer}}}}}}
            """)) {
      JsonNode document = Schemas.json("{id: 'o', lines: [{sku: 'tea', n: 2}]}");

      assertThat(Compiled.written(code.read(ORDER, document))).isEqualTo(document);
      assertThat(
              Compiled.written(code.read(ORDER, Schemas.json("{id: 'o', lines: [], unknown: 1}"))))
          .isEqualTo(Schemas.json("{id: 'o', lines: []}"));
      for (String broken :
          List.of("{lines: []}", "{id: null, lines: []}", "{id: 'o', lines: [{sku: 'tea'}]}")) {
        assertThatThrownBy(() -> code.read(ORDER, Schemas.json(broken)))
            .isInstanceOf(JsonMappingException.class);
      }
    }
  }

  @Test
  void aBuilderSetsByName() throws Exception {
    try (Compiled code =
        compiled(
            """
            {type: object, required: [id, state, n], properties:
             {id: {type: string}, state: {const: CREATED}, n: {type: integer}, note: {type: string}}}
            """)) {
      Object builder = code.type(ORDER).getMethod("builder").invoke(null);
      assertThatThrownBy(() -> call(builder, "build"))
          .rootCause()
          .isInstanceOf(NullPointerException.class)
          .hasMessage("n is missing");
      set(builder, "n", long.class, 1L);
      assertThatThrownBy(() -> call(builder, "build")).rootCause().hasMessage("id is missing");
      set(builder, "id", String.class, "o");
      Object order = call(builder, "build");

      assertThat(Compiled.written(order))
          .isEqualTo(Schemas.json("{id: 'o', state: 'CREATED', n: 1}"));
      Object changed = call(order, "toBuilder");
      set(changed, "note", String.class, "soon");
      assertThat(Compiled.written(call(changed, "build")))
          .isEqualTo(Schemas.json("{id: 'o', state: 'CREATED', n: 1, note: 'soon'}"));
    }
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static void set(Object builder, String name, Class<?> type, Object value)
      throws ReflectiveOperationException {
    builder.getClass().getMethod(name, type).invoke(builder, value);
  }

  @Test
  void alternativesAreSealed() throws Exception {
    try (Compiled code =
        compiled(
            """
            {oneOf: [{type: object, required: [kind], properties: {kind: {const: card}, number: {type: string}}},
                     {$ref: "#/$defs/transfer"}],
             discriminator: {propertyName: kind},
             $defs: {transfer: {type: object, required: [kind, iban],
                                properties: {kind: {enum: [sepa, swift]}, iban: {type: string}}}}}
            """)) {
      assertThat(code.type(ORDER).isSealed()).isTrue();
      assertThat(code.type(ORDER).getPermittedSubclasses())
          .extracting(Class::getSimpleName)
          .containsExactly("Card", "Transfer");
      for (String document : List.of("{kind: 'card'}", "{kind: 'swift', iban: 'DE1'}")) {
        Object read = code.read(ORDER, Schemas.json(document));
        assertThat(Compiled.written(read)).isEqualTo(Schemas.json(document));
      }
      Object card = call(code.type(ORDER + "$Card").getMethod("builder").invoke(null), "build");
      assertThat(Compiled.written(card)).isEqualTo(Schemas.json("{kind: 'card'}"));
    }
  }

  /** Nobody gets code into a record by a name or a text. */
  @Test
  void textsStayTexts() throws Exception {
    String hostile = "\\u002a\\u002f } class Evil { // */ } $L ${x} <b> @see \\n";
    ObjectNode schema = (ObjectNode) Schemas.json("{type: 'object', required: [], properties: {}}");
    int number = 0;
    for (String name :
        List.of(
            "*/",
            "$T",
            "\\u0022",
            "a\nb",
            "\"",
            "",
            "注文",
            "String",
            "List",
            "Builder",
            "a-b",
            "a_b",
            "Order.Created",
            "1",
            "_",
            "others",
            "Nullable",
            "é\u0000")) {
      ObjectNode property = ((ObjectNode) schema.get("properties")).putObject(name);
      switch (number++ % 3) {
        case 0 -> property.put("type", "string");
        case 1 -> property.put("type", "object").putObject("properties").putObject("x");
        default -> property.putArray("enum").add(name).add(hostile).add(hostile + "-");
      }
      property.put("description", hostile).put("title", number % 2 == 0 ? hostile : name);
    }
    schema.putObject("additionalProperties").put("type", "string");
    EventType type = type("Order.Created", "{type: object}");
    type.getSpec().versions().get(0).schema().setAll(schema);

    Generation made = JavaRecords.of(List.of(type), PACKAGE);

    assertThat(made.problems()).isEmpty();
    try (Compiled code = Compiled.of(made.files(), folder)) {
      assertThat(code.type(ORDER).isRecord()).isTrue();
      assertThatThrownBy(() -> code.type(PACKAGE + ".Evil")).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void eachEventTypeStandsForItself() {
    Generation made =
        JavaRecords.of(
            List.of(
                type("Order.Created", "{type: object}"),
                type("Order.Bad", "{type: string}"),
                type("Order-Created", "{type: object}")),
            PACKAGE);

    assertThat(made.files())
        .extracting(SourceFile::path)
        .containsExactly("com/example/contract/OrderCreated.java");
    assertThat(made.problems())
        .extracting(Object::toString)
        .containsExactly(
            "EventType orders/created: spec.versions[0].schema: detail.data is an object: write"
                + " type: object, or oneOf of objects",
            "EventType orders/created: EventType orders/created has the name OrderCreated already:"
                + " choose the event types to generate");
  }

  /** What a record reads and writes again is the same document, and keeps the contract. */
  @Test
  void documentsOfAnySchemaComeBack() throws Exception {
    int schemas = 60;
    List<EventType> types = new ArrayList<>();
    List<RandomSchemas> random = new ArrayList<>();
    for (int i = 0; i < schemas; i++) {
      random.add(new RandomSchemas(new Random(i)));
      EventType type = type("Random.T" + i, "{}");
      type.getSpec().versions().get(0).schema().setAll(random.get(i).schema());
      types.add(type);
    }
    Generation made = JavaRecords.of(types, PACKAGE);
    assertThat(made.problems()).isEmpty();
    try (Compiled code = Compiled.of(made.files(), folder)) {
      for (int i = 0; i < schemas; i++) {
        ObjectNode schema = types.get(i).getSpec().versions().get(0).schema();
        for (int n = 0; n < 20; n++) {
          JsonNode document = random.get(i).document(schema);
          JsonNode written = Compiled.written(code.read(PACKAGE + ".RandomT" + i, document));
          assertThat(Schemas.accepts(schema, written))
              .as("%s became %s, of %s", document, written, schema)
              .isTrue();
          assertThat(isSame(document, written))
              .as("%s became %s, of %s", document, written, schema)
              .isTrue();
        }
      }
    }
  }

  /** Numbers and times may be written in another way, and an optional null is left out. */
  private static boolean isSame(JsonNode before, JsonNode after) {
    if (before.isNumber() && after.isNumber()) {
      return before.decimalValue().compareTo(after.decimalValue()) == 0;
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        if (!isSame(before.get(i), after.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (before.isObject() && after.isObject()) {
      return before.properties().stream()
              .allMatch(it ->
                  after.has(it.getKey())
                      ? isSame(it.getValue(), after.get(it.getKey()))
                      : it.getValue().isNull())
          && after.properties().stream().map(Map.Entry::getKey).allMatch(before::has);
    }
    return before.equals(after) || isSameTime(before.asText(), after.asText());
  }

  private static boolean isSameTime(String before, String after) {
    try {
      return OffsetDateTime.parse(before).isEqual(OffsetDateTime.parse(after));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
