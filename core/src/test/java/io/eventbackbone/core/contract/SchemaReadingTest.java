package io.eventbackbone.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaReadingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: 'object'}",
        "{$schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'https://a/b', title: 't',"
            + " type: 'object'}",
        "{type: 'object', properties: {id: {type: 'string', format: 'uuid', description: 'd'}},"
            + " required: ['id'], additionalProperties: false}",
        "{type: 'object', properties: {any: {}, all: true, also: {description: 'd'}}}",
        "{type: 'object', properties: {total: {type: ['number', 'null']}, n: {type: ['integer',"
            + " 'number']}}}",
        "{type: 'object', properties: {state: {enum: ['a', 1, null, true]}, one: {const: 1.0, type:"
            + " 'integer'}}}",
        "{type: 'object', properties: {to: {$ref: '#/$defs/address', description: 'd'}}, $defs:"
            + " {address: {type: 'object'}}}",
        "{$ref: '#/$defs/a~1b', $defs: {'a/b': {type: 'object'}}}",
        "{type: 'object', additionalProperties: {type: 'array', items: {type: 'boolean'}}}",
        "{oneOf: [{type: 'object', properties: {kind: {const: 'a'}}, required: ['kind']}, {type:"
            + " 'object', properties: {kind: {enum: ['b', 'c']}}, required: ['kind']}],"
            + " discriminator: {propertyName: 'kind'}}",
      })
  void theSubsetIsRead(String schema) {
    assertThat(SchemaReading.of((ObjectNode) Schemas.json(schema)))
        .isInstanceOf(SchemaReading.Read.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                          | ''                      | detail.data is an object
          {type: 'string'}                                            | ''                      | detail.data is an object
          {type: ['object', 'null']}                                  | ''                      | detail.data is an object
          {$schema: 'http://json-schema.org/draft-07/schema#', type: 'object'} | /$schema       | 2020-12
          {type: 'object', patternProperties: {}}                     | /patternProperties      | can't stand beside
          {type: 'object', minProperties: 1}                          | /minProperties          | can't stand beside
          {properties: {}}                                            | /properties             | needs a type
          {type: 'object', properties: []}                            | /properties             | write an object of schemas
          {type: 'object', properties: {a: 1}}                        | /properties/a           | write a schema
          {type: 'object', properties: {a: false}}                    | /properties/a           | write a schema
          {type: 'object', properties: {a: {type: 'text'}}}           | /properties/a/type      | write one of object
          {type: 'object', properties: {a: {type: []}}}               | /properties/a/type      | write one of object
          {type: 'object', properties: {a: {type: ['null', 'null']}}} | /properties/a/type      | write one of object
          {type: 'object', properties: {a: {type: 'string', maxLength: 3}}} | /properties/a/maxLength | can't stand beside
          {type: 'object', properties: {a: {type: 'string', items: {}}}}  | /properties/a/items | can't stand beside
          {type: 'object', properties: {a: {type: 'string', format: 'ipv4'}}} | /properties/a/format | date-time, date, uuid, email, uri
          {type: 'object', properties: {'a/b~c': {type: 1}}}          | /properties/a~1b~0c/type | write one of
          {type: 'object', properties: {a: {enum: []}}}               | /properties/a/enum      | write a list
          {type: 'object', properties: {a: {enum: [1, 1.0]}}}         | /properties/a/enum/1    | listed twice
          {type: 'object', properties: {a: {enum: [[1]]}}}            | /properties/a/enum/0    | write texts
          {type: 'object', properties: {a: {type: 'string', enum: ['x', 2]}}} | /properties/a/enum/1 | not of the type
          {type: 'object', properties: {a: {type: 'integer', const: 1.5}}} | /properties/a/const | not of the type
          {type: 'object', properties: {a: {const: 1e999}}}           | /properties/a/const     | JSON has no number
          {type: 'object', required: 'a'}                             | /required               | write a list
          {type: 'object', required: ['a']}                           | /required/0             | no property
          {type: 'object', properties: {a: {}}, required: ['a', 'a']} | /required/1             | listed twice
          {type: 'object', additionalProperties: {type: 'x'}}         | /additionalProperties/type | write one of
          {type: 'object', properties: {a: {$ref: '#/properties/b'}}} | /properties/a/$ref      | refer to #/$defs/
          {type: 'object', properties: {a: {$ref: '#/$defs/b'}}}      | /properties/a/$ref      | refer to #/$defs/
          {type: 'object', properties: {a: {$ref: 'https://a/b'}}}    | /properties/a/$ref      | refer to #/$defs/
          {type: 'object', properties: {a: {$ref: '#/$defs/b', type: 'string'}}, $defs: {b: {}}} | /properties/a/type | can't stand beside
          {type: 'object', $defs: {a: {type: 'array', items: {$ref: '#/$defs/a'}}}} | /$defs/a/items/$ref | contains itself
          {type: 'object', $defs: {a: {type: 'x'}}}                   | /$defs/a/type           | write one of
          {type: 'object', $defs: []}                                 | /$defs                  | write an object
          {oneOf: [{type: 'object'}]}                                 | ''                      | needs a discriminator
          {oneOf: {}, discriminator: {propertyName: 'a'}}             | /oneOf                  | write a list
          {oneOf: [{type: 'object'}], discriminator: {propertyName: 'a'}} | /oneOf/0            | requires a
          {oneOf: [{type: 'string'}], discriminator: {propertyName: 'a'}} | /oneOf/0            | is an object
          {oneOf: [{type: 'object', properties: {a: {const: 'x'}}, required: ['a']}, {type: 'object', properties: {a: {const: 'x'}}, required: ['a']}], discriminator: {propertyName: 'a'}} | /oneOf/1 | belongs to two
          {type: 'array', oneOf: [{type: 'object'}], discriminator: {propertyName: 'a'}} | /type | beside oneOf
          {type: 'object', anyOf: [{}]}                               | /anyOf                  | can't stand beside
          """)
  void aMistakeIsRefusedWithItsPlace(String schema, String pointer, String message) {
    assertThat(SchemaReading.of((ObjectNode) Schemas.json(schema)))
        .isInstanceOfSatisfying(
            SchemaReading.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .anySatisfy(problem -> {
                      assertThat(problem.pointer()).isEqualTo(pointer);
                      assertThat(problem.message()).contains(message);
                    }));
  }

  @Test
  void aSchemaIsMeasuredBeforeItIsRead() {
    ObjectNode deep = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = deep;
    for (int i = 0; i < 50_000; i++) {
      inner = inner.putObject("properties");
    }
    ObjectNode wide = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = wide.putObject("properties");
    for (int i = 0; i < SchemaLimits.NODES; i++) {
      properties.putObject("p" + i);
    }

    assertThat(messages(deep)).singleElement().asString().contains("nested deeper");
    assertThat(messages(wide)).singleElement().asString().contains("more than 5,000 values");
  }

  /**
   * Each definition refers to the next one twice: 2^60 schemas once the references are replaced.
   */
  @Test
  void referencesDoNotMultiplyForEver() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode definitions = schema.putObject("$defs");
    for (int i = 0; i < 60; i++) {
      ObjectNode definition = definitions.putObject("d" + i).put("type", "object");
      ObjectNode properties = definition.putObject("properties");
      properties.putObject("a").put("$ref", "#/$defs/d" + (i + 1));
      properties.putObject("b").put("$ref", "#/$defs/d" + (i + 1));
    }
    definitions.putObject("d60");

    assertThat(messages(schema)).singleElement().asString().contains("with each $ref replaced");
  }

  private static List<String> messages(ObjectNode schema) {
    return SchemaReading.of(schema) instanceof SchemaReading.Refused refused
        ? refused.problems().stream().map(SchemaProblem::message).toList()
        : List.of();
  }
}
