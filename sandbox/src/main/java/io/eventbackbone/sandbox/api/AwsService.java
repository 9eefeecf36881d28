package io.eventbackbone.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The API of one AWS service for all accounts and Regions. Safe for use by many threads. */
public interface AwsService {

  /** The name that signatures use: {@code events}, {@code sqs}, {@code logs}. */
  String name();

  /** The prefix of the service's IAM actions. */
  default String actionPrefix() {
    return name();
  }

  ServiceErrors errors();

  default Members.Typing typing() {
    return Members.Typing.TYPED;
  }

  /** Operations that nobody signs: the request itself carries the identity. */
  default Set<String> unsignedOperations() {
    return Set.of();
  }

  /** The operations that the sandbox has of the service, by their names in the API model. */
  Map<String, Operation> operations();

  /**
   * Answers a call. Services that guard their state by one lock hold it around this method.
   *
   * @return the members of the operation's output
   * @throws AwsException the refusal that AWS would answer
   */
  default ObjectNode handle(Call call) {
    return Optional.ofNullable(operations().get(call.operation()))
        .orElseThrow(() ->
            errors()
                .unknownOperation(
                    actionPrefix() + ":" + call.operation(), new TreeSet<>(operations().keySet())))
        .answer(new Request(actionPrefix(), call, Members.of(call.input(), typing(), errors())));
  }
}
