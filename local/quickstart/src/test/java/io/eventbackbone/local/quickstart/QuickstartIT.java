package io.eventbackbone.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventbackbone.local.kubeapi.Controllers;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as people run it: the jar, and at another terminal what it suggests. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class QuickstartIT {

  private static final Pattern KUBECTL = Pattern.compile("kubectl --kubeconfig .*");
  private static final Pattern WHO = Pattern.compile("\\S+/kubectl-backbone who .*");
  private static final Pattern WHY = Pattern.compile("AWS_.*/kubectl-backbone why .*");
  private static final Pattern OBSERVE =
      Pattern.compile("AWS_.*/kubectl-backbone types observe .*");
  private static final Pattern CHECK = Pattern.compile("\\S+/kubectl-backbone types check .*");
  private static final Pattern EXPORT = Pattern.compile("\\S+/kubectl-backbone types export .*");
  private static final Pattern REPLAY = Pattern.compile("\\S+/kubectl-backbone replay .*");
  private static final Pattern PAGE = Pattern.compile("The page.*: (http://\\S+)");
  private static final Pattern CURL = Pattern.compile("curl .*");

  /** Said once more where it was Ready before it had all. */
  private static final Pattern READY = Pattern.compile("  Ready +(\\S+)");

  private final List<Process> started = new CopyOnWriteArrayList<>();

  @TempDir private Path home;

  /** Also where time was up, and the test still reads. */
  @AfterEach
  void end() {
    started.forEach(Process::destroy);
  }

  @Test
  void showsEveryHopOfAnOrderAndEnds() throws Exception {
    var quickstart = new Terminal(List.of(), "--exit");

    List<String> shown = quickstart.readToTheEnd();

    assertThat(shown).as("the output").anyMatch(line -> line.startsWith("Every hop was seen"));
    assertThat(shown.stream().flatMap(QuickstartIT::ready).distinct()).hasSize(12);
    assertHop(shown, "Order.Created", "global-bus", "111111111111");
    assertHop(shown, "Order.Created", "local-bus-delivery-service", "333333333333");
    assertHop(shown, "Order.Created", "queue orders-", "333333333333");
    assertHop(shown, "Delivery.Updated", "global-bus", "111111111111");
    assertHop(shown, "Delivery.Updated", "local-bus-order-service", "222222222222");
    assertHop(shown, "Delivery.Updated", "queue deliveries-", "222222222222");
    assertHop(shown, "GET /orders/{id}", "order-service", "222222222222");
    assertHop(shown, "Order.Updated", "global-bus", "111111111111");
    assertHop(shown, "Order.Updated", "local-bus-delivery-service", "333333333333");
    assertHop(shown, "no echo", "local-bus-order-service", "222222222222");
    assertHop(shown, "no echo", "local-bus-delivery-service", "333333333333");
    assertThat(quickstart.process.waitFor()).isZero();
  }

  /** On the stand-in API, so that both are seen on a machine that has the real one. */
  @Test
  void whatItSuggestsWorks() throws Exception {
    for (String program : List.of("kubectl", "curl")) {
      assumeTrue(isInstalled(program), "no " + program + " on this machine to follow suggestions");
    }
    var quickstart = new Terminal(noKubeApiServer());
    try {
      List<String> suggestions =
          quickstart.readUntil(line -> line.startsWith("What happens from now on"));
      List<String> kubectl = commands(KUBECTL, suggestions);
      List<String> curl = commands(CURL, suggestions);

      assertInsight(suggestions);
      assertThat(run(kubectl.get(0))).contains("REASON", "global-bus", "order-service");
      assertThat(run(kubectl.get(1))).contains("Programmed");

      run(curl.get(1)); // RemoveTargets
      run(curl.get(2)); // DeleteRule
      quickstart.readUntil(line -> line.contains("DriftRepaired"));

      assertThat(run(curl.get(0))).contains("orderId");
      run(kubectl.get(3)); // a third account
      run(kubectl.get(4));
      quickstart.readUntil(
          line -> line.contains("  Ready  ") && line.contains("EventSubscription/billing/orders"));
      assertThat(run(curl.get(3))).contains("orderId");
      quickstart.readUntil(
          line -> line.contains("Order.Created") && line.contains("local-bus-billing-service"));
      // The update of the order before may come first.
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() ->
              assertThat(run(curl.get(4))).contains("Messages", "Order.Created", "order-service"));
      assertReplay(quickstart, kubectl, curl.get(5), commands(REPLAY, suggestions).get(0));
    } finally {
      var children = quickstart.process.descendants().toList();
      quickstart.process.destroy();
      quickstart.process.waitFor();

      assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }
  }

  /** That the order service receives a delivery again, and tells of the order once more. */
  private static void assertReplay(
      Terminal quickstart, List<String> kubectl, String post, String replay)
      throws IOException, InterruptedException {
    run(kubectl.get(5));
    assertThat(run(kubectl.get(6))).contains("condition met");
    assertThat(run(post)).contains("orderId");
    quickstart.readUntil(QuickstartIT::isUpdated);
    Instant delivered = Instant.now();
    // The command's window ends at the second in which it is typed.
    await().until(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).isAfter(delivered));

    assertThat(run(replay)).contains("orders/deliveries", "Completed");

    quickstart.readUntil(QuickstartIT::isUpdated);
  }

  private static boolean isUpdated(String line) {
    return line.contains("Order.Updated") && line.contains("local-bus-delivery-service");
  }

  /** That the page is there, and that the commands work on the order just sent. */
  private static void assertInsight(List<String> suggestions)
      throws IOException, InterruptedException {
    assertThat(run(commands(WHO, suggestions).get(0)))
        .contains("deliveries/orders", "Always", "1 subscription receives Order.Created");
    assertThat(run(commands(WHY, suggestions).get(0)))
        .contains("Order.Created from order-service", "delivered", "ok   Queue")
        .doesNotContain("You may not see");
    assertThat(run(commands(OBSERVE, suggestions).get(0)))
        .contains("Order.Created", "orders/order-created", "Delivery.Updated", "Order.Updated")
        .doesNotContain("EB6");
    assertThat(run(commands(CHECK, suggestions).get(0)))
        .contains("2 event types were checked, 0 problems found");
    assertThat(run(commands(EXPORT, suggestions).get(0))).contains("catalog", "order-service");
    URI page =
        suggestions.stream()
            .flatMap(line -> PAGE.matcher(line).results())
            .map(found -> URI.create(found.group(1)))
            .findFirst()
            .orElseThrow();
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        page.resolve("api/flow?kind=EventBackbone&name=event-platform/main"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Order.Created", "Delivery.Updated");
  }

  /** By the commands that it prints, which wait until the namespaces are gone. */
  @Test
  void leavesAClusterThatItWasGiven() throws Exception {
    Path program = RealKubeApi.kubectl(getClass());
    try (KubeApi cluster = RealKubeApi.start(getClass(), List.of());
        Controllers controllers = RealKubeApi.controllers(getClass(), cluster)) {
      Path kubeconfig = cluster.writeKubeconfig(home.resolve("kubeconfig"));
      var quickstart = new Terminal(List.of(), "--kubeconfig", kubeconfig.toString());
      try {
        List<String> kubectl =
            commands(
                KUBECTL, quickstart.readUntil(line -> line.startsWith("What happens from now on")));
        for (String leaving : kubectl.subList(kubectl.size() - 3, kubectl.size())) {
          run(program + leaving.replaceFirst("kubectl", "") + " --timeout=3m");
        }
      } finally {
        quickstart.process.destroy();
        quickstart.process.waitFor();
      }
    }
  }

  /** With the real kube-apiserver where this machine has one. */
  @Test
  void runsWithoutANetwork() throws Exception {
    assumeTrue(isInstalled("unshare") && isInstalled("ip"), "no unshare or ip on this machine");
    assumeTrue(
        new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0,
        "no right to take the network away from a process");
    var quickstart =
        new Terminal(
            List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"),
            List.of(),
            "--exit");

    assertThat(quickstart.readToTheEnd())
        .as("the output")
        .anyMatch(line -> line.startsWith("Every hop was seen"));
    assertThat(quickstart.process.waitFor()).isZero();
  }

  /** The operator is killed, so that nobody takes its finalizers off. */
  @Test
  void tellsHowToCleanAGivenClusterUpThatItFailedIn() throws Exception {
    assumeTrue(isInstalled("kubectl"), "no kubectl on this machine to follow suggestions");
    try (KubeApi cluster = KubeApi.startMock(Path.of("../../crds"))) {
      Path kubeconfig = cluster.writeKubeconfig(home.resolve("kubeconfig"));
      var quickstart = new Terminal(List.of(), "--kubeconfig", kubeconfig.toString());
      quickstart.readUntil(
          line -> ready(line).anyMatch("EventBackbone/event-platform/main"::equals));
      quickstart
          .process
          .descendants()
          .filter(
              child -> child.info().commandLine().orElse("").contains("event-backbone-operator"))
          .forEach(ProcessHandle::destroyForcibly);

      List<String> shown = quickstart.readToTheEnd();

      assertThat(quickstart.process.waitFor()).isEqualTo(1);
      assertThat(shown)
          .anyMatch(line ->
              line.contains("These have finalizers") && line.contains("AwsAccount/backbone"));
      for (String command : commands(KUBECTL, shown)) {
        run(command);
      }
      String left = "kubectl --kubeconfig " + kubeconfig + " get backbone -A";
      assertThat(run(left)).contains("No resources found");
    }
  }

  /** The object that a line calls Ready, if it does. */
  private static Stream<String> ready(String line) {
    return READY.matcher(line).results().map(result -> result.group(1));
  }

  private static void assertHop(List<String> shown, String what, String where, String account) {
    assertThat(shown)
        .anyMatch(line -> line.contains(what) && line.contains(where) && line.contains(account));
  }

  /** JVM options that leave nothing to find a kube-apiserver with. */
  private List<String> noKubeApiServer() {
    return List.of("-Duser.home=" + home, "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=9");
  }

  private static List<String> commands(Pattern command, List<String> lines) {
    return lines.stream().map(String::strip).filter(command.asMatchPredicate()).toList();
  }

  private static boolean isInstalled(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  private static String run(String command) throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** The quickstart in a process of its own, and what it shows. */
  private final class Terminal {

    private final Process process;
    private final BufferedReader output;
    private final List<String> shown = new ArrayList<>();

    Terminal(List<String> jvmOptions, String... arguments) throws IOException {
      this(List.of(), jvmOptions, arguments);
    }

    Terminal(List<String> starter, List<String> jvmOptions, String... arguments)
        throws IOException {
      var command = new ArrayList<>(starter);
      command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
      command.addAll(jvmOptions);
      command.addAll(List.of("-jar", "target/event-backbone-quickstart.jar"));
      command.addAll(List.of(arguments));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("NO_COLOR", "1");
      builder.environment().remove("KUBEBUILDER_ASSETS");
      this.process = builder.start();
      started.add(process);
      this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Everything shown so far, as soon as the last line is one that was waited for. */
    List<String> readUntil(Predicate<String> awaited) throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        shown.add(line);
        if (awaited.test(line)) {
          return shown;
        }
      }
      throw new AssertionError("it ended before that was shown:\n" + String.join("\n", shown));
    }

    List<String> readToTheEnd() throws IOException {
      output.lines().forEach(shown::add);
      return shown;
    }
  }
}
