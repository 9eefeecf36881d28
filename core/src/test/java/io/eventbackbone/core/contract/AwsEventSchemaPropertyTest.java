package io.eventbackbone.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Holds published schemas to networknt's validator, in the dialect of their format. */
class AwsEventSchemaPropertyTest {

  private static final int DOCUMENTS = 10;

  private static final JsonNode ENVELOPE =
      Schemas.json(
          "{version: '0', id: 'i', source: 's', account: '1', time: '2026-11-29T00:00:00Z', region:"
              + " 'eu-west-1', 'detail-type': 'Order.Created', resources: []}");

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }

  @Property(tries = 500)
  void aPublishedSchemaAcceptsWhatTheSchemaAccepts(
      @ForAll("seeds") long seed, @ForAll SchemaType format) {
    RandomSchemas random = new RandomSchemas(new Random(seed));
    ObjectNode schema = random.schema();
    ObjectNode other = random.changed(schema);
    JsonNode published =
        Schemas.json(new AwsEventSchema("s", "Order.Created", "1", schema).in(format));
    com.networknt.schema.Schema validator = validator(published, format);

    for (int i = 0; i < DOCUMENTS; i++) {
      JsonNode document = withShortNumbers(random.document(i % 2 == 0 ? schema : other));
      boolean isAccepted = Schemas.accepts(schema, document);
      Statistics.label(format.name()).collect(isAccepted ? "accepted" : "refused");
      ObjectNode event = ENVELOPE.deepCopy();
      event.putObject("detail").putObject("metadata");
      event.withObject("/detail").set("data", document);
      assertThat(
              validator
                  .validate(event, it -> it.executionConfig(c -> c.formatAssertionsEnabled(true)))
                  .isEmpty())
          .as("%s by %s", document, published)
          .isEqualTo(isAccepted);
    }
  }

  private static com.networknt.schema.Schema validator(JsonNode published, SchemaType format) {
    return switch (format) {
      case OPEN_API_3 -> {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$ref", "#/components/schemas/AWSEvent");
        root.set("components", published.get("components"));
        yield registry(Dialects.getOpenApi30()).getSchema(root);
      }
      case JSON_SCHEMA_DRAFT_4 -> registry(Dialects.getDraft4()).getSchema(published);
    };
  }

  private static SchemaRegistry registry(Dialect dialect) {
    return SchemaRegistry.withDialect(dialect);
  }

  /** Both formats know no integer that is written as 1.0. */
  private static JsonNode withShortNumbers(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER ->
          Acceptance.isInteger(value)
              ? JsonNodeFactory.instance.numberNode(value.decimalValue().toBigInteger())
              : value;
      case ARRAY -> {
        var array = JsonNodeFactory.instance.arrayNode();
        value.forEach(item -> array.add(withShortNumbers(item)));
        yield array;
      }
      case OBJECT -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(it -> object.set(it.getKey(), withShortNumbers(it.getValue())));
        yield object;
      }
      default -> value;
    };
  }
}
