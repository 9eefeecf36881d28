package io.eventbackbone.operator.it;

import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.cluster.ClusterCache;
import io.eventbackbone.operator.reconcile.EventBackboneOperator;
import io.eventbackbone.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A cluster with the operator in it, and AWS around it. Manifests say {@code #} where a number
 * stands that no other world has: names and accounts of two tests never meet.
 */
final class World implements AutoCloseable {

  static final String REGION = LocalAws.REGION;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger NUMBERS = new AtomicInteger(100);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          AwsAccount.class,
          EventBackbone.class,
          ServiceAccountBus.class,
          EventRoute.class,
          EventSubscription.class,
          EventType.class,
          EventReplay.class);

  private final KubernetesClient client;
  private final Sandbox sandbox = Sandbox.start();
  private final String number = Integer.toString(NUMBERS.incrementAndGet());
  private volatile AwsCredentialsProvider identity = LocalAws.root(LocalAws.OPERATOR_ACCOUNT);
  private RunningOperator operator;

  World(KubernetesClient client) {
    this.client = client;
    Crds.apply(client, Path.of("..", "crds"));
    startOperator();
  }

  /** Gives the operator the identity of a role instead of its account's root. */
  void runAs(String roleArn) {
    try (StsClient sts = in(StsClient.builder(), LocalAws.OPERATOR_ACCOUNT).build()) {
      Credentials keys =
          sts.assumeRole(it -> it.roleArn(roleArn).roleSessionName("operator")).credentials();
      identity =
          StaticCredentialsProvider.create(
              AwsSessionCredentials.create(
                  keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
    }
  }

  /** Takes the operator's credentials away, as where nobody has given it any. */
  void forgetIdentity() {
    identity =
        AwsCredentialsProviderChain.of(
            WebIdentityTokenFileCredentialsProvider.create(),
            ContainerCredentialsProvider.create());
  }

  void startOperator() {
    operator = new RunningOperator(client, "it", aws(), () -> identity.resolveCredentials());
  }

  void stopOperator() {
    operator.close();
  }

  EventBackboneOperator operator() {
    return operator.operator();
  }

  ClusterCache cache() {
    return operator().cache();
  }

  private LocalAws aws() {
    return new LocalAws(sandbox.endpoint());
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

  /** Applies manifests, the last of them first. */
  void applyBackwards(String manifests) {
    List<HasMetadata> objects = objects(manifests);
    for (int i = objects.size() - 1; i >= 0; i--) {
      HasMetadata object = objects.get(i);
      client.resource(object).serverSideApply();
    }
  }

  <T extends HasMetadata> T get(Class<T> kind, String namespace, String name) {
    return client.resources(kind).inNamespace(own(namespace)).withName(own(name)).get();
  }

  <T extends HasMetadata> void edit(
      Class<T> kind, String namespace, String name, UnaryOperator<T> change) {
    client.resources(kind).inNamespace(own(namespace)).withName(own(name)).edit(change);
  }

  void delete(Class<? extends HasMetadata> kind, String namespace, String name) {
    client.resources(kind).inNamespace(own(namespace)).withName(own(name)).delete();
  }

  void awaitGone(Class<? extends HasMetadata> kind, String namespace, String name) {
    await(kind.getSimpleName() + " " + own(name) + " is gone")
        .atMost(PATIENCE)
        .until(() -> get(kind, namespace, name) == null);
  }

  /** Waits for Ready, and returns the object. */
  <T extends CustomResource<?, ? extends ConditionedStatus>> T ready(
      Class<T> kind, String namespace, String name) {
    return until(
        kind,
        namespace,
        name,
        it -> {
          Condition ready = condition(it, "Ready");
          return ready.getStatus().equals("True")
              && it.getMetadata().getGeneration().equals(ready.getObservedGeneration());
        });
  }

  /** Waits for a condition with the given reason, and returns the condition. */
  <T extends CustomResource<?, ? extends ConditionedStatus>> Condition reason(
      Class<T> kind, String namespace, String name, String type, String reason) {
    return condition(
        until(kind, namespace, name, it -> condition(it, type).getReason().equals(reason)), type);
  }

  <T extends CustomResource<?, ? extends ConditionedStatus>> T until(
      Class<T> kind, String namespace, String name, Predicate<T> state) {
    return await(kind.getSimpleName() + " " + own(name))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get(kind, namespace, name), it -> it != null && state.test(it));
  }

  /** The condition of the type; before there is one, a condition that says nothing. */
  static Condition condition(CustomResource<?, ? extends ConditionedStatus> resource, String type) {
    return resource
        .getStatus()
        .condition(type)
        .orElseGet(() -> new Condition(null, "", 0L, "", "Unknown", type));
  }

  EventBridgeClient eventBridge(String accountId) {
    return in(EventBridgeClient.builder(), accountId).build();
  }

  SqsClient sqs(String accountId) {
    return in(SqsClient.builder(), accountId).build();
  }

  SchemasClient schemas(String accountId) {
    return in(SchemasClient.builder(), accountId).build();
  }

  CloudWatchLogsClient logs(String accountId) {
    return in(CloudWatchLogsClient.builder(), accountId).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B in(B builder, String accountId) {
    return aws().client(builder, LocalAws.root(accountId));
  }

  private List<HasMetadata> objects(String manifests) {
    return List.copyOf(Manifests.objects(own(manifests)));
  }

  /** Takes every custom resource out of the cluster, so that no later world meets one. */
  private void clear() {
    for (Class<? extends HasMetadata> kind : KINDS) {
      for (HasMetadata object : client.resources(kind).inAnyNamespace().list().getItems()) {
        client
            .resource(object)
            .edit(it -> {
              it.getMetadata().setFinalizers(List.of());
              return it;
            });
        client.resource(object).delete();
      }
    }
  }

  @Override
  public void close() {
    stopOperator();
    clear();
    sandbox.close();
  }
}
