package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.AwsException;
import io.javalin.http.Context;

/** How an operation, its input and its answer are written. */
interface Protocol {

  /**
   * The operation and its input.
   *
   * @throws AwsException when the request can't be read
   */
  Request read(Context http);

  void answer(Context http, String operation, String requestId, ObjectNode output);

  void refuse(Context http, String requestId, AwsException refusal);

  /** An operation by its name in the API model. */
  record Request(String operation, ObjectNode input) {}

  static Protocol of(Context http) {
    String contentType = http.contentType();
    return contentType != null && contentType.startsWith("application/x-www-form-urlencoded")
        ? new QueryProtocol()
        : new JsonProtocol();
  }
}
