package io.eventbackbone.cli.trace;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** When specs changed, as the API server keeps it in {@code metadata.managedFields}. */
final class Changes {

  private static final String STATUS = "status";

  private Changes() {}

  /** The last change of a spec, if it is later than an event. */
  static Optional<Instant> after(HasMetadata object, Instant event) {
    return Objects.requireNonNullElse(
            object.getMetadata().getManagedFields(), List.<ManagedFieldsEntry>of())
        .stream()
        .filter(it -> !STATUS.equals(it.getSubresource()))
        .filter(it -> it.getTime() != null && it.getFieldsV1() != null)
        .filter(it -> it.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
        .map(it -> Instant.parse(it.getTime()))
        .max(Instant::compareTo)
        .filter(it -> it.isAfter(event));
  }

  /** What is added to words about a spec that may have been another when the event came. */
  static String note(HasMetadata object, Instant event) {
    return after(object, event)
        .map(it -> " (as it is now: its spec changed at %s, after the event)".formatted(it))
        .orElse("");
  }
}
