package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers one operation of the API with the members of its output. */
@FunctionalInterface
interface Operation {
  ObjectNode answer(Request request);
}
