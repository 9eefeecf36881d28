package io.eventbackbone.local.benchmark;

import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.operator.cluster.OperatorClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The operator on an API server, with a sandbox as AWS. Steps change objects and wait here. */
final class Installation implements AutoCloseable {

  /** How long a step may take. */
  static final Duration LIMIT = Duration.ofMinutes(20);

  static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /**
   * Nothing more comes when nothing came for so long: calls take 20 ms, and queue at 50 a second.
   */
  static final double QUIET_SECONDS = 1;

  /** Of all service accounts: there is an AwsAccount and a ServiceAccountBus of each. */
  private static final int OBJECTS_PER_ACCOUNT = 2;

  /** The backbone, its account, the route. */
  private static final int OTHER_OBJECTS = 3;

  private final Checkout files;
  private final KubernetesClient client;
  private final Path folder;
  private final Path kubeconfig;
  private final SandboxProgram sandbox;
  private final ClusterWatch cluster;
  private OperatorProgram operator;

  /** Starts the programs, which write their logs into a folder. */
  Installation(Checkout files, KubeApi api, Path folder) {
    this.files = files;
    this.client = OperatorClient.of(api.client().getConfiguration());
    this.folder = folder;
    this.kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
    Crds.apply(client, files.crds());
    sandbox = SandboxProgram.likeAws(files, folder);
    cluster = new ClusterWatch(client);
    startOperator("operator.log");
  }

  /** Starts an operator in the place of one that was closed. */
  void startOperator(String log) {
    operator = OperatorProgram.start(files, folder.resolve(log), kubeconfig, sandbox.endpoint());
  }

  OperatorProgram operator() {
    return operator;
  }

  SandboxProgram sandbox() {
    return sandbox;
  }

  ClusterWatch cluster() {
    return cluster;
  }

  KubernetesClient client() {
    return client;
  }

  void apply(List<HasMetadata> objects) {
    new ObjectWriter(client).create(objects);
  }

  /** Merges a part of a spec, JSON, into an object of the platform. */
  void change(Class<? extends HasMetadata> kind, String name, String spec) {
    client
        .resources(kind)
        .inNamespace(Estate.PLATFORM)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Returns when all objects of the platform and of so many services are Ready. */
  void awaitReady(int services) {
    int all = OTHER_OBJECTS + OBJECTS_PER_ACCOUNT * services;
    await(
        () -> cluster.ready() == all,
        () -> "%d of %d are Ready; not %s".formatted(cluster.ready(), all, cluster.unready()));
  }

  /** Returns when the condition holds; fails with the reason where it never does. */
  void await(BooleanSupplier condition, Supplier<String> reason) {
    new Patience(List.of(sandbox.program(), operator.program()), Stopwatch.PRECISION)
        .until(condition, LIMIT, reason);
  }

  /** All calls, when there have been no more for a while. */
  Calls settled() {
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

  @Override
  public void close() {
    operator.close();
    cluster.close();
    client.close();
    sandbox.close();
  }
}
