package io.eventbackbone.sandbox.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** Timestamps as AWS JSON 1.1 writes them: seconds since the epoch, with milliseconds. */
final class Timestamps {

  private Timestamps() {}

  static void write(ObjectNode output, String member, Instant time) {
    output.put(member, BigDecimal.valueOf(time.toEpochMilli(), 3));
  }
}
