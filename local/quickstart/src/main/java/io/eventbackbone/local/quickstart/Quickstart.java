package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.GivenCluster;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.Ports;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The backbone of samples/ecommerce on this machine, from nothing to a delivered order. */
final class Quickstart {

  /** No account of the samples: the operator and the reader assume roles in all of them. */
  private static final String OWN_ACCOUNT = "999999999999";

  private static final String OPERATOR_REGION = "eu-west-1";
  private static final String SAMPLE = "ecommerce";
  private static final String THIRD_ACCOUNT = "third-account";
  private static final String ORDER_SERVICE = "order-service";
  private static final int FIRST_SERVICE_PORT = 8081;
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private final Checkout files;
  private final Path folder;
  private final Path kubeconfig;
  private final Children children;
  private final Sandbox sandbox;
  private final Cluster cluster;
  private final Screen screen;
  private final ClusterNews news;
  private final Map<String, Integer> servicePorts = new HashMap<>();
  private final Instant started = Instant.now();
  private final AuditTrail trail;
  private Optional<String> firstEvent = Optional.empty();

  Quickstart(
      Checkout files,
      Path folder,
      Children children,
      Sandbox sandbox,
      Cluster cluster,
      Screen screen) {
    this.files = files;
    this.folder = folder.toAbsolutePath();
    this.kubeconfig = cluster.api().writeKubeconfig(folder.resolve("kubeconfig"));
    this.children = children;
    this.sandbox = sandbox;
    this.cluster = cluster;
    this.screen = screen;
    this.news = new ClusterNews(cluster);
    this.trail = new AuditTrail(sandbox, started);
  }

  /** Starts everything and returns when all of it is ready. */
  void start() {
    children
        .patience()
        .until(
            () -> Http.answers(sandbox.endpoint()),
            START_LIMIT,
            () -> "the sandbox does not answer; see " + children.log("sandbox"));
    screen.line("AWS: the sandbox at " + sandbox.endpoint());
    Crds.apply(cluster.api().client(), files.crds());
    startOperator();
    applySample();
    startServices();
  }

  private void startOperator() {
    int port = Ports.any();
    var environment = new HashMap<>(sandbox.environment(OWN_ACCOUNT, OPERATOR_REGION));
    environment.put("KUBECONFIG", kubeconfig.toString());
    children.start(
        "operator", files.operatorJar(), List.of("--http-port", String.valueOf(port)), environment);
    awaitReady("operator", port, "/readyz");
    screen.line("Operator: http://127.0.0.1:" + port + "/metrics");
  }

  private void applySample() {
    screen.title("kubectl apply -k samples/" + SAMPLE);
    // A cluster that was given has kubelets, which would try to run what we run ourselves.
    cluster.apply(files.sample(SAMPLE), isGuest() ? Cluster.Pods.NONE : Cluster.Pods.AS_WRITTEN);
    var wanted = Cluster.operatorResources(files.sample(SAMPLE));
    children
        .patience()
        .until(
            () -> {
              news.states().forEach(screen::resource);
              return news.ready().containsAll(wanted);
            },
            READY_LIMIT,
            () ->
                "not all resources are Ready:\n"
                    + news.obstacles(wanted).stream().collect(Collectors.joining("\n"))
                    + "\nSee "
                    + children.log("operator"));
  }

  /** Plays the kubelet for the sample's Deployments. */
  private void startServices() {
    screen.title("Services, with the environment of their Deployments");
    var workloads = cluster.workloads(files.sample(SAMPLE));
    for (Workload workload : workloads) {
      int port = Ports.preferably(FIRST_SERVICE_PORT + servicePorts.size());
      servicePorts.put(workload.name(), port);
      var environment = new HashMap<>(workload.environment());
      String region = environment.getOrDefault("AWS_REGION", OPERATOR_REGION);
      environment.putAll(sandbox.environment(workload.account(), region));
      environment.put("PORT", String.valueOf(port));
      // In place of the Deployment's volume.
      environment.put("DATABASE_URL", "jdbc:h2:file:" + folder.resolve(workload.name()));
      children.start(workload.name(), files.serviceJar(workload.program()), List.of(), environment);
    }
    for (Workload workload : workloads) {
      int port = servicePorts.get(workload.name());
      awaitReady(workload.name(), port, workload.readinessPath());
      screen.line(
          "%-17s account %s, http://127.0.0.1:%d"
              .formatted(workload.name(), workload.account(), port));
    }
  }

  private void awaitReady(String child, int port, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    children
        .patience()
        .until(
            () -> Http.get(uri).isPresent(),
            START_LIMIT,
            () -> "the " + child + " is not ready at " + uri + "; see " + children.log(child));
  }

  /**
   * Posts an order and shows its way.
   *
   * @throws ProgramFailure when a hop is missing, or one was seen that must not be
   */
  void followFirstOrder() {
    screen.title("An order");
    firstEvent =
        Optional.of(
            new FirstOrder(cluster, orders(), trail, children.patience()).follow(screen::hop));
    screen.success("Every hop was seen, each event once on each bus and none on its sender's own.");
  }

  /** Tells what a run leaves behind that ends by itself. */
  void end() {
    if (isGuest()) {
      screen.title(
          "What was applied stays in the cluster, with the operator's finalizers. Run this again,"
              + " without --exit, and at another terminal:");
      screen.suggestion(leaving());
    }
  }

  /** How to take out of a cluster that outlives this run what the run leaves there as it fails. */
  Optional<Suggestions.Suggestion> leftBehind() {
    if (!isGuest()) {
      return Optional.empty();
    }
    var samples = List.of(files.sample(THIRD_ACCOUNT), files.sample(SAMPLE));
    return Optional.of(
        Suggestions.leftBehind(
            kubeconfig,
            samples.stream().flatMap(it -> cluster.withFinalizers(it).stream()).toList(),
            samples,
            files.crds()));
  }

  /** In a cluster that outlives this run. */
  private boolean isGuest() {
    return cluster.api() instanceof GivenCluster;
  }

  private Suggestions.Suggestion leaving() {
    return Suggestions.leaving(
        kubeconfig, files.sample(THIRD_ACCOUNT), files.sample(SAMPLE), files.crds());
  }

  private OrderClient orders() {
    return new OrderClient(servicePorts.get(ORDER_SERVICE));
  }

  private Insight insight() {
    return new Insight(
        files,
        kubeconfig,
        cluster.buses().stream().map(Bus::account).distinct().toList(),
        sandbox.environment(OWN_ACCOUNT, OPERATOR_REGION));
  }

  /** Tells what to try, and shows what comes of it until this process is ended. */
  void stayUp() {
    Insight insight = insight();
    screen.title("The page, for a browser on this machine: " + insight.startPage(children));
    screen.title("Up, until Ctrl-C. To try from another terminal:");
    screen.suggestion(Suggestions.insight(insight, firstEvent));
    screen.suggestion(
        Suggestions.contracts(
            insight, files.sample(SAMPLE).resolve("orders.yaml"), folder.resolve("catalog")));
    var suggestions =
        new Suggestions(
            kubeconfig,
            sandbox.endpoint(),
            orders().uri(),
            cluster.buses().stream().filter(Bus::isGlobal).findFirst().orElseThrow(),
            files.sample(THIRD_ACCOUNT));
    suggestions.all().forEach(screen::suggestion);
    screen.suggestion(suggestions.replay(insight, started));
    if (isGuest()) {
      screen.suggestion(leaving());
    }
    screen.title("What happens from now on");
    news.events(); // What led here was shown already.
    while (true) {
      children.requireAlive();
      news.states().forEach(screen::resource);
      news.events().forEach(screen::event);
      trail.news(cluster.buses()).stream().map(Sighting::hop).forEach(screen::hop);
      Patience.pause(MOMENT);
    }
  }
}
