package io.eventbackbone.local.quickstart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Kubernetes API, seen as what the quickstart does there. */
record Cluster(KubeApi api) {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static final Pattern DOCUMENT_END = Pattern.compile("(?m)^---$");

  /** What becomes of the pods of the Deployments that are applied. */
  enum Pods {
    AS_WRITTEN,
    NONE
  }

  /** Applies the resources that a kustomization.yaml lists, in its order. */
  void apply(Path kustomization, Pods pods) {
    for (HasMetadata resource : read(kustomization)) {
      if (pods == Pods.NONE && resource instanceof Deployment deployment) {
        deployment.getSpec().setReplicas(0);
      }
      client()
          .resource(resource)
          .fieldManager("event-backbone-quickstart")
          .forceConflicts()
          .serverSideApply();
    }
  }

  /** Kind, namespace and name of the resources in a kustomization that are the operator's. */
  static List<String> operatorResources(Path kustomization) {
    return read(kustomization).stream()
        .filter(Cluster::isOfOperator)
        .map(ResourceState::name)
        .toList();
  }

  /** The operator's resources in a kustomization that are there and have finalizers. */
  List<HasMetadata> withFinalizers(Path kustomization) {
    return read(kustomization).stream()
        .filter(Cluster::isOfOperator)
        .flatMap(resource -> Optional.ofNullable(client().resource(resource).get()).stream())
        .filter(resource -> !resource.getFinalizers().isEmpty())
        .toList();
  }

  private static boolean isOfOperator(HasMetadata resource) {
    return resource.getApiVersion().equals(HasMetadata.getApiVersion(AwsAccount.class));
  }

  static List<HasMetadata> read(Path kustomization) {
    try {
      var files =
          YAML.unmarshal(
                  Files.readString(kustomization.resolve("kustomization.yaml")),
                  Kustomization.class)
              .resources();
      var resources = new ArrayList<HasMetadata>();
      for (String file : files) {
        DOCUMENT_END
            .splitAsStream(Files.readString(kustomization.resolve(file)))
            .forEach(document -> resources.add(YAML.unmarshal(document)));
      }
      return resources;
    } catch (IOException e) {
      throw new ProgramFailure("no manifests could be read from " + kustomization, e);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Kustomization(String apiVersion, String kind, List<String> resources) {}

  /** How every resource of the operator's kinds stands. */
  List<ResourceState> states() {
    return Stream.of(
            all(AwsAccount.class).stream().map(ResourceState::of),
            all(EventBackbone.class).stream().map(ResourceState::of),
            all(EventRoute.class).stream().map(ResourceState::of),
            all(ServiceAccountBus.class).stream().map(ResourceState::of),
            all(EventSubscription.class).stream().map(ResourceState::of),
            all(EventType.class).stream().map(ResourceState::of))
        .flatMap(states -> states)
        .toList();
  }

  /** The Events that the operator recorded, of all its kinds. */
  List<Event> operatorEvents() {
    return all(Event.class).stream()
        .filter(event ->
            HasMetadata.getApiVersion(AwsAccount.class)
                .equals(event.getInvolvedObject().getApiVersion()))
        .toList();
  }

  /** Every bus that the operator has made, the global ones first. */
  List<Bus> buses() {
    var global =
        all(EventBackbone.class).stream()
            .map(EventBackbone::getStatus)
            .filter(status -> status.busArn() != null && status.logGroupName() != null)
            .map(status -> Bus.of(status.busArn(), status.logGroupName(), ""));
    var local =
        all(ServiceAccountBus.class).stream()
            .map(ServiceAccountBus::getStatus)
            .filter(status -> status.busArn() != null && status.logGroupName() != null)
            .map(status -> Bus.of(status.busArn(), status.logGroupName(), status.identifier()));
    return Stream.concat(global, local).toList();
  }

  /** The queue of every subscription that has one. */
  List<Queue> queues() {
    return all(EventSubscription.class).stream()
        .filter(subscription -> subscription.getStatus().queueArn() != null)
        .flatMap(
            subscription -> busOf(subscription).map(bus -> Queue.of(subscription, bus)).stream())
        .toList();
  }

  private Optional<ServiceAccountBus> busOf(EventSubscription subscription) {
    var reference = subscription.getSpec().busRef();
    return Optional.ofNullable(
        client()
            .resources(ServiceAccountBus.class)
            .inNamespace(reference.namespaceOr(subscription.getMetadata().getNamespace()))
            .withName(reference.name())
            .get());
  }

  /** What a kubelet would have to start for the Deployments of a sample. */
  List<Workload> workloads(Path kustomization) {
    return read(kustomization).stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .map(this::workload)
        .toList();
  }

  private Workload workload(Deployment deployment) {
    String namespace = deployment.getMetadata().getNamespace();
    String identity = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
    var secrets =
        Workload.secrets(deployment).stream().map(name -> secret(namespace, name)).toList();
    return Workload.of(
        client().resource(deployment).get(),
        client().serviceAccounts().inNamespace(namespace).withName(identity).require(),
        secrets);
  }

  private Secret secret(String namespace, String name) {
    return client().secrets().inNamespace(namespace).withName(name).require();
  }

  private <T extends HasMetadata> List<T> all(Class<T> kind) {
    return client().resources(kind).inAnyNamespace().list().getItems();
  }

  private KubernetesClient client() {
    return api.client();
  }
}
