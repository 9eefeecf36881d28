package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The Query protocol of STS, IAM and old clients of SQS: a form that asks, XML that answers. */
final class QueryProtocol implements Protocol {

  private final QueryMembers members;
  private final ServiceErrors errors;

  QueryProtocol(QueryMembers members, ServiceErrors errors) {
    this.members = members;
    this.errors = errors;
  }

  @Override
  public Request read(Context http) {
    ObjectNode input = Json.object();
    for (Map.Entry<String, List<String>> parameter : http.formParamMap().entrySet()) {
      input.put(parameter.getKey(), parameter.getValue().get(0));
    }
    JsonNode action = input.remove("Action");
    input.remove("Version");
    if (action == null) {
      throw CommonErrors.noAction();
    }
    return new Request(action.asText(), members.input(action.asText(), input));
  }

  @Override
  public void answer(Context http, String operation, String requestId, ObjectNode output) {
    StringBuilder xml = new StringBuilder();
    element(
        xml,
        operation + "Response",
        () -> {
          element(
              xml, operation + "Result", () -> elements(xml, members.output(operation, output)));
          element(xml, "ResponseMetadata", () -> text(xml, "RequestId", requestId));
        });
    write(http, 200, requestId, xml);
  }

  @Override
  public void refuse(Context http, String requestId, AwsException refusal) {
    String code = errors.queryCode(refusal.code());
    StringBuilder xml = new StringBuilder();
    element(
        xml,
        "ErrorResponse",
        () -> {
          element(
              xml,
              "Error",
              () -> {
                text(xml, "Type", refusal.httpStatus() < 500 ? "Sender" : "Receiver");
                text(xml, "Code", code);
                text(xml, "Message", refusal.getMessage());
              });
          text(xml, "RequestId", requestId);
        });
    write(http, CommonErrors.queryStatus(refusal), requestId, xml);
  }

  private static void write(Context http, int status, String requestId, StringBuilder xml) {
    http.status(status)
        .header("x-amzn-RequestId", requestId)
        .contentType("text/xml")
        .result(xml.toString());
  }

  private static void elements(StringBuilder xml, JsonNode object) {
    object.properties().forEach(member -> value(xml, member.getKey(), member.getValue()));
  }

  private static void value(StringBuilder xml, String name, JsonNode value) {
    if (value.isObject()) {
      element(xml, name, () -> elements(xml, value));
    } else if (value.isArray()) {
      value.forEach(item -> value(xml, name, item));
    } else {
      text(xml, name, value.asText());
    }
  }

  private static void text(StringBuilder xml, String name, String text) {
    element(
        xml,
        name,
        () ->
            xml.append(
                text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\r", "&#xD;")));
  }

  private static void element(StringBuilder xml, String name, Runnable content) {
    xml.append('<').append(name).append('>');
    content.run();
    xml.append("</").append(name).append('>');
  }
}
