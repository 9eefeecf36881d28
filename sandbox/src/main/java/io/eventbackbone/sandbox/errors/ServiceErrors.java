package io.eventbackbone.sandbox.errors;

import java.util.Optional;
import java.util.Set;

/**
 * How one service refuses. Each service has one implementation, which also has the refusals that
 * the service alone knows: an error code or its wording is changed there and nowhere else. Refusals
 * that all services share are in {@link CommonErrors}.
 */
public interface ServiceErrors {

  /** A required member is absent. */
  AwsException missing(String member);

  /**
   * A member breaks a constraint of the API model.
   *
   * @param constraint goes on from "Member must"
   */
  AwsException invalid(String member, String value, String constraint);

  /** A number is out of its range. */
  default AwsException outOfRange(String member, String value, int min, int max) {
    return invalid(
        member,
        value,
        Long.parseLong(value) < min
            ? "have value greater than or equal to " + min
            : "have value less than or equal to " + max);
  }

  /** A member has another JSON type than the API model says. */
  default AwsException wrongType(String member, String expected) {
    return AwsException.badRequest(
        "SerializationException", "Member '" + member + "' must be " + expected + ".");
  }

  /** The sandbox does not implement a member that would change the answer. */
  AwsException unsupportedMember(String operation, String member);

  /**
   * The sandbox does not implement an operation.
   *
   * @param operation with the prefix of the service, for instance {@code logs:StartQuery}
   * @param known operations of the service that the sandbox implements
   */
  default AwsException unknownOperation(String operation, Set<String> known) {
    return AwsException.badRequest(
        unknownOperationCode(),
        "The sandbox does not implement %s. It implements: %s."
            .formatted(operation, String.join(", ", known)));
  }

  default String unknownOperationCode() {
    return "UnknownOperationException";
  }

  /** Too many calls. */
  default AwsException throttled() {
    return AwsException.badRequest("ThrottlingException", "Rate exceeded");
  }

  /** The service itself failed. */
  default AwsException serverError(String message) {
    return new AwsException(500, "InternalException", message);
  }

  /** Another caller changed the resource at the same time. */
  default AwsException concurrentModification(String message) {
    return AwsException.badRequest("ConcurrentModificationException", message);
  }

  /**
   * The namespace of error types in JSON and CBOR, of services that spoke the Query protocol alone
   * at first. Their refusals also name the Query code, for clients that go by it.
   */
  default Optional<String> queryCompatibleNamespace() {
    return Optional.empty();
  }

  /**
   * The code of a refusal in the Query protocol, for services that speak it.
   *
   * @param code in the JSON protocol
   */
  default String queryCode(String code) {
    return CommonErrors.queryCode(code);
  }
}
