package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** AWS JSON 1.0 and 1.1: the operation is in {@code X-Amz-Target}, the rest is JSON. */
final class JsonProtocol implements Protocol {

  private final ServiceErrors errors;

  JsonProtocol(ServiceErrors errors) {
    this.errors = errors;
  }

  @Override
  public Request read(Context http) {
    String target = Optional.ofNullable(http.header("X-Amz-Target")).orElse("");
    if (!target.contains(".")) {
      throw CommonErrors.noTarget();
    }
    return new Request(target.substring(target.indexOf('.') + 1), input(http.bodyAsBytes()));
  }

  private static ObjectNode input(byte[] body) {
    if (body.length == 0) {
      return Json.object();
    }
    return Json.parseObject(new String(body, StandardCharsets.UTF_8))
        .orElseThrow(() -> CommonErrors.unreadable("The request is not a JSON object."));
  }

  @Override
  public void answer(Context http, String operation, String requestId, ObjectNode output) {
    write(http, 200, requestId, output);
  }

  @Override
  public void refuse(Context http, String requestId, AwsException refusal) {
    write(http, refusal.httpStatus(), requestId, refusalBody(http, refusal, errors));
  }

  /** The body of a refusal in JSON and in CBOR; sets the headers that go with it. */
  static ObjectNode refusalBody(Context http, AwsException refusal, ServiceErrors errors) {
    http.header("x-amzn-ErrorType", refusal.code());
    Optional<String> namespace = errors.queryCompatibleNamespace();
    if (namespace.isPresent()) {
      String fault = refusal.httpStatus() < 500 ? "Sender" : "Receiver";
      http.header("x-amzn-query-error", errors.queryCode(refusal.code()) + ";" + fault);
    }
    return Json.object()
        .put("__type", namespace.map(name -> name + "#").orElse("") + refusal.code())
        .put("message", refusal.getMessage());
  }

  private static void write(Context http, int status, String requestId, ObjectNode body) {
    http.status(status)
        .header("x-amzn-RequestId", requestId)
        .contentType(Optional.ofNullable(http.contentType()).orElse("application/x-amz-json-1.1"))
        .result(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
