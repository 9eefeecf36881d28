package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusSpec;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.operator.reconcile.Power.End;
import io.eventbackbone.operator.reconcile.Power.Moment;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.IncludeDetail;
import software.amazon.awssdk.services.eventbridge.model.Level;
import software.amazon.awssdk.services.eventbridge.model.LogConfig;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Random edits, deletions, label changes, changes behind the operator's back and ends of its
 * process, in any order and with anything half done between them. At the end AWS has what the
 * custom resources ask for and nothing else of the operator's, whatever happened on the way.
 */
class HistoriesIT {

  private static final String LOCAL_BUS = "local-bus-order-service";
  private static final String BUS = "222222222222 bus " + LOCAL_BUS;
  private static final String KEY_BY_HAND = "alias/by-hand";

  /** No custom resource asks for it. */
  private static final LogConfig LOG_BY_HAND =
      LogConfig.builder().level(Level.ERROR).includeDetail(IncludeDetail.FULL).build();

  private static final String FOREIGN_QUEUE = "local-bus-order-service";

  private static final Map<String, String> ACCOUNT_OF =
      Map.of("platform", "111111111111", "orders", "222222222222", "deliveries", "333333333333");

  private static final Collection<String> ACCOUNTS = ACCOUNT_OF.values();

  /** Three accounts, of which two admit namespaces by label; what is deleted is deleted in AWS. */
  private static final String WORLD =
      Simulation.PUBLISHED
              .replaceAll(
                  "(?s)(metadata: \\{name: (orders|deliveries)\\}\\s+spec:.*?)allowedNamespaces: \\{from: All\\}",
                  "$1allowedNamespaces: {from: Selector, selector: {matchLabels: {team: $2}}}")
              .replace(
                  "identifier: delivery-service",
                  "identifier: delivery-service\n  archive: {enabled: true}")
          + Simulation.REPLAY;

  private static final List<Action> EDITS =
      List.of(
          edit(EventBackbone.class, "main", "{archive: {enabled: false}}"),
          edit(EventBackbone.class, "main", "{archive: {enabled: true, retentionDays: 60}}"),
          edit(EventBackbone.class, "main", "{archive: {pattern: {source: [orders]}}}"),
          edit(EventBackbone.class, "main", "{archive: {pattern: null}}"),
          edit(EventBackbone.class, "main", "{publishers: {bindSources: true}}"),
          edit(EventBackbone.class, "main", "{schemaRegistry: null}"),
          edit(EventBackbone.class, "main", "{schemaRegistry: {schemaType: OpenApi3}}"),
          edit(EventBackbone.class, "main", "{schemaRegistry: {schemaType: JSONSchemaDraft4}}"),
          edit(EventType.class, "order-created", "{description: It was accepted.}"),
          edit(EventBackbone.class, "main", "{audit: {retentionDays: 14}}"),
          edit(EventBackbone.class, "main", "{audit: {enabled: false}}"),
          edit(EventBackbone.class, "main", "{audit: {enabled: true}}"),
          edit(EventBackbone.class, "main", "{deadLetter: {enabled: false}}"),
          edit(EventBackbone.class, "main", "{deadLetter: {enabled: true}}"),
          edit(
              EventBackbone.class,
              "main",
              "{publishers: {mode: Organization, organizationId: o-a1b2c3d4e5}}"),
          edit(EventBackbone.class, "main", "{publishers: null}"),
          edit(EventBackbone.class, "main", "{forwarding: Subscribed}"),
          edit(EventBackbone.class, "main", "{forwarding: All}"),
          edit(EventBackbone.class, "main", "{logging: {level: Error}}"),
          edit(EventBackbone.class, "main", "{logging: {level: Trace, includeDetail: Full}}"),
          edit(EventBackbone.class, "main", "{logging: null}"),
          edit(ServiceAccountBus.class, "orders", "{logging: {level: Info}}"),
          edit(ServiceAccountBus.class, "orders", "{logging: {level: None}}"),
          edit(ServiceAccountBus.class, "orders", "{logging: null}"),
          edit(EventBackbone.class, "main", "{encryption: {kmsKeyIdentifier: alias/events}}"),
          edit(EventBackbone.class, "main", "{encryption: null}"),
          edit(ServiceAccountBus.class, "orders", "{encryption: {kmsKeyIdentifier: alias/orders}}"),
          edit(ServiceAccountBus.class, "orders", "{encryption: null}"),
          edit(ServiceAccountBus.class, "orders", "{audit: {enabled: false}}"),
          edit(ServiceAccountBus.class, "orders", "{audit: {retentionDays: 3}}"),
          edit(ServiceAccountBus.class, "deliveries", "{deadLetter: {enabled: false}}"),
          edit(ServiceAccountBus.class, "deliveries", "{archive: {enabled: false}}"),
          edit(ServiceAccountBus.class, "deliveries", "{archive: {enabled: true}}"),
          edit(ServiceAccountBus.class, "orders", "{archive: {enabled: true}}"),
          edit(ServiceAccountBus.class, "orders", "{archive: null}"),
          edit(EventRoute.class, "fan-out", "{filter: {detailTypes: [Order.Created]}}"),
          edit(EventRoute.class, "fan-out", "{filter: null}"),
          edit(EventRoute.class, "fan-out", "{senderMatch: Source}"),
          edit(EventRoute.class, "fan-out", "{senderMatch: Account}"),
          edit(EventSubscription.class, "new-orders", "{filter: {detailTypes: [Order.Changed]}}"),
          edit(EventSubscription.class, "new-orders", "{queue: {maxReceiveCount: 9}}"),
          edit(
              EventSubscription.class,
              "new-orders",
              "{filter: {pattern: {account: [{prefix: '2'}]}, detailTypes: null}}"),
          edit(EventSubscription.class, "new-orders", "{suspend: true}"),
          edit(EventSubscription.class, "new-orders", "{suspend: false}"),
          label("orders", "another"),
          label("orders", "orders"),
          label("deliveries", "another"),
          label("deliveries", "deliveries"));

  private static final List<Action> DELETIONS_AND_RETURNS =
      List.of(
          deletion(EventSubscription.class, "new-orders"),
          deletion(EventSubscription.class, "delivery-updates"),
          deletion(EventReplay.class, "again"),
          deletion(EventType.class, "order-created"),
          deletion(EventRoute.class, "fan-out"),
          deletion(ServiceAccountBus.class, "orders"),
          deletion(ServiceAccountBus.class, "deliveries"),
          deletion(EventBackbone.class, "main"),
          deletion(AwsAccount.class, "orders"),
          new Action("apply what is missing", simulation -> simulation.apply(WORLD)));

  /** What is deleted together and applied again. */
  private static final List<List<Deletion>> RETAINED =
      List.of(
          List.of(new Deletion(EventSubscription.class, "new-orders")),
          List.of(
              new Deletion(EventSubscription.class, "delivery-updates"),
              new Deletion(EventType.class, "order-created"),
              new Deletion(ServiceAccountBus.class, "orders")),
          List.of(
              new Deletion(EventSubscription.class, "delivery-updates"),
              new Deletion(EventSubscription.class, "new-orders"),
              new Deletion(EventType.class, "order-created"),
              new Deletion(ServiceAccountBus.class, "orders"),
              new Deletion(ServiceAccountBus.class, "deliveries"),
              new Deletion(EventBackbone.class, "main")));

  private static final List<Action> BEHIND_THE_BACK =
      List.of(
          behind(
              "delete the forwarding rule",
              "111111111111",
              (events, queues) -> {
                events.removeTargets(it ->
                    it.eventBusName("global-bus").rule("globalToOrderService").ids("Target0"));
                events.deleteRule(it -> it.eventBusName("global-bus").name("globalToOrderService"));
              }),
          behind(
              "disable the log rule",
              "222222222222",
              (events, queues) ->
                  events.disableRule(
                      it -> it.eventBusName("local-bus-order-service").name("local-logging"))),
          new Action(
              "change what a bus has of the operator", HistoriesIT::changeWhatTheOperatorSet),
          new Action(
              "set what a bus has not of the operator", HistoriesIT::setWhatTheOperatorDidNot),
          behind(
              "take the policy of a local bus",
              "333333333333",
              (events, queues) ->
                  events.removePermission(it ->
                      it.eventBusName("local-bus-delivery-service").removeAllPermissions(true))),
          behind(
              "delete a queue",
              "333333333333",
              (events, queues) -> queues.deleteQueue(it -> it.queueUrl(ours(queues).get(0)))),
          behind(
              "change every queue",
              "222222222222",
              (events, queues) ->
                  ours(queues)
                      .forEach(url ->
                          queues.setQueueAttributes(it ->
                              it.queueUrl(url)
                                  .attributes(
                                      Map.of(
                                          QueueAttributeName.VISIBILITY_TIMEOUT,
                                          "7",
                                          QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                                          "60"))))));

  private static final Action SHARE =
      new Action("somebody shares the buses", HistoriesIT::shareBuses);

  /** Those that the SDK does not wait long for. */
  private static final List<Effect> EFFECTS =
      List.of(
          Effect.Refusal.ACCESS_DENIED,
          Effect.Connection.RESET,
          Effect.Connection.ANSWER_LOST,
          new Effect.FailedEntry());

  private static final Map<String, String> FOREIGN = foreign();

  /** Endings by custom resources, to which many histories come alike. */
  private static final Map<Outcome, Ending> UNDISTURBED = new ConcurrentHashMap<>();

  private static final List<SharedBus> BUSES =
      List.of(
          new SharedBus("111111111111", EventBackbone.class, "main", "global-bus"),
          new SharedBus("222222222222", ServiceAccountBus.class, "orders", LOCAL_BUS));

  /** On which somebody has something now. */
  private static final Map<Simulation, Set<SharedBus>> SHARED = new ConcurrentHashMap<>();

  /** By the names of their actions; while one history is shrunk, the others are not run again. */
  private static final Map<List<String>, Optional<Throwable>> FAILURES = new ConcurrentHashMap<>();

  /** More than cores, since the SDK sleeps before it tries again. */
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);

  /** What custom resources there are at last, and which buses others share. */
  private record Outcome(List<String> manifests, Set<SharedBus> shared) {}

  private record Deletion(Class<? extends HasMetadata> kind, String name) {

    boolean isOf(HasMetadata object) {
      return kind.isInstance(object) && object.getMetadata().getName().equals(name);
    }
  }

  /** What there is in AWS, and whether and why each object is Ready. */
  record Ending(AwsSnapshot aws, Map<String, String> ready) {}

  /** One thing that happens. */
  record Action(String name, Consumer<Simulation> effect) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Of many histories at a time, which are the same in each build, so that it fails by what was
   * changed alone. To shrink on this thread, not for some seconds on another, leaves none behind
   * that still shrinks while the next test runs.
   */
  @Property(tries = 25, seed = "20261126", shrinking = ShrinkingMode.FULL)
  void awsIsAsTheCustomResourcesSay(@ForAll("histories") List<List<Action>> histories)
      throws Throwable {
    runAll(histories);
  }

  /** Of others each time, for whoever changes what is written to AWS: docs/reliability.md. */
  @Property(tries = 150, shrinking = ShrinkingMode.FULL)
  @Tag("new-histories")
  void awsIsAsTheCustomResourcesSayInNewHistories(@ForAll("histories") List<List<Action>> histories)
      throws Throwable {
    runAll(histories);
  }

  private static void runAll(List<List<Action>> histories) throws Throwable {
    List<Callable<Optional<Throwable>>> runs = histories.stream().map(HistoriesIT::run).toList();
    for (Future<Optional<Throwable>> run : THREADS.invokeAll(runs)) {
      Optional<Throwable> failure = run.get();
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  private static Callable<Optional<Throwable>> run(List<Action> history) {
    List<String> names = history.stream().map(Action::name).toList();
    return () -> FAILURES.computeIfAbsent(names, it -> failure(history));
  }

  private static Optional<Throwable> failure(List<Action> history) {
    try {
      live(history);
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e);
    }
  }

  private static void live(List<Action> history) {
    Power.steady().turnOn();
    try (Simulation simulation = new Simulation(WORLD)) {
      plantForeign(simulation);
      history.forEach(action -> happen(simulation, action));
      simulation.liftFaults();
      simulation.settle();
      finishDeletions(simulation);
      AwsSnapshot end = AwsSnapshot.of(simulation.aws(), ACCOUNTS);
      Set<SharedBus> shared = shared(simulation);
      Ending wanted =
          UNDISTURBED.computeIfAbsent(
              new Outcome(simulation.manifests(), shared), HistoriesIT::undisturbed);
      assertThat(end.resources()).containsAllEntriesOf(FOREIGN);
      shared.forEach(bus -> bus.assertUntouched(simulation));
      assertThat(explained(end, wanted.aws(), simulation))
          .containsExactlyInAnyOrderEntriesOf(withoutForeign(wanted.aws()));
      assertThat(ready(simulation)).isEqualTo(wanted.ready());
      assertThat(end.resources().keySet().stream().filter(HistoriesIT::isReplay))
          .as("replays of one EventReplay, whatever was deleted and applied again")
          .hasSizeLessThanOrEqualTo(1);
      SHARED.remove(simulation);
    }
  }

  @Provide
  Arbitrary<List<List<Action>>> histories() {
    return history().withoutEdgeCases().list().ofSize(16);
  }

  private static Arbitrary<List<Action>> history() {
    return Arbitraries.oneOf(
            Arbitraries.of(EDITS),
            Arbitraries.of(DELETIONS_AND_RETURNS),
            Arbitraries.of(BEHIND_THE_BACK),
            Combinators.combine(Arbitraries.integers().between(0, 30), Arbitraries.of(Moment.class))
                .as(HistoriesIT::processEnds),
            Combinators.combine(
                    Arbitraries.of(EFFECTS),
                    Arbitraries.integers().between(1, 40),
                    Arbitraries.integers().between(0, 3))
                .as(HistoriesIT::fault),
            Combinators.combine(
                    Arbitraries.of(RETAINED),
                    Arbitraries.integers().between(0, 30),
                    Arbitraries.integers().between(0, 30),
                    Arbitraries.of(Moment.class))
                .as(HistoriesIT::retainedAndAppliedAgain),
            Arbitraries.integers().between(0, 11).map(HistoriesIT::oneStep),
            Arbitraries.just(SHARE),
            Arbitraries.just(new Action("settle", Simulation::settle)))
        .list()
        .ofMaxSize(10);
  }

  /** What the status tells of, which is to go or to be repaired whatever comes after. */
  private static void changeWhatTheOperatorSet(Simulation simulation) {
    ServiceAccountBusStatus told =
        simulation.cluster().get(ServiceAccountBus.class, "orders").getStatus();
    changeBus(
        simulation,
        told.busLogGroupName() == null ? null : LogConfig.builder().level(Level.TRACE).build(),
        told.kmsKeyIdentifier() == null ? null : "alias/changed");
  }

  private static void setWhatTheOperatorDidNot(Simulation simulation) {
    ServiceAccountBusStatus told =
        simulation.cluster().get(ServiceAccountBus.class, "orders").getStatus();
    changeBus(
        simulation,
        told.busLogGroupName() == null ? LOG_BY_HAND : null,
        told.kmsKeyIdentifier() == null ? KEY_BY_HAND : null);
  }

  private static void changeBus(Simulation simulation, LogConfig log, String key) {
    behind(
            "change a bus",
            "222222222222",
            (events, queues) ->
                events.updateEventBus(
                    it -> it.name("local-bus-order-service").logConfig(log).kmsKeyIdentifier(key)))
        .effect()
        .accept(simulation);
  }

  private static List<String> ours(SqsClient queues) {
    return queues.listQueues().queueUrls().stream()
        .filter(url -> !url.endsWith("/" + FOREIGN_QUEUE))
        .toList();
  }

  private static Action edit(Class<? extends HasMetadata> kind, String name, String spec) {
    return new Action(
        kind.getSimpleName() + " " + name + " " + spec,
        simulation -> simulation.edit(kind, name, "{spec: " + spec + "}"));
  }

  private static Action label(String namespace, String team) {
    return new Action(
        "namespace %s is of team %s".formatted(namespace, team),
        simulation ->
            simulation.edit(
                Namespace.class, namespace, "{metadata: {labels: {team: " + team + "}}}"));
  }

  private static Action deletion(Class<? extends HasMetadata> kind, String name) {
    return new Action(
        "delete %s %s".formatted(kind.getSimpleName(), name),
        simulation -> delete(simulation, kind, name));
  }

  /** AWS deletes no bus with a rule on it, so others take theirs away before. */
  private static void delete(
      Simulation simulation, Class<? extends HasMetadata> kind, String name) {
    simulation.delete(kind, name);
    for (SharedBus bus : shared(simulation)) {
      if (bus.isOf(kind, name)) {
        simulation.liftFaults();
        bus.leave(simulation);
        SHARED.get(simulation).remove(bus);
      }
    }
  }

  /** What others put there stays for as long as the bus. No fault strikes them. */
  private static void shareBuses(Simulation simulation) {
    simulation.liftFaults();
    for (SharedBus bus : BUSES) {
      if (bus.isThere(simulation)) {
        bus.share(simulation);
        SHARED.computeIfAbsent(simulation, it -> ConcurrentHashMap.newKeySet()).add(bus);
      }
    }
  }

  private static Set<SharedBus> shared(Simulation simulation) {
    return Set.copyOf(SHARED.getOrDefault(simulation, Set.of()));
  }

  /** What a person does in an account; of what isn't there, nothing. */
  private static Action behind(
      String name, String account, BiConsumer<EventBridgeClient, SqsClient> change) {
    return new Action(
        name,
        simulation -> {
          Account person = Account.of(simulation.aws(), account);
          try {
            change.accept(person.events(), person.queues());
          } catch (SdkException | IndexOutOfBoundsException e) {
            // It isn't there at this point of the history, or a fault struck this person.
          }
        });
  }

  /** The operator reconciles until a write at which its process ends; another begins. */
  private static Action processEnds(int write, Moment moment) {
    return new Action(
        "the process ends %s write %d".formatted(moment, write),
        simulation -> {
          Power.until(new End(write, moment)).turnOn();
          try {
            simulation.settle();
          } catch (Power.Ended e) {
            // As was meant.
          } finally {
            Power.steady().turnOn();
          }
          simulation.restart();
        });
  }

  /**
   * {@code kubectl delete -k} and {@code kubectl apply -k} under Retain, each with a process that
   * ends at a write. Before, AWS has what the specs say: what has a longer retention than they say
   * would not be taken back.
   */
  private static Action retainedAndAppliedAgain(
      List<Deletion> deletions, int write, int writeAfter, Moment moment) {
    return new Action(
        "retain %s, with ends %s writes %d and %d, and apply them again"
            .formatted(deletions.stream().map(Deletion::name).toList(), moment, write, writeAfter),
        simulation -> {
          simulation.liftFaults();
          simulation.settle();
          if (!simulation.namespacesBeingDeleted().isEmpty()) {
            return; // What waits to go does not come back.
          }
          List<String> manifests = simulation.manifests();
          simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
          simulation.cluster().objects().stream()
              .filter(object -> deletions.stream().anyMatch(it -> it.isOf(object)))
              .forEach(
                  object -> simulation.delete(object.getClass(), object.getMetadata().getName()));
          processEnds(write, moment).effect().accept(simulation);
          simulation.settle();
          manifests.forEach(simulation::apply);
          simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Delete}}");
          processEnds(writeAfter, moment).effect().accept(simulation);
          simulation.settle();
        });
  }

  /** A few calls go wrong, from the given one on; what AWS did is not known then. */
  private static Action fault(Effect effect, int from, int more) {
    return new Action(
        "%s at calls %d to %d".formatted(effect, from, from + more),
        simulation -> simulation.inject(Fault.of(effect).atCalls(from, from + more)));
  }

  private static Action oneStep(int object) {
    return new Action(
        "reconcile object " + object,
        simulation ->
            simulation.cluster().objects().stream()
                .skip(object)
                .findFirst()
                .ifPresent(simulation::step));
  }

  /** An edit of what was deleted before is none. */
  private static void happen(Simulation simulation, Action action) {
    try {
      action.effect().accept(simulation);
    } catch (IndexOutOfBoundsException e) {
      // The object isn't there at this point of the history.
    }
  }

  /** What waits for dependents that nobody deletes would wait for ever: they are deleted, too. */
  private static void finishDeletions(Simulation simulation) {
    Set<String> waiting = simulation.namespacesBeingDeleted();
    if (waiting.contains("platform")) {
      waiting = ACCOUNT_OF.keySet();
    }
    for (HasMetadata object : simulation.cluster().objects()) {
      String namespace = object.getMetadata().getNamespace();
      if (namespace != null && waiting.contains(namespace)) {
        delete(simulation, object.getClass(), object.getMetadata().getName());
      }
    }
    simulation.settle();
  }

  /** What others have in the same accounts, by names near to the operator's. */
  private static void plantForeign(Simulation simulation) {
    for (String account : ACCOUNTS) {
      Account others = Account.of(simulation.aws(), account);
      others.events().createEventBus(it -> it.name("local-bus-of-somebody-else"));
      others
          .events()
          .putRule(it -> it.name("local-logging").eventPattern("{\"source\":[\"theirs\"]}"));
      others.queues().createQueue(it -> it.queueName(FOREIGN_QUEUE));
    }
  }

  /** All that there is in accounts in which the operator has not been yet. */
  private static Map<String, String> foreign() {
    try (Simulation simulation = new Simulation()) {
      plantForeign(simulation);
      return AwsSnapshot.of(simulation.aws(), ACCOUNTS).resources();
    }
  }

  /** What a fresh operator makes of the custom resources in empty accounts. */
  private static Ending undisturbed(Outcome outcome) {
    try (Simulation fresh = new Simulation(outcome.manifests().toArray(String[]::new))) {
      plantForeign(fresh);
      fresh.settle();
      outcome.shared().stream().filter(bus -> bus.isThere(fresh)).forEach(bus -> bus.share(fresh));
      fresh.settle();
      return new Ending(AwsSnapshot.of(fresh.aws(), ACCOUNTS), ready(fresh));
    }
  }

  /**
   * What there is, without what nobody may touch now: an object that its account or its bus no
   * longer admits keeps what it has there, and so does one that was deleted meanwhile, which an
   * Event says. A dead-letter queue keeps the visibility timeout that somebody set.
   */
  private static Map<String, String> explained(
      AwsSnapshot end, AwsSnapshot wanted, Simulation simulation) {
    Set<String> outOfReach = simulation.namespacesOutOfReach();
    Map<String, String> explained = withoutForeign(end);
    explained
        .keySet()
        .removeIf(key ->
            !wanted.resources().containsKey(key)
                && outOfReach.stream().anyMatch(it -> isOf(it, key)));
    explained.replaceAll((key, found) ->
        key.endsWith("-dlq")
            ? found.replace("VisibilityTimeout=7}", "VisibilityTimeout=30}")
            : found);
    if (wanted.resources().containsKey(BUS)) {
      explained.computeIfPresent(BUS, (key, found) -> withoutWhatIsNotNamed(found, simulation));
    }
    return explained;
  }

  /** The schemas of a team are in the registry of the platform, which goes after them. */
  private static boolean isOf(String namespace, String resource) {
    return resource.startsWith(ACCOUNT_OF.get(namespace))
        || resource.contains(" schema ")
        || resource.contains(" registry ");
  }

  /** What somebody set of the bus, and no custom resource names, stays. */
  private static String withoutWhatIsNotNamed(String bus, Simulation simulation) {
    ServiceAccountBusSpec own =
        simulation.cluster().get(ServiceAccountBus.class, "orders").getSpec();
    EventBackboneSpec backbone = simulation.cluster().get(EventBackbone.class, "main").getSpec();
    String rest = bus;
    if (own.logging().over(backbone.logging()).askedLevel().isEmpty()) {
      rest = rest.replace("log=" + LOG_BY_HAND, "log=");
    }
    if (own.encryption().customerKey().or(backbone.encryption()::customerKey).isEmpty()) {
      rest = rest.replace("kms=" + KEY_BY_HAND, "kms=null");
    }
    return rest;
  }

  private static Map<String, String> withoutForeign(AwsSnapshot snapshot) {
    Map<String, String> rest = new TreeMap<>(snapshot.resources());
    rest.keySet().removeAll(FOREIGN.keySet());
    rest.keySet().removeIf(HistoriesIT::isReplay);
    return rest;
  }

  /** It runs once, as what there was at that time admitted it. */
  private static boolean isReplay(String resource) {
    return resource.contains(" replay ");
  }

  /** Whether and why each object is Ready. */
  private static Map<String, String> ready(Simulation simulation) {
    return simulation.cluster().objects().stream()
        .filter(it -> it instanceof CustomResource<?, ?> && !(it instanceof EventReplay))
        .collect(
            Collectors.toMap(
                SimulatedClient::key, Simulation::readiness, (a, b) -> a, TreeMap::new));
  }

  @AfterContainer
  static void print() {
    THREADS.shutdown();
    System.out.printf(
        "histories run: %d, of %d actions%n",
        FAILURES.size(), FAILURES.keySet().stream().mapToInt(List::size).sum());
  }
}
