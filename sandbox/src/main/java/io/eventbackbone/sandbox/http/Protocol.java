package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.javalin.http.Context;
import java.util.Optional;

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

  /**
   * The protocol of a request.
   *
   * @param service as the signature names it; empty for a request that nobody signed
   * @param errors of the service
   */
  static Protocol of(Context http, String service, ServiceErrors errors) {
    String contentType = Optional.ofNullable(http.contentType()).orElse("");
    if (service.equals("schemas")) {
      return new RestProtocol();
    }
    if (contentType.startsWith(CborProtocol.CONTENT_TYPE)) {
      return new CborProtocol(errors);
    }
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      return new QueryProtocol(queryMembers(service), errors);
    }
    return new JsonProtocol(errors);
  }

  private static QueryMembers queryMembers(String service) {
    return switch (service) {
      case "sqs" -> new SqsQueryMembers();
      case "monitoring" -> new CloudWatchQueryMembers();
      default -> new QueryMembers.Plain();
    };
  }
}
