package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.IamErrors;
import io.eventbackbone.sandbox.errors.SqsErrors;
import io.eventbackbone.sandbox.errors.StsErrors;
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

  static Protocol of(Context http, Optional<Signature> signature) {
    Optional<String> service = signature.map(Signature::service);
    if (service.filter("schemas"::equals).isPresent()) {
      return new RestProtocol();
    }
    String contentType = Optional.ofNullable(http.contentType()).orElse("");
    if (!contentType.startsWith("application/x-www-form-urlencoded")) {
      return new JsonProtocol();
    }
    return switch (service.orElse("")) {
      case "sqs" -> new QueryProtocol(new SqsQueryMembers(), SqsErrors.SQS);
      case "iam" -> new QueryProtocol(new QueryMembers.Plain(), IamErrors.IAM);
      default -> new QueryProtocol(new QueryMembers.Plain(), StsErrors.STS);
    };
  }
}
