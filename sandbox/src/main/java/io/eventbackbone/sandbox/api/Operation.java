package io.eventbackbone.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;

/** One operation of a service's API. */
@FunctionalInterface
public interface Operation {

  /**
   * Answers with the members of the operation's output.
   *
   * @throws AwsException the refusal that AWS would answer
   */
  ObjectNode answer(Request request);
}
