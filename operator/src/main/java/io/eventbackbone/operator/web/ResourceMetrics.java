package io.eventbackbone.operator.web;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code eventbackbone_resources} and {@code eventbackbone_unreadable_objects}: how many custom
 * resources of each kind are Ready, and how many the operator can't read.
 */
public final class ResourceMetrics {

  private static final List<String> KINDS =
      List.of(
          "AwsAccount",
          "EventBackbone",
          "ServiceAccountBus",
          "EventRoute",
          "EventSubscription",
          "EventType",
          "EventReplay");

  private ResourceMetrics() {}

  /**
   * Registers the gauges.
   *
   * @param resources all custom resources, whenever metrics are scraped
   */
  public static void register(MeterRegistry registry, Supplier<Stream<HasMetadata>> resources) {
    for (String kind : KINDS) {
      for (String ready : List.of("True", "False")) {
        Gauge.builder("eventbackbone.resources", () -> count(resources.get(), kind, ready))
            .description("Custom resources by kind and Ready condition")
            .tag("kind", kind)
            .tag("ready", ready)
            .register(registry);
      }
      Gauge.builder("eventbackbone.unreadable.objects", () -> unreadable(resources.get(), kind))
          .description("Custom resources whose spec this version of the operator can't read")
          .tag("kind", kind)
          .register(registry);
    }
  }

  private static long unreadable(Stream<HasMetadata> resources, String kind) {
    return resources
        .filter(resource -> resource.getKind().equals(kind))
        .filter(resource ->
            resource instanceof BackboneResource<?, ?> read && read.unreadable().isPresent())
        .count();
  }

  private static long count(Stream<HasMetadata> resources, String kind, String ready) {
    return resources
        .filter(resource -> resource.getKind().equals(kind))
        .filter(resource -> String.valueOf(isReady(resource)).equalsIgnoreCase(ready))
        .count();
  }

  private static boolean isReady(HasMetadata resource) {
    return resource instanceof CustomResource<?, ?> custom
        && custom.getStatus() instanceof ConditionedStatus status
        && Conditions.isTrue(status, Conditions.READY);
  }
}
