package io.eventbackbone.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventTypeSpec.Compatibility;
import io.eventbackbone.core.contract.Evolution.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionTest {

  /** The witness of each direction; a dash: there is none. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an optional property comes     | {type: 'object'} | {type: 'object', properties: {a: {type: 'string'}}} | - | -
          and a closed reader refuses it | {type: 'object', additionalProperties: false} | {type: 'object', properties: {a: {type: 'string'}}, additionalProperties: false} | - | {"a":"text 0"}
          a property becomes required    | {type: 'object', properties: {a: {type: 'integer'}}} | {type: 'object', properties: {a: {type: 'integer'}}, required: ['a']} | {} | -
          a required property comes      | {type: 'object'} | {type: 'object', properties: {a: {type: 'integer'}}, required: ['a']} | {} | -
          an integer becomes a number    | {type: 'object', properties: {a: {type: 'integer'}}} | {type: 'object', properties: {a: {type: 'number'}}} | - | {"a":0.5}
          null is allowed                | {type: 'object', properties: {a: {type: 'string'}}} | {type: 'object', properties: {a: {type: ['string', 'null']}}} | - | {"a":null}
          a value is listed              | {type: 'object', properties: {a: {enum: ['x']}}} | {type: 'object', properties: {a: {enum: ['x', 'y']}}} | - | {"a":"y"}
          a list ends                    | {type: 'object', properties: {a: {enum: ['x']}}} | {type: 'object', properties: {a: {type: 'string'}}} | - | {"a":"text 0"}
          samples are listed             | {type: 'object', properties: {a: {enum: ['text 0', 'text 1']}}} | {type: 'object', properties: {a: {type: 'string'}}} | - | {"a":"text 2"}
          a format comes                 | {type: 'object', properties: {a: {type: 'string'}}} | {type: 'object', properties: {a: {type: 'string', format: 'date'}}} | {"a":"text 0"} | -
          one number in two spellings    | {type: 'object', properties: {a: {const: 1}}} | {type: 'object', properties: {a: {const: 1.0}}} | - | -
          items change their type        | {type: 'object', properties: {a: {type: 'array', items: {type: 'string'}}}} | {type: 'object', properties: {a: {type: 'array', items: {type: 'integer'}}}} | {"a":["text 0"]} | {"a":[0]}
          deep within                    | {type: 'object', properties: {a: {type: 'object', properties: {b: {type: 'boolean'}, c: {}}, required: ['c']}}} | {type: 'object', properties: {a: {type: 'object', properties: {b: {const: true}, c: {}}, required: ['c']}}} | {"a":{"c":"text","b":false}} | -
          any value is narrowed          | {type: 'object', properties: {a: {}}} | {type: 'object', properties: {a: {type: ['object', 'array', 'string', 'number', 'boolean', 'null']}}} | - | -
          and within its objects         | {type: 'object', properties: {a: {}}} | {type: 'object', properties: {a: {type: ['object', 'array', 'string', 'number', 'boolean', 'null'], properties: {b: {type: 'null'}}}}} | {"a":{"b":true}} | -
          other properties get values    | {type: 'object'} | {type: 'object', additionalProperties: {type: 'integer'}} | - | -
          and the values change          | {type: 'object', additionalProperties: {type: 'integer'}} | {type: 'object', additionalProperties: {type: 'string'}} | {"other":0} | {"other":"text 0"}
          a kind of object comes         | {oneOf: [{type: 'object', properties: {k: {const: 'a'}}, required: ['k']}], discriminator: {propertyName: 'k'}} | {oneOf: [{type: 'object', properties: {k: {const: 'a'}}, required: ['k']}, {type: 'object', properties: {k: {const: 'b'}}, required: ['k']}], discriminator: {propertyName: 'k'}} | - | {"k":"b"}
          an object gets kinds           | {type: 'object', properties: {k: {enum: ['a', 'b']}}, required: ['k']} | {oneOf: [{type: 'object', properties: {k: {const: 'a'}}, required: ['k']}, {type: 'object', properties: {k: {const: 'b'}, n: {type: 'null'}}, required: ['k', 'n']}], discriminator: {propertyName: 'k'}} | {"k":"b"} | -
          """)
  void aChangeHasAWitnessInEachDirectionThatBreaks(
      String what, String before, String after, String backward, String forward) {
    assertThat(witness(before, after)).as("the new reader and old data").isEqualTo(backward);
    assertThat(witness(after, before)).as("the old reader and new data").isEqualTo(forward);
  }

  private static String witness(String writer, String reader) {
    return Counterexample.of(Schemas.read(writer), Schemas.read(reader))
        .map(Object::toString)
        .orElse("-");
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "BACKWARD, 1", "FORWARD, 1", "FULL, 2"})
  void eachCompatibilityLooksInItsDirection(Compatibility compatibility, int breaks) {
    List<Version> versions =
        List.of(version("1", "{type: 'string'}"), version("2", "{type: 'integer'}"));

    assertThat(Evolution.breaks(compatibility, versions)).hasSize(breaks);
  }

  /** A replay brings events of each version. */
  @Test
  void aVersionIsComparedWithAllBeforeIt() {
    List<Version> versions =
        List.of(
            version("1", "{type: 'string'}"),
            new Version("2", Schemas.read("{type: 'object'}")),
            version("3", "{type: 'integer'}"));

    assertThat(Evolution.breaks(Compatibility.BACKWARD, versions))
        .singleElement()
        .hasToString("version 1 accepts {\"a\":\"text 0\"}, and version 3 refuses it");
  }

  @Test
  void aLongWitnessIsCut() {
    String name = "n".repeat(1_000);
    List<Version> versions =
        List.of(
            new Version("1", Schemas.read("{type: 'object'}")),
            new Version(
                "2",
                Schemas.read(
                    "{type: 'object', additionalProperties: false, properties: {%s: {}}}"
                        .formatted(name))),
            new Version("3", Schemas.read("{type: 'object', additionalProperties: false}")));

    assertThat(Evolution.breaks(Compatibility.BACKWARD, versions))
        .singleElement()
        .satisfies(it -> assertThat(it.toString()).contains("n…").hasSizeLessThan(500));
  }

  private static Version version(String name, String ofA) {
    return new Version(name, Schemas.read("{type: 'object', properties: {a: %s}}".formatted(ofA)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          total  | [total]
          lines.sku | [lines.sku]
          totl   | [total]
          line.sku | [lines.sku]
          zzz    | []
          """)
  void theNearestNameIsFound(String name, String nearest) {
    Schema schema =
        Schemas.read(
            "{type: 'object', properties: {total: {type: 'number'}, lines: {type: 'array', items:"
                + " {type: 'object', properties: {sku: {type: 'string'}}}}}}");

    assertThat(Spelling.nearest(name, SchemaProperties.paths(schema)).stream().toList())
        .hasToString(nearest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          total       | [number]
          lines       | [object]
          lines.sku   | [null, string]
          lines.other | []
          tags.x      | [boolean]
          any.x.y     | [array, boolean, null, number, object, string]
          k           | [string]
          """)
  void aPropertyHasTypes(String path, String types) {
    Schema schema =
        Schemas.read(
            "{type: 'object', properties: {total: {type: 'integer'}, lines: {type: 'array', items:"
                + " {type: 'object', properties: {sku: {type: ['string', 'null']}}}}, tags: {type:"
                + " 'object', additionalProperties: {type: 'boolean'}}, any: {}, k: {enum: ['a']}}}");

    assertThat(SchemaProperties.types(schema, List.of(path.split("\\.", -1)))).hasToString(types);
  }
}
