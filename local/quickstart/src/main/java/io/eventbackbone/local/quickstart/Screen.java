package io.eventbackbone.local.quickstart;

import io.fabric8.kubernetes.api.model.Event;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.Help.Ansi;

/** What a person sees. */
final class Screen {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private volatile PrintStream out;
  private final Ansi ansi;

  Screen(PrintStream out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** Shows nothing any more: what breaks while everything is being ended is no news. */
  void mute() {
    out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  void title(String text) {
    out.println();
    out.println(paint("bold", text));
  }

  void line(String text) {
    out.println("  " + text);
  }

  void progress(String text) {
    out.println("  " + paint("faint", text));
  }

  void failure(String text) {
    out.println();
    out.println(paint("red", text));
  }

  void success(String text) {
    out.println();
    out.println(paint("green", text));
  }

  /** A resource that has become Ready, or has ceased to be. */
  void resource(ResourceState state) {
    String readiness = state.isReady() ? paint("green", "Ready    ") : paint("red", "not Ready");
    out.printf(
        "  %s  %s  %-42s %-12s %-10s %s%n",
        TIME.format(Instant.now()),
        readiness,
        state.name(),
        state.account(),
        state.region(),
        state.detail());
  }

  /** An Event that the operator recorded of a resource. */
  void event(Event event) {
    var about = event.getInvolvedObject();
    out.printf(
        "  %-12s  %s  %s/%s: %s%n",
        TIME.format(Instant.parse(event.getLastTimestamp())),
        paint("bold", "%-9s".formatted(event.getReason())),
        about.getKind(),
        about.getName(),
        event.getMessage());
  }

  /** One hop of an event. */
  void hop(Hop hop) {
    out.printf(
        "  %s  %-17s %-36s %-12s %s%n",
        TIME.format(hop.at()),
        paint("cyan", "%-17s".formatted(hop.what())),
        hop.where(),
        hop.account(),
        hop.note());
  }

  void suggestion(Suggestions.Suggestion suggestion) {
    out.println();
    line(paint("bold", suggestion.purpose()));
    suggestion.commands().forEach(command -> line("  " + command));
  }

  private String paint(String style, String text) {
    return ansi.string("@|" + style + " " + text + "|@");
  }
}
