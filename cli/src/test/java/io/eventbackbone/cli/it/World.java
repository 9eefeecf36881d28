package io.eventbackbone.cli.it;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.Backbone;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.cli.Backbone.Running;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.client.AwsEnvironment;
import io.eventbackbone.operator.leadership.Fence;
import io.eventbackbone.operator.reconcile.EventBackboneOperator;
import io.eventbackbone.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A cluster with the operator in it, and AWS around it. Manifests and arguments say {@code #} where
 * a number stands that no other world has.
 */
final class World implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger NUMBERS = new AtomicInteger(100);

  /** What refers comes before what it refers to. */
  private static final List<Class<? extends BackboneResource<?, ?>>> KINDS =
      List.of(
          EventReplay.class,
          EventType.class,
          EventSubscription.class,
          ServiceAccountBus.class,
          EventRoute.class,
          EventBackbone.class,
          AwsAccount.class);

  private final KubernetesClient client;
  private final Path kubeconfig;
  private final Sandbox sandbox = Sandbox.start();
  private final String number = Integer.toString(NUMBERS.incrementAndGet());
  private final AwsSessions sessions;
  private EventBackboneOperator operator;

  World(KubeApi api) {
    client = api.client();
    kubeconfig = writeKubeconfig(api);
    Crds.apply(client, Path.of("..", "crds"));
    sessions =
        new AwsSessions(
            "it",
            new AwsEnvironment(
                Optional.of(sandbox.endpoint()),
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("999999999999", "secret")),
                10_000),
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            Fence.OPEN);
    startOperator();
  }

  private static Path writeKubeconfig(KubeApi api) {
    try {
      return api.writeKubeconfig(Files.createTempDirectory("cli").resolve("kubeconfig"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void startOperator() {
    operator =
        new EventBackboneOperator(
            client,
            sessions,
            new EventBackboneOperator.Settings("it", "eu-west-1", Set.of(), Optional.empty()),
            Metrics.NOOP);
    operator.watch();
    operator.reconcile();
  }

  /** What is changed in AWS from now on stays changed. */
  void stopOperator() {
    operator.close();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  KubernetesClient client() {
    return client;
  }

  /** The text with this world's number in it. */
  String own(String text) {
    return text.replace("#", number);
  }

  /** The account of this world that ends with the digit. */
  String account(int digit) {
    return own("7#0000000" + digit);
  }

  /** Applies manifests, in the order in which they stand. */
  void apply(String manifests) {
    objects(manifests).forEach(object -> client.resource(object).serverSideApply());
  }

  private Stream<HasMetadata> objects(String manifests) {
    return Arrays.stream(own(manifests).split("(?m)^---$"))
        .filter(Predicate.not(String::isBlank))
        .map(text -> Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class));
  }

  /** Waits until every custom resource is Ready as it is now. */
  void awaitReady() {
    await("all resources are Ready")
        .atMost(PATIENCE)
        .until(
            () -> customResources().filter(it -> !isReady(it)).map(World::describe).toList(),
            List::isEmpty);
  }

  private Stream<? extends BackboneResource<?, ?>> customResources() {
    return KINDS.stream()
        .flatMap(kind -> client.resources(kind).inAnyNamespace().list().getItems().stream());
  }

  private static boolean isReady(BackboneResource<?, ?> object) {
    return object.getStatus().conditions().stream()
        .filter(it -> it.getType().equals("Ready"))
        .filter(it -> object.getMetadata().getGeneration().equals(it.getObservedGeneration()))
        .anyMatch(it -> it.getStatus().equals("True"));
  }

  private static String describe(BackboneResource<?, ?> object) {
    return "%s %s/%s: %s"
        .formatted(
            object.getKind(),
            object.getMetadata().getNamespace(),
            object.getMetadata().getName(),
            object.getStatus().conditions().stream()
                .map(it -> "%s=%s (%s)".formatted(it.getType(), it.getStatus(), it.getMessage()))
                .collect(Collectors.joining("; ")));
  }

  /** Runs the command against this world's cluster. */
  Result run(String... arguments) {
    return Backbone.run(completed(arguments));
  }

  private String[] completed(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.stream(arguments).map(this::own).toList());
    all.add("--kubeconfig=" + kubeconfig);
    return all.toArray(String[]::new);
  }

  /** Starts the command with ways into this world's accounts of AWS. */
  Running startWithAws(String... arguments) {
    return Backbone.start(completed(withRoles(arguments)));
  }

  /** Runs the command with ways into this world's accounts of AWS. */
  Result runWithAws(String... arguments) {
    return run(withRoles(arguments));
  }

  private String[] withRoles(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    for (int digit = 1; digit <= 3; digit++) {
      all.add("--assume-role=arn:aws:iam::" + account(digit) + ":role/reader");
    }
    return all.toArray(String[]::new);
  }

  /**
   * Publishes an Order.Created as the order service.
   *
   * @param detail JSON
   * @return the id that EventBridge gave the event
   */
  String publish(String source, String detail) {
    try (EventBridgeClient orders = eventBridge(2)) {
      return orders
          .putEvents(it ->
              it.entries(
                  PutEventsRequestEntry.builder()
                      .eventBusName(
                          "arn:aws:events:eu-west-1:%s:event-bus/global-bus".formatted(account(1)))
                      .source(source)
                      .detailType("Order.Created")
                      .detail(detail)
                      .build()))
          .entries()
          .get(0)
          .eventId();
    }
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  EventBridgeClient eventBridge(int account) {
    return in(EventBridgeClient.builder(), account).build();
  }

  SqsClient sqs(int account) {
    return in(SqsClient.builder(), account).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, int account) {
    return builder
        .endpointOverride(sandbox.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(account(account), "secret")));
  }

  /** Takes every custom resource out of the cluster, so that no later world meets one. */
  private void clear() {
    for (HasMetadata object : customResources().toList()) {
      object.getMetadata().setFinalizers(List.of());
      object.getMetadata().setManagedFields(null);
      object.getMetadata().setResourceVersion(null);
      client.resource(object).update();
      client.resource(object).delete();
    }
  }

  @Override
  public void close() {
    operator.close();
    clear();
    sessions.close();
    sandbox.close();
  }
}
