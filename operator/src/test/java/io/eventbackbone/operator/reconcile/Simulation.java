package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.ConditionedStatus;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.topology.Topology;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.cluster.ClusterCache;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.DependencyEventSource;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.Statuses;
import io.eventbackbone.operator.reconcile.apply.AwsApplier;
import io.eventbackbone.operator.reconcile.apply.QuotaReadings;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.InjectedFault;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.Replay;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

/**
 * The operator's reconcilers on a thread of the test, in an order that is always the same, against
 * a cluster in memory and the sandbox. What java-operator-sdk does around a reconciler, finalizers
 * and status writes, is done here. So a process can be ended at any write, and begun anew. There is
 * no garbage collector: the Secrets and ConfigMaps of deleted subscriptions stay.
 */
final class Simulation implements AutoCloseable {

  static final String REGION = LocalAws.REGION;

  /**
   * Three accounts with roles, a backbone with all that it can have, two buses and what they need.
   */
  static final String ECOMMERCE =
      account("backbone", "111111111111")
          + account("orders", "222222222222")
          + account("deliveries", "333333333333")
          + """
          {apiVersion: v1, kind: Namespace, metadata: {name: platform}}
          ---
          {apiVersion: v1, kind: Namespace, metadata: {name: orders, labels: {team: orders}}}
          ---
          {apiVersion: v1, kind: Namespace, metadata: {name: deliveries, labels: {team: deliveries}}}
          ---
          """
          + Manifests.of(
              "EventBackbone",
              "platform/main",
              "accountRef: {name: backbone}",
              "region: eu-west-1",
              "allowedBuses: {from: All}",
              "archive: {enabled: true, retentionDays: 30}",
              "deletionPolicy: Delete")
          + route("fan-out", "from: {type: All}", "to: {type: AllExceptSender}")
          + bus("orders", "order-service")
          + bus("deliveries", "delivery-service")
          + subscription("orders", "delivery-updates", "Delivery.Updated")
          + subscription("deliveries", "new-orders", "Order.Created");

  /** A replay of all that the archive of the deliveries' bus has. */
  static final String REPLAY =
      Manifests.of(
          "EventReplay",
          "deliveries/again",
          "subscriptionRef: {name: new-orders}",
          "from: \"2026-01-01T00:00:00Z\"",
          "to: \"2099-01-01T00:00:00Z\"");

  /** A contract of the order service. */
  static final String CONTRACT =
      Manifests.of(
          "EventType",
          "orders/order-created",
          "busRef: {name: orders}",
          "detailType: Order.Created",
          "description: An order was accepted.",
          "versions: [{version: \"1\", schema: {type: object, properties: {total: {type:"
              + " number}}}}]");

  /** The example with a contract, which EventBridge Schemas has, too. */
  static final String PUBLISHED =
      ECOMMERCE.replace(
              "region: eu-west-1", "region: eu-west-1\n  schemaRegistry: {schemaType: OpenApi3}")
          + CONTRACT;

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333");

  private static final int ROUNDS = 40;
  private static final String FINALIZER = "eventbackbone.io/finalizer";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);

  /** Reconcilers are called in turn here; so event sources have nothing to do. */
  private static final DependencyEventSource NOBODY_TO_WAKE =
      new DependencyEventSource(
          new ClusterCache(
              new KubernetesClientBuilder().withConfig(Config.empty()).build(), Set.of()));

  /** Those that no simulation uses now: to start one takes longer than most simulations. */
  private static final Queue<Sandbox> IDLE = new ConcurrentLinkedQueue<>();

  private final Sandbox aws;
  private final Consumer<Sandbox> release;
  private String clusterId;
  private final List<InjectedFault> faults = new ArrayList<>();
  private final Cluster cluster;
  private final Map<String, HasMetadata> byOperator = new TreeMap<>();
  private final Set<Class<?>> refusedStatuses = new HashSet<>();
  private final Map<String, HasMetadata> beforeLastWrite = new TreeMap<>();
  private int version;
  private Instant now = CLOCK.instant();
  private Incarnation operator;
  private boolean asksAgain;

  Simulation(String... manifests) {
    this(
        Optional.ofNullable(IDLE.poll()).orElseGet(Sandbox::start),
        Simulation::keep,
        "test",
        manifests);
  }

  /** In a sandbox of one's own, which closes with the simulation. */
  Simulation(Sandbox aws, String... manifests) {
    this(aws, Sandbox::close, "test", manifests);
  }

  private Simulation(
      Sandbox aws, Consumer<Sandbox> release, String clusterId, String... manifests) {
    this.aws = aws;
    this.release = release;
    this.clusterId = clusterId;
    cluster = Cluster.of(manifests);
    createReplaysLate();
    operator = new Incarnation();
  }

  /** Another cluster, whose operator manages the same accounts. */
  Simulation another(String otherClusterId, String... manifests) {
    return new Simulation(aws, shared -> {}, otherClusterId, manifests);
  }

  private static void keep(Sandbox aws) {
    aws.reset();
    IDLE.add(aws);
  }

  static String account(String name, String id) {
    return Manifests.account(name, id, "allowedNamespaces: {from: All}");
  }

  static String route(String name, String... more) {
    return Manifests.of(
        "EventRoute", "platform/" + name, Manifests.with(more, "backboneRef: {name: main}"));
  }

  /** A bus in the namespace and the account of its name. */
  static String bus(String name, String identifier) {
    return Manifests.of(
        "ServiceAccountBus",
        "%1$s/%1$s".formatted(name),
        "backboneRef: {name: main, namespace: platform}",
        "accountRef: {name: %s}".formatted(name),
        "identifier: " + identifier);
  }

  /** A subscription of a bus, in its namespace. */
  static String subscription(String bus, String name, String detailType) {
    return Manifests.of(
        "EventSubscription",
        "%s/%s".formatted(bus, name),
        "busRef: {name: %s}".formatted(bus),
        "filter: {detailTypes: [%s]}".formatted(detailType));
  }

  /** All that a process knows, and loses when it ends. */
  private final class Incarnation implements AutoCloseable {

    private final AwsSessions sessions =
        new LocalAws(aws.endpoint())
            .sessions(clusterId, LocalAws.root(LocalAws.OPERATOR_ACCOUNT), () -> now);
    private final KubernetesClient client = new SimulatedClient(byOperator).client();
    private final Map<Class<?>, Reconciler<?>> reconcilers;

    Incarnation() {
      EventRecorder events = new EventRecorder(client, CLOCK);
      Retries retries = new Retries(new GenericRetry().withoutMaxAttempts());
      ReconcilerContext shared =
          new ReconcilerContext(
              NOBODY_TO_WAKE,
              events,
              new Finalization(events, retries, () -> now),
              retries,
              new SimulatedStatuses(),
              CLOCK);
      Topology topology = new Topology(clusterId);
      AwsApplier applier = new AwsApplier(sessions, () -> now);
      reconcilers =
          Map.of(
              AwsAccount.class,
                  new AwsAccountReconciler(
                      cluster,
                      sessions,
                      new QuotaReadings(cluster, sessions, () -> now),
                      REGION,
                      shared),
              EventBackbone.class, new EventBackboneReconciler(cluster, topology, applier, shared),
              ServiceAccountBus.class,
                  new ServiceAccountBusReconciler(cluster, topology, applier, shared),
              EventRoute.class, new EventRouteReconciler(cluster, shared),
              EventSubscription.class,
                  new EventSubscriptionReconciler(cluster, topology, applier, shared),
              EventType.class, new EventTypeReconciler(cluster, topology, applier, shared),
              EventReplay.class, new EventReplayReconciler(cluster, topology, sessions, shared));
    }

    @Override
    public void close() {
      sessions.close();
    }
  }

  /** Writes them into the cluster, as the API server does it. */
  private final class SimulatedStatuses implements Statuses {
    @Override
    public <S, R extends CustomResource<?, S>> Written write(
        R object, S status, Context<R> context) {
      if (refusedStatuses.contains(object.getClass())) {
        throw new KubernetesClientException("refused");
      }
      String now = current(object).getMetadata().getResourceVersion();
      if (!Objects.equals(now, object.getMetadata().getResourceVersion())) {
        return Written.CHANGED_SINCE;
      }
      publish(object, (ConditionedStatus) status);
      return Written.DONE;
    }
  }

  Sandbox aws() {
    return aws;
  }

  Cluster cluster() {
    return cluster;
  }

  /** The same objects as text, as if they were applied now. */
  List<String> manifests() {
    Cluster applied = Cluster.of();
    for (HasMetadata object : cluster.objects()) {
      HasMetadata fresh = copy(object);
      fresh.getMetadata().setFinalizers(List.of());
      if (fresh instanceof CustomResource<?, ?> resource) {
        resource.setStatus(null);
      }
      applied.apply(fresh);
    }
    return applied.objects().stream().map(KUBERNETES::asYaml).toList();
  }

  /** Deletes every status, as a backup that is restored without statuses does. */
  void deleteStatuses() {
    for (HasMetadata object : cluster.objects()) {
      if (copy(object) instanceof CustomResource<?, ?> resource) {
        resource.setStatus(null);
        cluster.replace(resource);
      }
    }
  }

  /** Those of a reason. */
  List<Event> events(String reason) {
    return events().filter(event -> event.getReason().equals(reason)).toList();
  }

  private Stream<Event> events() {
    return byOperator.values().stream()
        .flatMap(it -> it instanceof Event event ? Stream.of(event) : Stream.empty());
  }

  /** Namespaces with an object that is not accepted, or was let go with what it had in AWS. */
  Set<String> namespacesOutOfReach() {
    Stream<String> letGo =
        events()
            .filter(event -> event.getMessage().startsWith("deleted without looking after"))
            .filter(event -> !event.getInvolvedObject().getKind().equals("EventReplay"))
            .map(event -> event.getInvolvedObject().getNamespace());
    Stream<String> refused =
        cluster.objects().stream()
            .flatMap(
                it -> it instanceof CustomResource<?, ?> found ? Stream.of(found) : Stream.empty())
            .filter(it -> it.getMetadata().getNamespace() != null && !(it instanceof EventReplay))
            .filter(it ->
                it.getStatus() instanceof ConditionedStatus status
                    && !Conditions.isTrue(status, Conditions.ACCEPTED))
            .map(it -> it.getMetadata().getNamespace());
    return Stream.concat(letGo, refused).collect(Collectors.toSet());
  }

  /** Where something waits for its deletion; of an AwsAccount, the namespace of its name. */
  Set<String> namespacesBeingDeleted() {
    return cluster.objects().stream()
        .filter(HasMetadata::isMarkedForDeletion)
        .map(HasMetadata::getMetadata)
        .map(it -> it.getNamespace() == null ? it.getName() : it.getNamespace())
        .collect(Collectors.toSet());
  }

  /** Has calls go wrong until the faults are lifted. */
  void inject(Fault fault) {
    faults.add(aws.inject(fault));
  }

  void liftFaults() {
    faults.forEach(InjectedFault::close);
    faults.clear();
  }

  /** Has the API server refuse the statuses of a kind. */
  void refuseStatuses(Class<? extends HasMetadata> kind) {
    refusedStatuses.add(kind);
  }

  void takeStatuses() {
    refusedStatuses.clear();
  }

  /** Begins a process that knows nothing but what the cluster and AWS tell. */
  void restart() {
    operator.close();
    operator = new Incarnation();
  }

  /** The same for a cluster that was made anew, which has another id. */
  void restartAs(String otherClusterId) {
    clusterId = otherClusterId;
    restart();
  }

  /** Reconciles everything until nothing more is written, first of all the checks for drift. */
  void settle() {
    now = now.plus(Duration.ofDays(1));
    settleWithoutChecks();
  }

  /**
   * Reconciles everything until nothing more is written, before the next check for drift is due.
   */
  void settleWithoutChecks() {
    for (int round = 0; round < ROUNDS; round++) {
      int before = Power.ofThread().writes().size();
      reconcileAll();
      if (Power.ofThread().writes().size() == before) {
        return;
      }
    }
    List<String> writes = Power.ofThread().writes();
    throw new AssertionError(
        "still writing after %d rounds, last %s"
            .formatted(ROUNDS, writes.subList(Math.max(0, writes.size() - 10), writes.size())));
  }

  /** Reconciles everything once. */
  void reconcileAll() {
    cluster.objects().forEach(this::step);
  }

  /** Reconciles one object, if it is still there and one of ours. */
  @SuppressWarnings("unchecked")
  void step(HasMetadata object) {
    find(object)
        .filter(CustomResource.class::isInstance)
        .ifPresent(it -> stepOf((CustomResource<?, ConditionedStatus>) it));
  }

  /** Reconciles one object until it no longer asks to be looked at again at once. */
  void stepAsLongAsItAsks(Class<? extends HasMetadata> kind, String name) {
    for (int round = 0; round < ROUNDS; round++) {
      asksAgain = false;
      step(cluster.get(kind, name));
      if (!asksAgain) {
        return;
      }
    }
    throw new AssertionError("still asking after %d rounds".formatted(ROUNDS));
  }

  /** Reconciles one object as it was before its status was written last: a watch may be late. */
  @SuppressWarnings("unchecked")
  void stepWithOld(Class<? extends HasMetadata> kind, String name) {
    stepOf(
        (CustomResource<?, ConditionedStatus>)
            beforeLastWrite.get(SimulatedClient.key(cluster.get(kind, name))));
  }

  @SuppressWarnings("unchecked")
  private <P extends CustomResource<?, ConditionedStatus>> void stepOf(P stored) {
    Reconciler<P> reconciler = (Reconciler<P>) operator.reconcilers.get(stored.getClass());
    P object = served(stored);
    if (object.isMarkedForDeletion()) {
      cleanUp((Cleaner<P>) reconciler, object);
      return;
    }
    if (reconciler instanceof Cleaner<?> && object.getMetadata().getFinalizers().isEmpty()) {
      object.getMetadata().setFinalizers(List.of(FINALIZER));
      P withFinalizer = copy(object);
      write("finalizer", () -> cluster.replace(withFinalizer));
    }
    reconcile(reconciler, object);
  }

  /** With the schema's default of a status that nobody has written yet. */
  @SuppressWarnings("unchecked")
  private static <P extends CustomResource<?, ConditionedStatus>> P served(P stored) {
    ObjectNode object = JSON.valueToTree(stored);
    if (!object.has("status")) {
      object.putObject("status").put("observedGeneration", -1);
    }
    return (P) KUBERNETES.convertValue(object, stored.getClass());
  }

  private <P extends CustomResource<?, ConditionedStatus>> void reconcile(
      Reconciler<P> reconciler, P object) {
    try {
      UpdateControl<P> control = reconciler.reconcile(copy(object), context());
      asksAgain = control.getScheduleDelay().filter(delay -> delay == 0).isPresent();
    } catch (KubernetesClientException e) {
      // The retry comes with the next round.
    } catch (Exception e) {
      throw new AssertionError(Admissions.describe(object), e);
    }
  }

  private <P extends CustomResource<?, ConditionedStatus>> void cleanUp(
      Cleaner<P> reconciler, P object) {
    try {
      if (reconciler.cleanup(object, context()).isRemoveFinalizer()) {
        write("finalizer", () -> cluster.remove(object));
      }
    } catch (Exception e) {
      throw new AssertionError(Admissions.describe(object), e);
    }
  }

  private void publish(HasMetadata object, ConditionedStatus status) {
    @SuppressWarnings("unchecked")
    CustomResource<?, ConditionedStatus> stored =
        (CustomResource<?, ConditionedStatus>) current(object);
    CustomResource<?, ConditionedStatus> written = copy(stored);
    beforeLastWrite.put(SimulatedClient.key(stored), stored);
    written.setStatus(status);
    written.getMetadata().setResourceVersion(Integer.toString(++version));
    write("status of " + object.getKind(), () -> cluster.replace(written));
  }

  private static void write(String what, Runnable write) {
    Power.ofThread()
        .write(
            what,
            () -> {
              write.run();
              return what;
            });
  }

  /** Applies a JSON merge patch (RFC 7386), as a person would. */
  void edit(Class<? extends HasMetadata> kind, String name, String patch) {
    HasMetadata object = cluster.get(kind, name);
    JsonNode merged = merge(JSON.valueToTree(object), parse(patch));
    HasMetadata edited = KUBERNETES.convertValue(merged, kind);
    edited.getMetadata().setGeneration(object.getMetadata().getGeneration() + 1);
    cluster.replace(edited);
  }

  /** Applies the objects that are not there yet. */
  void apply(String manifests) {
    Cluster.of(manifests).objects().stream()
        .filter(object -> find(object).isEmpty())
        .forEach(cluster::apply);
    createReplaysLate();
  }

  /** The sandbox has a clock of its own: its archives begin later than the cluster's objects. */
  private void createReplaysLate() {
    cluster.objects().stream()
        .filter(EventReplay.class::isInstance)
        .map(Simulation::copy)
        .forEach(replay -> {
          replay.getMetadata().setCreationTimestamp("2100-01-01T00:00:00Z");
          cluster.replace(replay);
        });
  }

  /** Waits until AWS has ended all replays, and lets the operator see it. */
  void finishReplays() {
    if (cluster.objects().stream().noneMatch(EventReplay.class::isInstance)) {
      return;
    }
    await()
        .untilAsserted(() ->
            assertThat(
                    ACCOUNTS.stream()
                        .flatMap(it ->
                            Account.of(aws, it).events().listReplays(all -> {}).replays().stream())
                        .map(Replay::state))
                .doesNotContain(ReplayState.STARTING, ReplayState.RUNNING, ReplayState.CANCELLING));
    settle();
  }

  /** Marks for deletion; what has no finalizer is gone at once. */
  void delete(Class<? extends HasMetadata> kind, String name) {
    HasMetadata deleted = copy(cluster.get(kind, name));
    if (deleted.getMetadata().getFinalizers().isEmpty()) {
      cluster.remove(deleted);
    } else {
      deleted.getMetadata().setDeletionTimestamp(CLOCK.instant().toString());
      cluster.replace(deleted);
    }
  }

  /** Deletes the backbone of {@link #ECOMMERCE} and all that needs it, but for the route. */
  void deleteEcommerce() {
    delete(EventSubscription.class, "delivery-updates");
    delete(EventSubscription.class, "new-orders");
    delete(ServiceAccountBus.class, "orders");
    delete(ServiceAccountBus.class, "deliveries");
    delete(EventBackbone.class, "main");
  }

  /** Status and reason of an object's Ready condition. */
  String readiness(Class<? extends HasMetadata> kind, String name) {
    return readiness(cluster.get(kind, name));
  }

  static String readiness(HasMetadata object) {
    ConditionedStatus status = (ConditionedStatus) ((CustomResource<?, ?>) object).getStatus();
    return status
        .condition(Conditions.READY)
        .map(condition -> condition.getStatus() + " " + condition.getReason())
        .orElse("unknown");
  }

  /** Why Events were recorded. */
  Set<String> reasonsOfEvents() {
    return byOperator.values().stream()
        .flatMap(it -> it instanceof Event event ? Stream.of(event.getReason()) : Stream.empty())
        .collect(Collectors.toSet());
  }

  /**
   * The custom resources' statuses, the binding Secrets and the ConfigMaps with contracts, as text
   * that can be compared.
   */
  Map<String, String> kubernetes() {
    Map<String, String> state = new TreeMap<>();
    for (HasMetadata object : cluster.objects()) {
      if (object instanceof CustomResource<?, ?> resource) {
        state.put(SimulatedClient.key(object), text(resource.getStatus()));
      }
    }
    byOperator.forEach((key, object) -> {
      if (object instanceof Secret secret) {
        state.put(key, text(decoded(secret)));
      } else if (object instanceof ConfigMap map) {
        state.put(key, text(map.getData()));
      }
    });
    return state;
  }

  private static Map<String, String> decoded(Secret secret) {
    return secret.getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    new String(
                        Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
  }

  private String text(Object value) {
    try {
      return JSON.writeValueAsString(JSON.convertValue(value, TreeMap.class))
          .replace(aws.endpoint().toString(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HasMetadata current(HasMetadata object) {
    return find(object).orElseThrow();
  }

  private Optional<HasMetadata> find(HasMetadata object) {
    return cluster.objects().stream()
        .filter(it -> SimulatedClient.key(it).equals(SimulatedClient.key(object)))
        .findFirst();
  }

  @SuppressWarnings("unchecked")
  private <P extends HasMetadata> Context<P> context() {
    return (Context<P>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getClient" -> operator.client;
                  case "getSecondaryResource" -> Optional.empty();
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private static <T extends HasMetadata> T copy(T object) {
    return KUBERNETES.clone(object);
  }

  private static JsonNode merge(JsonNode onto, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    var merged = onto.isObject() ? (ObjectNode) onto : JSON.createObjectNode();
    patch
        .properties()
        .forEach(field -> {
          if (field.getValue().isNull()) {
            merged.remove(field.getKey());
          } else {
            merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
          }
        });
    return merged;
  }

  private static JsonNode parse(String json) {
    return KUBERNETES.unmarshal("---\n" + json, JsonNode.class); // a brace alone would begin JSON
  }

  @Override
  public void close() {
    operator.close();
    release.accept(aws);
  }
}
