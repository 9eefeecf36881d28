package io.eventbackbone.core.topology;

import io.eventbackbone.api.v1alpha1.EventReplaySpec;
import io.eventbackbone.api.v1alpha1.LocalReference;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The events and the receiver of a replay, as text. Two specs with the same events and receiver
 * have the same text, however they are written. The text leaves out how long the object stays
 * afterwards.
 */
final class ReplayIdentity {

  private ReplayIdentity() {}

  static String of(EventReplaySpec spec) {
    return String.join(
        "\n",
        "subscription " + name(spec.subscription()),
        "backbone " + name(spec.backbone()),
        "buses " + spec.buses().map(ReplayIdentity::text).orElse(""),
        "from " + time(spec.begin(), spec.from()),
        "to " + time(spec.end(), spec.to()));
  }

  private static String name(Optional<LocalReference> reference) {
    return reference.map(LocalReference::name).orElse("");
  }

  private static String time(Optional<Instant> time, String written) {
    return time.map(Instant::toString).orElse(written);
  }

  private static String text(LabelSelector selector) {
    String labels =
        Optional.ofNullable(selector.getMatchLabels())
            .map(it -> new TreeMap<>(it).toString())
            .orElse("");
    return Objects.requireNonNullElse(
            selector.getMatchExpressions(), List.<LabelSelectorRequirement>of())
        .stream()
        .map(it -> "%s %s %s".formatted(it.getKey(), it.getOperator(), it.getValues()))
        .sorted()
        .collect(Collectors.joining("; ", labels + " ", ""));
  }
}
