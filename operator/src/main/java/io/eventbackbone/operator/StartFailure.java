package io.eventbackbone.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the operator can't start in a cluster, for the person who installs it. */
final class StartFailure {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          AwsAccount.class,
          EventBackbone.class,
          EventRoute.class,
          ServiceAccountBus.class,
          EventSubscription.class,
          EventType.class,
          EventReplay.class);

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private StartFailure() {}

  /** The cluster lacks custom resource definitions; install them before the operator. */
  static Optional<String> ofDefinitions(KubernetesClient client) {
    Set<String> served =
        Optional.ofNullable(client.getApiResources(HasMetadata.getApiVersion(AwsAccount.class)))
            .map(APIResourceList::getResources)
            .orElse(List.of())
            .stream()
            .map(APIResource::getName)
            .collect(Collectors.toUnmodifiableSet());
    String missing =
        KINDS.stream()
            .filter(kind -> !served.contains(HasMetadata.getPlural(kind)))
            .map(HasMetadata::getFullResourceName)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the cluster has no CustomResourceDefinition of %s: install the chart with crds.install=true, or apply the definitions in crds/ first"
                .formatted(missing));
  }

  /**
   * Lists one object of each kind that informers list: an informer without the permission would
   * retry for ever.
   *
   * @param namespaces whose objects are listed; empty means all
   * @throws KubernetesClientException when a list is refused
   */
  static void requireLists(KubernetesClient client, Set<String> namespaces) {
    Stream.of(AwsAccount.class, Namespace.class)
        .forEach(kind -> client.resources(kind).inAnyNamespace().list(ONE));
    Stream.of(
            EventBackbone.class,
            EventRoute.class,
            ServiceAccountBus.class,
            EventSubscription.class,
            EventType.class,
            EventReplay.class,
            Secret.class)
        .forEach(kind -> {
          if (namespaces.isEmpty()) {
            client.resources(kind).inAnyNamespace().list(ONE);
          }
          namespaces.forEach(it -> client.resources(kind).inNamespace(it).list(ONE));
        });
  }

  /**
   * The advice for a failed call to the API server. Empty: there is none.
   *
   * @param server URL of the API server
   */
  static Optional<String> of(Throwable failure, String server) {
    List<KubernetesClientException> calls =
        causes(failure)
            .filter(KubernetesClientException.class::isInstance)
            .map(KubernetesClientException.class::cast)
            .toList();
    return calls.stream()
        .filter(StartFailure::isAnswered)
        .findFirst()
        .or(() -> calls.stream().findFirst())
        .flatMap(call -> of(call, server));
  }

  /** Whether the connection failed or timed out. */
  private static boolean isSilence(KubernetesClientException call) {
    return causes(call)
        .anyMatch(it ->
            (it instanceof IOException && !(it instanceof JsonProcessingException))
                || it instanceof TimeoutException);
  }

  /** The advice for an HTTP status. */
  private static boolean isAnswered(KubernetesClientException call) {
    return call.getCode() >= HttpURLConnection.HTTP_OK;
  }

  /**
   * The API server may close the connection of an unknown client instead of answering (Kubernetes
   * feature gate UnauthenticatedHTTP2DOSMitigation).
   */
  private static Optional<String> of(KubernetesClientException call, String server) {
    if (!isAnswered(call)) {
      return Optional.of(
          isSilence(call)
              ? "the API server %s does not answer (%s): look at its address in the kubeconfig, whether it can be reached from here, and at the token or certificate in the kubeconfig or the pod's ServiceAccount"
                  .formatted(server, cause(call))
              : "API server %s: %s".formatted(server, cause(call)));
    }
    return switch (call.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          Optional.of(
              "the API server %s does not know the operator: look at the token or certificate in the kubeconfig, or at the pod's ServiceAccount"
                  .formatted(server));
      case HttpURLConnection.HTTP_FORBIDDEN ->
          Optional.of(
              "%s: bind the roles of the chart to the operator's ServiceAccount"
                  .formatted(
                      Optional.ofNullable(call.getStatus())
                          .map(Status::getMessage)
                          .orElseGet(call::getMessage)));
      default -> Optional.empty();
    };
  }

  /** The first cause below the client's exceptions that has a message. */
  private static String cause(KubernetesClientException call) {
    return causes(call)
        .filter(it -> !(it instanceof KubernetesClientException))
        .filter(it -> it.getMessage() != null || it.getClass() != IOException.class)
        .findFirst()
        .map(it -> it.getMessage() == null ? it.getClass().getSimpleName() : it.getMessage())
        .orElseGet(call::getMessage);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
