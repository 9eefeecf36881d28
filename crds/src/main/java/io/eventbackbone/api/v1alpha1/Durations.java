package io.eventbackbone.api.v1alpha1;

import java.text.ParseException;
import java.time.Duration;

/** Durations in Kubernetes' notation: {@code 90s}, {@code 10m}, {@code 1h30m}. */
final class Durations {

  private Durations() {}

  static Duration parse(String text) {
    try {
      return io.fabric8.kubernetes.api.model.Duration.parse(text).getDuration();
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a duration such as 90s, 10m or 1h: " + text, e);
    }
  }
}
