package io.eventbackbone.cli.answer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a subscription receives an event. */
public enum Verdict {
  /** Whatever else is in the event. */
  @JsonProperty("Always")
  ALWAYS("Always"),
  /** If the event meets conditions. */
  @JsonProperty("Conditional")
  CONDITIONAL("Conditional"),
  /** Provably not. */
  @JsonProperty("Never")
  NEVER("Never"),
  /** The caller may not see what decides. */
  @JsonProperty("Unknown")
  UNKNOWN("Unknown");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** As it stands in JSON. */
  public String text() {
    return text;
  }

  public boolean receives() {
    return this == ALWAYS || this == CONDITIONAL;
  }
}
