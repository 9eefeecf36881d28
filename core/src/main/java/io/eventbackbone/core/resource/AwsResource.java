package io.eventbackbone.core.resource;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An AWS resource with the attributes that the operator sets. The same types describe a wanted
 * resource and an observed one. Names, attributes and units are those of the AWS APIs.
 */
public sealed interface AwsResource
    permits EventBus,
        BusPolicy,
        Rule,
        Queue,
        LogGroup,
        LogResourcePolicy,
        Archive,
        Discoverer,
        DeliverySource,
        DeliveryDestination,
        Delivery,
        SchemaRegistry,
        SchemaRegistry.Schema {

  ResourceKey key();

  /** Keeps the elements of a set in order, so that equal resources print equally. */
  static <T> Set<T> inOrder(Set<T> elements, Function<T, String> key) {
    return elements.stream()
        .sorted(Comparator.comparing(key))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }
}
