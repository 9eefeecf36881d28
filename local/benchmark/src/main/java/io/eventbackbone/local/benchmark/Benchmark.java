package io.eventbackbone.local.benchmark;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.local.benchmark.Measurement.Creation;
import io.eventbackbone.local.benchmark.Measurement.DriftRound;
import io.eventbackbone.local.benchmark.Measurement.Footprint;
import io.eventbackbone.local.benchmark.Measurement.Repair;
import io.eventbackbone.local.benchmark.Measurement.Restart;
import io.eventbackbone.local.benchmark.Measurement.Step;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** One estate from its creation to a repaired drift, on an API server of its own. */
final class Benchmark implements AutoCloseable {

  private static final int FEWEST_DRIFT_CHECKS = 50;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /**
   * Nothing more comes when nothing came for so long: calls take 20 ms, and queue at 50 a second.
   */
  private static final double QUIET_SECONDS = 1;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /**
   * The operator looks into a list of rules that it has just read for others before it asks for one
   * rule; an account that joins alone finds none.
   */
  private static final Duration LISTS_GROW_OLD = Duration.ofSeconds(6);

  private static final int HANDS = 8;

  /** Of all service accounts: there is an AwsAccount and a ServiceAccountBus of each. */
  private static final int OBJECTS_PER_ACCOUNT = 2;

  /** The backbone, its account, the route. */
  private static final int OTHER_OBJECTS = 3;

  /** A round may take ten calls an account in the backbone's account, which takes 50 a second. */
  private static final double DRIFT_SECONDS_PER_ACCOUNT = 0.2;

  private static final long SHORTEST_DRIFT_SECONDS = 3;

  private static final String LOCAL_LOG_RULE = "local-logging";

  private final Checkout files;
  private final KubernetesClient client;
  private final Path folder;
  private final Path kubeconfig;
  private final int accounts;
  private final Consumer<String> progress;
  private final SandboxProgram sandbox;
  private final ClusterWatch cluster;
  private OperatorProgram operator;

  /** Starts the programs. */
  Benchmark(Checkout files, KubeApi api, Path folder, int accounts, Consumer<String> progress) {
    this.files = files;
    this.client = OperatorClient.of(api.client().getConfiguration());
    this.folder = folder;
    this.kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
    this.accounts = accounts;
    this.progress = progress;
    Crds.apply(client, files.crds());
    sandbox = SandboxProgram.likeAws(files, folder);
    cluster = new ClusterWatch(client);
    operator = startOperator(folder.resolve("operator.log"));
  }

  /** All steps, one after the other. */
  Measurement run() {
    Creation creation = create();
    Step join = join();
    Step routeChange = changeRoute();
    Footprint footprint =
        new Footprint(
            operator.costs().peakResidentBytes(),
            operator.costs().liveHeapBytes(),
            operator.costs().cpuSeconds());
    Restart restart = restart();
    Duration interval = shortenDriftCheckInterval();
    return new Measurement(
        accounts,
        creation,
        join,
        routeChange,
        footprint,
        restart,
        watchDriftChecks(interval),
        repair(interval));
  }

  private OperatorProgram startOperator(Path log) {
    return OperatorProgram.start(files, log, kubeconfig, sandbox.endpoint());
  }

  private List<HasMetadata> namespaces() {
    return Stream.concat(
            Stream.of(Estate.PLATFORM), IntStream.rangeClosed(0, accounts).mapToObj(Estate::name))
        .<HasMetadata>map(Estate::namespace)
        .toList();
  }

  Creation create() {
    progress.accept("namespaces");
    apply(namespaces());
    operator.awaitReady();
    operator.costs().awaitRest();
    progress.accept("creation");
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(Estate.backboneAccount());
    objects.add(Estate.backbone());
    objects.add(Estate.route());
    IntStream.range(0, accounts)
        .forEach(service -> {
          objects.add(Estate.account(service));
          objects.add(Estate.bus(service));
        });
    Calls before = sandbox.calls();
    ApiServerRequests requestsBefore = ApiServerRequests.of(client);
    Stopwatch stopwatch = new Stopwatch();
    apply(objects);
    double applySeconds = stopwatch.seconds();
    awaitReady(accounts);
    double seconds = stopwatch.seconds();
    Calls calls = settled().since(before);
    Calls fewest = FewestWrites.ofEstate(accounts);
    tell(seconds, calls);
    return new Creation(
        seconds,
        applySeconds,
        Bound.of(FewestWrites.rateLimitedInBackboneAccount(accounts), fewest.writes()),
        calls,
        fewest,
        ApiServerRequests.of(client).byOperatorSince(requestsBefore).byKind());
  }

  Step join() {
    progress.accept("an account joins");
    return join(accounts, FewestWrites.ofBuses(1));
  }

  /**
   * One more joins after {@link #join}, while the policy of the global bus names each account, as
   * it does by default: so it is written, too.
   */
  Step joinByName() {
    progress.accept("an account joins by name");
    apply(List.of(Estate.namespace(Estate.name(accounts + 1))));
    patchBackbone("{\"publishers\": null}");
    settled();
    return join(accounts + 1, FewestWrites.ofBusesByName(1));
  }

  private Step join(int service, Calls fewest) {
    Patience.pause(LISTS_GROW_OLD);
    Calls before = sandbox.calls();
    Stopwatch stopwatch = new Stopwatch();
    apply(List.of(Estate.account(service), Estate.bus(service)));
    awaitReady(service + 1);
    double seconds = stopwatch.seconds();
    Calls calls = settled().since(before).without(Api.IDENTITY);
    tell(seconds, calls);
    return new Step(seconds, calls, fewest);
  }

  private Step changeRoute() {
    progress.accept("the route's filter changes");
    Calls before = sandbox.calls();
    Map<String, String> hashes = cluster.appliedHashes();
    Stopwatch stopwatch = new Stopwatch();
    client
        .resources(EventRoute.class)
        .inNamespace(Estate.PLATFORM)
        .withName(Estate.ROUTE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"filter\": {\"detailTypes\": [\"Order.Created\"]}}}");
    patience()
        .until(
            () ->
                cluster.appliedHashes().entrySet().stream().noneMatch(hashes.entrySet()::contains),
            LIMIT,
            () -> "the change of the route is not in AWS for all buses");
    awaitReady(accounts + 1);
    double seconds = stopwatch.seconds();
    Calls calls = settled().since(before).without(Api.IDENTITY);
    tell(seconds, calls);
    long rules = accounts + 1L;
    return new Step(seconds, calls, new Calls(Map.of(new Api("events", "PutRule"), rules), 0));
  }

  Restart restart() {
    progress.accept("restart");
    operator.close();
    Calls before = sandbox.calls();
    Stopwatch stopwatch = new Stopwatch();
    operator = startOperator(folder.resolve("operator-after-restart.log"));
    patience()
        .until(
            () -> sandbox.calls().total() > before.total(),
            LIMIT,
            () -> "the operator calls nobody after its restart");
    double firstReconcileSeconds = stopwatch.seconds();
    operator.awaitReady();
    double readySeconds = stopwatch.seconds();
    Calls calls = settled().since(before).without(Api.IDENTITY);
    double seconds = stopwatch.seconds() - QUIET_SECONDS;
    tell(seconds, calls);
    return new Restart(firstReconcileSeconds, readySeconds, seconds, calls);
  }

  /** The change itself makes all be compared once; what is watched comes after that. */
  Duration shortenDriftCheckInterval() {
    Duration interval =
        Duration.ofSeconds(
            Math.max(SHORTEST_DRIFT_SECONDS, Math.round(accounts * DRIFT_SECONDS_PER_ACCOUNT)));
    progress.accept("drift checks, every " + interval.toSeconds() + " s");
    patchBackbone("{\"driftCheckInterval\": \"%ds\"}".formatted(interval.toSeconds()));
    settled();
    return interval;
  }

  private void patchBackbone(String spec) {
    client
        .resources(EventBackbone.class)
        .inNamespace(Estate.PLATFORM)
        .withName(Estate.BACKBONE)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Counts over whole rounds: a call at the edge of the watch must not weigh much. */
  DriftRound watchDriftChecks(Duration interval) {
    int enough = Math.max(accounts, FEWEST_DRIFT_CHECKS);
    Calls before = sandbox.calls();
    double reconciliations = operator.reconciliationsOfBuses();
    double cpuSeconds = operator.costs().cpuSeconds();
    Stopwatch stopwatch = new Stopwatch();
    patience()
        .until(
            () ->
                stopwatch.seconds() >= interval.toSeconds()
                    && operator.reconciliationsOfBuses() - reconciliations >= enough,
            LIMIT,
            () -> "fewer than " + enough + " drift checks have ended");
    Calls calls = sandbox.calls().since(before).without(Api.IDENTITY);
    tell(stopwatch.seconds(), calls);
    return new DriftRound(
        stopwatch.seconds(),
        operator.reconciliationsOfBuses() - reconciliations,
        calls,
        operator.costs().cpuSeconds() - cpuSeconds);
  }

  /** A rule of a service account, where looking at it takes nothing off the backbone's rate. */
  private Repair repair(Duration interval) {
    progress.accept("repair");
    try (var http = Apache5HttpClient.create();
        EventBridgeClient events =
            EventBridgeClient.builder()
                .httpClient(http)
                .endpointOverride(sandbox.endpoint().uri())
                .region(Region.of(Estate.REGION))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Estate.accountId(0), AwsEndpoint.SECRET)))
                .build()) {
      String bus = Estate.localBus(0);
      events.disableRule(it -> it.eventBusName(bus).name(LOCAL_LOG_RULE));
      Stopwatch stopwatch = new Stopwatch();
      while (events.describeRule(it -> it.eventBusName(bus).name(LOCAL_LOG_RULE)).state()
          != RuleState.ENABLED) {
        if (stopwatch.seconds() > LIMIT.toSeconds()) {
          throw new ProgramFailure("a disabled rule was not repaired");
        }
        Patience.pause(BETWEEN_LOOKS);
      }
      return new Repair(stopwatch.seconds(), interval.toSeconds());
    }
  }

  /** What a step took, at once: a run with many accounts is long, and may not come to its end. */
  private void tell(double seconds, Calls calls) {
    progress.accept("  %.1f s, %d calls".formatted(seconds, calls.total()));
  }

  private void awaitReady(int services) {
    int all = OTHER_OBJECTS + OBJECTS_PER_ACCOUNT * services;
    Supplier<String> unready =
        () -> "%d of %d are Ready; not %s".formatted(cluster.ready(), all, cluster.unready());
    patience().until(() -> cluster.ready() == all, LIMIT, unready);
  }

  private Patience patience() {
    return new Patience(List.of(sandbox.program(), operator.program()), Stopwatch.PRECISION);
  }

  /** All calls, when there have been no more for a while. */
  private Calls settled() {
    Calls calls = sandbox.calls();
    Stopwatch quiet = new Stopwatch();
    while (quiet.seconds() < QUIET_SECONDS) {
      Patience.pause(BETWEEN_LOOKS);
      Calls now = sandbox.calls();
      if (now.without(Api.IDENTITY).total() != calls.without(Api.IDENTITY).total()) {
        calls = now;
        quiet = new Stopwatch();
      }
    }
    return calls;
  }

  private void apply(List<HasMetadata> objects) {
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    try {
      CompletableFuture.allOf(
              objects.stream()
                  .map(object ->
                      CompletableFuture.runAsync(() -> client.resource(object).create(), hands))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      hands.shutdown();
    }
  }

  @Override
  public void close() {
    operator.close();
    cluster.close();
    client.close();
    sandbox.close();
  }
}
