package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Trace;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.answer.Trace.Hop;
import io.eventbackbone.cli.answer.Trace.Passage;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way of events as people read it: an event, its hops below it, what follows from it further
 * in.
 */
public final class TraceText {

  private static final String DEEPER = "  ";

  private TraceText() {}

  public static String of(Trace trace) {
    StringBuilder text = new StringBuilder();
    trace
        .message()
        .ifPresent(it -> text.append(coded(trace.code().map(Code::text).orElse(""), it)));
    Map<String, Integer> depths = new HashMap<>();
    for (Event event : trace.events()) {
      int depth = event.causedBy().map(depths::get).map(it -> it + 1).orElse(0);
      event.metadataId().ifPresent(it -> depths.put(it, depth));
      text.append(event(event).indent(depth * DEEPER.length()));
    }
    return text + Tables.unseen(trace);
  }

  private static String coded(String code, String message) {
    return (code + " " + message).strip() + System.lineSeparator();
  }

  private static String event(Event event) {
    return "%s  %s from %s (account %s), id %s: %s%n"
            .formatted(
                event.time(),
                event.detailType(),
                event.source(),
                event.account(),
                event.id(),
                switch (event.verdict()) {
                  case DELIVERED -> "delivered";
                  case STOPPED -> "stopped";
                  case CANNOT_TELL -> "can't tell";
                })
        + event.hops().stream().map(TraceText::hop).collect(Collectors.joining());
  }

  private static String hop(Hop hop) {
    String words =
        Stream.of(hop.code().map(Code::text), hop.message(), hop.evidence(), hop.time())
            .flatMap(java.util.Optional::stream)
            .collect(Collectors.joining("  "));
    return "  %s %-10s %s%s%s%n"
        .formatted(
            mark(hop.verdict()),
            hop.stage().text(),
            hop.object(),
            words.isEmpty() ? "" : "  ",
            words);
  }

  private static String mark(Passage passage) {
    return switch (passage) {
      case PASSED -> "ok  ";
      case STOPPED -> "STOP";
      case UNKNOWN -> "?   ";
    };
  }
}
