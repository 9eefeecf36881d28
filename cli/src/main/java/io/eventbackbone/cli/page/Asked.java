package io.eventbackbone.cli.page;

import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.http.Request;
import java.util.Optional;
import java.util.stream.Stream;

/** A request's parameters, and the objects that they name. */
record Asked(Request request, Sight sight) {

  static String required(String parameter, Request request) {
    return request
        .parameter(parameter)
        .orElseThrow(() -> new QuestionException("parameter %s is missing".formatted(parameter)));
  }

  /** The bus that a parameter names by {@code namespace/name}, if there is the parameter. */
  Optional<ServiceAccountBus> bus(String parameter) {
    return request
        .parameter(parameter)
        .map(it -> find(parameter, it, sight.snapshot().readable(ServiceAccountBus.class)));
  }

  /**
   * The subscription that a parameter names by {@code namespace/name}, if there is the parameter.
   */
  Optional<EventSubscription> subscription(String parameter) {
    return request
        .parameter(parameter)
        .map(it -> find(parameter, it, sight.snapshot().readable(EventSubscription.class)));
  }

  /** The object that the parameters kind and name name. */
  BackboneResource<?, ?> object() {
    String kind = required("kind", request);
    return find(
        "name",
        required("name", request),
        sight.snapshot().customResources().stream().filter(it -> it.getKind().equals(kind)));
  }

  private <T extends BackboneResource<?, ?>> T find(
      String parameter, String name, Stream<T> objects) {
    return objects
        .filter(it -> Snapshot.key(it).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new QuestionException(
                "%s: there is no %s%s"
                    .formatted(
                        parameter,
                        name,
                        sight.unseen().isEmpty() ? "" : ", or you may not see it")));
  }
}
