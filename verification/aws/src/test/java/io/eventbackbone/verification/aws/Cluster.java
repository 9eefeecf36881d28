package io.eventbackbone.verification.aws;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.it.RunningOperator;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster with the operator in it, which finds AWS at an endpoint and knows nothing else. */
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SAMPLES = Path.of("../..", "samples", "ecommerce");

  /** What refers comes before what it refers to. */
  private static final List<Class<? extends CustomResource<?, ? extends ConditionedStatus>>> KINDS =
      List.of(
          EventSubscription.class,
          ServiceAccountBus.class,
          EventRoute.class,
          EventBackbone.class,
          AwsAccount.class);

  private final KubernetesClient client;
  private final LocalAws aws;
  private RunningOperator operator;

  Cluster(KubernetesClient client, URI aws) {
    this.client = client;
    this.aws = new LocalAws(aws);
    Crds.apply(client, Path.of("../..", "crds"));
    operator = startOperator();
  }

  private RunningOperator startOperator() {
    return new RunningOperator(client, "witness", aws, LocalAws.root(LocalAws.OPERATOR_ACCOUNT));
  }

  /** Does something of several steps that the operator shall not come between. */
  void whileTheOperatorIsAway(Runnable steps) {
    operator.close();
    steps.run();
    operator = startOperator();
  }

  /** The manifests of the example, with drift looked for more often. */
  static String ecommerce() {
    return Stream.of("namespaces", "accounts", "backbone", "orders", "deliveries")
        .map(name -> sample(name + ".yaml"))
        .collect(Collectors.joining("\n---\n"))
        .replace("driftCheckInterval: 10s", "driftCheckInterval: 2s");
  }

  void apply(String manifests) {
    Manifests.objects(manifests).forEach(object -> client.resource(object).serverSideApply());
  }

  /** Deletes the custom resources among the manifests; AWS may still hold what was theirs. */
  void delete(String manifests) {
    Manifests.objects(manifests).stream()
        .filter(object -> object.getApiVersion().startsWith("eventbackbone.io/"))
        .forEach(object -> client.resource(object).delete());
  }

  /** The one resource of a kind is not Ready as it is now, for the reason; what it says. */
  String awaitRefusal(
      Class<? extends CustomResource<?, ? extends ConditionedStatus>> kind, String reason) {
    return await(kind.getSimpleName() + ": " + reason)
        .atMost(PATIENCE)
        .until(
            () ->
                customResources()
                    .filter(kind::isInstance)
                    .flatMap(Cluster::readyNow)
                    .filter(it -> it.getReason().equals(reason))
                    .map(Condition::getMessage)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** Every custom resource is Ready as it is now. */
  void awaitReady() {
    await("all resources are Ready")
        .atMost(PATIENCE)
        .until(
            () ->
                customResources()
                    .filter(Predicate.not(Cluster::isReady))
                    .map(Cluster::describe)
                    .toList(),
            List::isEmpty);
  }

  /**
   * Deletes every custom resource, a kind at a time. The end of a route would be the end of the
   * forwarding to buses that stay.
   */
  void deleteAll() {
    for (var kind : KINDS) {
      client.resources(kind).inAnyNamespace().delete();
      await("every " + kind.getSimpleName() + " is gone")
          .atMost(PATIENCE)
          .until(
              () -> customResources().filter(kind::isInstance).map(Cluster::describe).toList(),
              List::isEmpty);
    }
    deleteSecrets();
  }

  /** What a cluster's garbage collector does; it is no part of an API server. */
  private void deleteSecrets() {
    client.secrets().inAnyNamespace().withField("type", "servicebinding.io/eventbackbone").delete();
  }

  private Stream<? extends CustomResource<?, ? extends ConditionedStatus>> customResources() {
    return KINDS.stream()
        .flatMap(kind -> client.resources(kind).inAnyNamespace().list().getItems().stream());
  }

  private static boolean isReady(CustomResource<?, ? extends ConditionedStatus> object) {
    return readyNow(object).anyMatch(it -> it.getStatus().equals("True"));
  }

  /** The condition Ready, if it is about the generation that is there. */
  private static Stream<Condition> readyNow(CustomResource<?, ? extends ConditionedStatus> object) {
    return object.getStatus() == null
        ? Stream.empty()
        : object.getStatus().condition("Ready").stream()
            .filter(it -> object.getMetadata().getGeneration().equals(it.getObservedGeneration()));
  }

  private static String describe(CustomResource<?, ? extends ConditionedStatus> object) {
    String conditions =
        object.getStatus() == null
            ? "no status"
            : object.getStatus().conditions().stream()
                .map(it -> "%s=%s (%s)".formatted(it.getType(), it.getStatus(), it.getMessage()))
                .collect(Collectors.joining("; "));
    return "%s %s/%s: %s"
        .formatted(
            object.getKind(),
            object.getMetadata().getNamespace(),
            object.getMetadata().getName(),
            conditions);
  }

  private static String sample(String name) {
    try {
      return Files.readString(SAMPLES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves nothing to the next test, whatever became of this one. */
  @Override
  public void close() {
    operator.close();
    for (HasMetadata object : customResources().toList()) {
      object.getMetadata().setFinalizers(List.of());
      object.getMetadata().setManagedFields(null);
      client.resource(object).update();
      client.resource(object).delete();
    }
    deleteSecrets();
  }
}
