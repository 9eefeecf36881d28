package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;

/**
 * How a service writes its members in the Query protocol, in which a list is a repeated element.
 */
interface QueryMembers {

  /** The input's members from the parameters of the form. */
  ObjectNode input(String operation, ObjectNode parameters);

  /** The elements of the answer from the members of the output. */
  ObjectNode output(String operation, ObjectNode members);

  /** STS and IAM: plain parameters, and lists whose items are called {@code member}. */
  final class Plain implements QueryMembers {

    @Override
    public ObjectNode input(String operation, ObjectNode parameters) {
      return parameters;
    }

    @Override
    public ObjectNode output(String operation, ObjectNode members) {
      ObjectNode elements = Json.object();
      members.properties().forEach(it -> elements.set(it.getKey(), element(it.getValue())));
      return elements;
    }

    private static JsonNode element(JsonNode value) {
      return value.isArray() ? Json.object().set("member", value) : value;
    }
  }
}
