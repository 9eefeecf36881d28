package io.eventbackbone.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.SchemaRegistry.SchemaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What EventBridge Schemas gets of a schema. */
class AwsEventSchemaTest {

  @Test
  void theEnvelopeIsThatOfDiscoveredSchemas() {
    JsonNode document = openApi("{type: 'object', properties: {id: {type: 'string'}}}");

    assertThat(document.at("/openapi").textValue()).isEqualTo("3.0.0");
    assertThat(document.at("/info"))
        .isEqualTo(Schemas.json("{version: '2', title: 'OrderCreated'}"));
    assertThat(document.at("/paths").isObject()).isTrue();
    assertThat(document.at("/components/schemas/AWSEvent"))
        .isEqualTo(
            Schemas.json(
                """
                {type: 'object',
                 required: ['version', 'id', 'source', 'account', 'time', 'region', 'detail-type',
                            'resources', 'detail'],
                 'x-amazon-events-detail-type': 'Order.Created',
                 'x-amazon-events-source': 'order-service',
                 properties: {
                   detail: {$ref: '#/components/schemas/OrderCreated'},
                   version: {type: 'string'}, id: {type: 'string'}, source: {type: 'string'},
                   account: {type: 'string'}, time: {type: 'string', format: 'date-time'},
                   region: {type: 'string'}, 'detail-type': {type: 'string'},
                   resources: {type: 'array', items: {type: 'string'}}}}
                """));
    assertThat(document.at("/components/schemas/OrderCreated"))
        .isEqualTo(
            Schemas.json(
                "{type: 'object', required: ['data'], properties: {metadata: {type: 'object'},"
                    + " data: {$ref: '#/components/schemas/OrderCreatedData'}}}"));
  }

  @Test
  void aDraft4SchemaHasTheSameEnvelope() {
    JsonNode document =
        Schemas.json(event("{type: 'object'}", "Order.Created").in(SchemaType.JSON_SCHEMA_DRAFT_4));

    assertThat(document.at("/$schema").textValue())
        .isEqualTo("http://json-schema.org/draft-04/schema#");
    assertThat(document.at("/properties/detail/$ref").textValue())
        .isEqualTo("#/definitions/OrderCreated");
    assertThat(document.at("/definitions/OrderCreatedData"))
        .isEqualTo(Schemas.json("{type: 'object'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                                       | {}                                         | {}
          {}                                         | {}                                         | {}
          {type: 'string', format: 'uuid'}           | {type: 'string', format: 'uuid'}           | {type: 'string', format: 'uuid'}
          {type: 'integer', title: 't', description: 'd', default: 3} | {type: 'integer', title: 't', description: 'd', default: 3} | {type: 'integer', title: 't', description: 'd', default: 3}
          {type: 'string', deprecated: true, readOnly: true, examples: ['a'], $comment: 'c'} | {type: 'string', deprecated: true, readOnly: true} | {type: 'string'}
          {const: 'a'}                               | {enum: ['a']}                              | {enum: ['a']}
          {type: 'string', enum: ['a', 'b']}         | {type: 'string', enum: ['a', 'b']}         | {type: 'string', enum: ['a', 'b']}
          {type: ['string', 'null'], enum: ['a', null]} | {type: 'string', nullable: true, enum: ['a', null]} | {type: ['string', 'null'], enum: ['a', null]}
          {type: 'null'}                             | {enum: [null]}                             | {type: 'null'}
          {type: ['number', 'null']}                 | {type: 'number', nullable: true}           | {type: ['number', 'null']}
          {type: ['string', 'array', 'null'], format: 'date', items: {type: 'boolean'}} | {anyOf: [{type: 'string', format: 'date', nullable: true}, {type: 'array', items: {type: 'boolean'}}]} | {type: ['string', 'array', 'null'], format: 'date', items: {type: 'boolean'}}
          {type: 'array'}                            | {type: 'array', items: {}}                 | {type: 'array', items: {}}
          {type: 'object', properties: {a: true}, required: [], additionalProperties: false} | {type: 'object', properties: {a: {}}, additionalProperties: false} | {type: 'object', properties: {a: {}}, additionalProperties: false}
          {type: 'object', additionalProperties: {const: 1}} | {type: 'object', additionalProperties: {enum: [1]}} | {type: 'object', additionalProperties: {enum: [1]}}
          {$ref: '#/$defs/a~1b', description: 'd'}   | {$ref: '#/components/schemas/ab'}          | {$ref: '#/definitions/ab'}
          {$ref: '#/$defs/ab'}                       | {$ref: '#/components/schemas/ab2'}         | {$ref: '#/definitions/ab2'}
          {$ref: '#/$defs/AWSEvent'}                 | {$ref: '#/components/schemas/AWSEvent2'}   | {$ref: '#/definitions/AWSEvent2'}
          {oneOf: [{$ref: '#/$defs/x'}, {$ref: '#/$defs/y'}], discriminator: {propertyName: 'kind'}} | {oneOf: [{$ref: '#/components/schemas/x'}, {$ref: '#/components/schemas/y'}], discriminator: {propertyName: 'kind', mapping: {a: '#/components/schemas/x', b: '#/components/schemas/y', c: '#/components/schemas/y'}}} | {oneOf: [{$ref: '#/definitions/x'}, {$ref: '#/definitions/y'}]}
          {oneOf: [{type: 'object', properties: {kind: {const: 'a'}}, required: ['kind']}], discriminator: {propertyName: 'kind'}} | {oneOf: [{type: 'object', properties: {kind: {enum: ['a']}}, required: ['kind']}]} | {oneOf: [{type: 'object', properties: {kind: {enum: ['a']}}, required: ['kind']}]}
          """)
  void eachKeywordIsSaidAsTheFormatSaysIt(String schema, String openApi, String draft4) {
    AwsEventSchema event =
        event(
            """
            {type: 'object', properties: {it: %s}, $defs: {
              'a/b': {}, ab: {}, AWSEvent: {},
              x: {type: 'object', properties: {kind: {const: 'a'}}, required: ['kind']},
              y: {type: 'object', properties: {kind: {enum: ['b', 'c']}}, required: ['kind']}}}
            """
                .formatted(schema),
            "Order.Created");

    assertThat(
            Schemas.json(event.in(SchemaType.OPEN_API_3))
                .at("/components/schemas/OrderCreatedData/properties/it"))
        .isEqualTo(Schemas.json(openApi));
    assertThat(
            Schemas.json(event.in(SchemaType.JSON_SCHEMA_DRAFT_4))
                .at("/definitions/OrderCreatedData/properties/it"))
        .isEqualTo(Schemas.json(draft4));
  }

  @ParameterizedTest
  @CsvSource({
    "Order.Created, OrderCreated",
    "order created (v2), ordercreatedv2",
    "AWSEvent, Detail",
    "…, Detail",
  })
  void theDetailIsNamedForCode(String detailType, String name) {
    assertThat(
            Schemas.json(event("{type: 'object'}", detailType).in(SchemaType.OPEN_API_3))
                .at("/info/title")
                .textValue())
        .isEqualTo(name);
  }

  private static JsonNode openApi(String data) {
    return Schemas.json(event(data, "Order.Created").in(SchemaType.OPEN_API_3));
  }

  private static AwsEventSchema event(String data, String detailType) {
    return new AwsEventSchema("order-service", detailType, "2", (ObjectNode) Schemas.json(data));
  }
}
