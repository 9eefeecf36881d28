package io.eventbackbone.local.benchmark;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.local.benchmark.Measurement.Creation;
import io.eventbackbone.local.benchmark.Measurement.DriftRound;
import io.eventbackbone.local.benchmark.Measurement.Footprint;
import io.eventbackbone.local.benchmark.Measurement.Repair;
import io.eventbackbone.local.benchmark.Measurement.Restart;
import io.eventbackbone.local.benchmark.Measurement.Step;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.ProgramFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /**
   * The operator looks into a list of rules that it has just read for others before it asks for one
   * rule; an account that joins alone finds none.
   */
  private static final Duration LISTS_GROW_OLD = Duration.ofSeconds(6);

  /** A round may take ten calls an account in the backbone's account, which takes 50 a second. */
  private static final double DRIFT_SECONDS_PER_ACCOUNT = 0.2;

  private static final long SHORTEST_DRIFT_SECONDS = 3;

  private static final String LOCAL_LOG_RULE = "local-logging";

  private final Installation installation;
  private final int accounts;
  private final Consumer<String> progress;

  /** Starts the programs. */
  Benchmark(Checkout files, KubeApi api, Path folder, int accounts, Consumer<String> progress) {
    installation = new Installation(files, api, folder);
    this.accounts = accounts;
    this.progress = progress;
  }

  /** All steps, one after the other. */
  Measurement run() {
    Creation creation = create();
    Step join = join();
    Step routeChange = changeRoute();
    Footprint footprint =
        new Footprint(
            installation.operator().costs().peakResidentBytes(),
            installation.operator().costs().liveHeapBytes(),
            installation.operator().costs().cpuSeconds());
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

  private List<HasMetadata> namespaces() {
    return Stream.concat(
            Stream.of(Estate.PLATFORM), IntStream.rangeClosed(0, accounts).mapToObj(Estate::name))
        .<HasMetadata>map(Estate::namespace)
        .toList();
  }

  Creation create() {
    progress.accept("namespaces");
    installation.apply(namespaces());
    installation.operator().awaitReady();
    installation.operator().costs().awaitRest();
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
    Calls before = installation.sandbox().calls();
    ApiServerRequests requestsBefore = ApiServerRequests.of(installation.client());
    Stopwatch stopwatch = new Stopwatch();
    installation.apply(objects);
    double applySeconds = stopwatch.seconds();
    installation.awaitReady(accounts);
    double seconds = stopwatch.seconds();
    Calls calls = installation.settled().since(before);
    Calls fewest = FewestWrites.ofEstate(accounts);
    tell(seconds, calls);
    return new Creation(
        seconds,
        applySeconds,
        Bound.of(FewestWrites.rateLimitedInBackboneAccount(accounts), fewest.writes()),
        calls,
        fewest,
        ApiServerRequests.of(installation.client()).byOperatorSince(requestsBefore).byKind());
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
    installation.apply(List.of(Estate.namespace(Estate.name(accounts + 1))));
    installation.change(EventBackbone.class, Estate.BACKBONE, "{\"publishers\": null}");
    installation.settled();
    return join(accounts + 1, FewestWrites.ofBusesByName(1));
  }

  private Step join(int service, Calls fewest) {
    Patience.pause(LISTS_GROW_OLD);
    Calls before = installation.sandbox().calls();
    Stopwatch stopwatch = new Stopwatch();
    installation.apply(List.of(Estate.account(service), Estate.bus(service)));
    installation.awaitReady(service + 1);
    double seconds = stopwatch.seconds();
    Calls calls = installation.settled().since(before).without(Api.IDENTITY);
    tell(seconds, calls);
    return new Step(seconds, calls, fewest);
  }

  private Step changeRoute() {
    progress.accept("the route's filter changes");
    Calls before = installation.sandbox().calls();
    Map<String, String> hashes = installation.cluster().appliedHashes();
    Stopwatch stopwatch = new Stopwatch();
    installation.change(
        EventRoute.class, Estate.ROUTE, "{\"filter\": {\"detailTypes\": [\"Order.Created\"]}}");
    installation.await(
        () ->
            installation.cluster().appliedHashes().entrySet().stream()
                .noneMatch(hashes.entrySet()::contains),
        () -> "the change of the route is not in AWS for all buses");
    installation.awaitReady(accounts + 1);
    double seconds = stopwatch.seconds();
    Calls calls = installation.settled().since(before).without(Api.IDENTITY);
    tell(seconds, calls);
    long rules = accounts + 1L;
    return new Step(seconds, calls, new Calls(Map.of(new Api("events", "PutRule"), rules), 0));
  }

  Restart restart() {
    progress.accept("restart");
    installation.operator().close();
    Calls before = installation.sandbox().calls();
    Stopwatch stopwatch = new Stopwatch();
    installation.startOperator("operator-after-restart.log");
    installation.await(
        () -> installation.sandbox().calls().total() > before.total(),
        () -> "the operator has not called AWS since its restart");
    double firstReconcileSeconds = stopwatch.seconds();
    installation.operator().awaitReady();
    double readySeconds = stopwatch.seconds();
    Calls calls = installation.settled().since(before).without(Api.IDENTITY);
    double seconds = stopwatch.seconds() - Installation.QUIET_SECONDS;
    tell(seconds, calls);
    return new Restart(firstReconcileSeconds, readySeconds, seconds, calls);
  }

  /** The change itself makes all be compared once; what is watched comes after that. */
  Duration shortenDriftCheckInterval() {
    Duration interval =
        Duration.ofSeconds(
            Math.max(SHORTEST_DRIFT_SECONDS, Math.round(accounts * DRIFT_SECONDS_PER_ACCOUNT)));
    progress.accept("drift checks, every " + interval.toSeconds() + " s");
    installation.change(
        EventBackbone.class,
        Estate.BACKBONE,
        "{\"driftCheckInterval\": \"%ds\"}".formatted(interval.toSeconds()));
    installation.settled();
    return interval;
  }

  /** Counts over whole rounds: a call at the edge of the watch must not weigh much. */
  DriftRound watchDriftChecks(Duration interval) {
    int enough = Math.max(accounts, FEWEST_DRIFT_CHECKS);
    Calls before = installation.sandbox().calls();
    double reconciliations = installation.operator().reconciliationsOfBuses();
    double cpuSeconds = installation.operator().costs().cpuSeconds();
    Stopwatch stopwatch = new Stopwatch();
    installation.await(
        () ->
            stopwatch.seconds() >= interval.toSeconds()
                && installation.operator().reconciliationsOfBuses() - reconciliations >= enough,
        () -> "fewer than " + enough + " drift checks have ended");
    Calls calls = installation.sandbox().calls().since(before).without(Api.IDENTITY);
    tell(stopwatch.seconds(), calls);
    return new DriftRound(
        stopwatch.seconds(),
        installation.operator().reconciliationsOfBuses() - reconciliations,
        calls,
        installation.operator().costs().cpuSeconds() - cpuSeconds);
  }

  /** A rule of a service account, where looking at it takes nothing off the backbone's rate. */
  private Repair repair(Duration interval) {
    progress.accept("repair");
    try (var http = Apache5HttpClient.create();
        EventBridgeClient events =
            EventBridgeClient.builder()
                .httpClient(http)
                .endpointOverride(installation.sandbox().endpoint().uri())
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
        if (stopwatch.seconds() > Installation.LIMIT.toSeconds()) {
          throw new ProgramFailure("a disabled rule was not repaired");
        }
        Patience.pause(Installation.BETWEEN_LOOKS);
      }
      return new Repair(stopwatch.seconds(), interval.toSeconds());
    }
  }

  /** What a step took, at once: a run with many accounts is long, and may not come to its end. */
  private void tell(double seconds, Calls calls) {
    progress.accept("  %.1f s, %d calls".formatted(seconds, calls.total()));
  }

  @Override
  public void close() {
    installation.close();
  }
}
