package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.ApiServer;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A cluster of its own with kubectl and helm, and an AWS. */
final class Site implements AutoCloseable {

  static final Path ECOMMERCE = Path.of("../..", "samples", "ecommerce");

  private static final String WAIT = "--timeout=60s";

  static {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  private final Path folder;
  private final AuditLog audit;
  private final ApiServer api;
  private final Sandbox aws = Sandbox.start();
  private final Command kubectl;
  private final Command helm;
  private final Command shell;

  Site(Class<?> test, Path folder) throws IOException {
    this.folder = folder;
    audit = AuditLog.in(folder);
    api = RealKubeApi.start(test, audit.apiServerFlags());
    Path kubeconfig = api.writeKubeconfig(folder.resolve("admin.kubeconfig"));
    kubectl = Command.of(RealKubeApi.kubectl(test), Map.of("KUBECONFIG", kubeconfig.toString()));
    helm = Chart.helm(test, kubeconfig);
    shell = shell(kubeconfig);
  }

  /** Which knows kubectl and helm by these names. */
  private Command shell(Path kubeconfig) throws IOException {
    Path programs = Files.createDirectory(folder.resolve("bin"));
    write(programs.resolve("kubectl"), "exec %s \"$@\"".formatted(kubectl.words().get(0)));
    // A released helm renders for a recent Kubernetes, one of `go install` for 1.20.
    write(
        programs.resolve("helm"),
        "[ \"$1\" != template ] || set -- \"$@\" %s\nexec %s \"$@\""
            .formatted(Chart.KUBE_VERSION, helm.words().get(0)));
    String path = programs.toAbsolutePath() + ":" + System.getenv("PATH");
    return Command.of(
        Path.of("/bin/sh"),
        Map.of("PATH", path, "KUBECONFIG", kubeconfig.toAbsolutePath().toString()));
  }

  private static void write(Path script, String commands) throws IOException {
    Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  AuditLog audit() {
    return audit;
  }

  KubernetesClient client() {
    return api.client();
  }

  /** The API server itself, for faults. */
  ApiServer api() {
    return api;
  }

  /** Port of the API server on this machine. */
  int apiPort() {
    return URI.create(api.client().getConfiguration().getMasterUrl()).getPort();
  }

  Sandbox aws() {
    return aws;
  }

  Command kubectl() {
    return kubectl;
  }

  Command helm() {
    return helm;
  }

  /** Installs the chart that lies in the repository, and says what helm and the server warn of. */
  String install(String... arguments) {
    return install(Chart.FOLDER, arguments);
  }

  String install(Path chart, String... arguments) {
    kubectl.run("create", "namespace", Chart.NAMESPACE);
    kubectl.run(
        "label",
        "namespace",
        Chart.NAMESPACE,
        "pod-security.kubernetes.io/enforce=restricted",
        "pod-security.kubernetes.io/warn=restricted");
    String[] whole = {"install", Chart.RELEASE, chart.toString(), "-n", Chart.NAMESPACE};
    Command.Result result =
        helm.attempt(
            Stream.concat(Arrays.stream(whole), Arrays.stream(arguments)).toArray(String[]::new));
    assertThat(result.exitCode()).as(result.errors()).isZero();
    awaitDefinitions();
    return result.errors();
  }

  /** Until the API server serves the kinds that it was given. */
  void awaitDefinitions() {
    kubectl.run("wait", "crd", "--all", "--for=condition=Established", WAIT);
  }

  /** Types commands in the folder of the checkout, until one fails. */
  String type(String commands) {
    return shell.run("-ec", "cd ../.. && " + commands);
  }

  /** The operator's Deployment, as the API server has it. */
  Deployment deployment() {
    return api.client()
        .apps()
        .deployments()
        .inNamespace(Chart.NAMESPACE)
        .withName(Chart.FULL_NAME)
        .require();
  }

  /**
   * The operator with the arguments of the Deployment, as the chart's ServiceAccount, with its
   * token and nothing else.
   *
   * @param awsAccount of its own identity
   */
  OperatorProcess startOperator(String name, String awsAccount) {
    return startOperator(name, awsAccount, apiPort());
  }

  /** The same, with the jar of a release. */
  OperatorProcess startOperator(String name, String awsAccount, Path jar) {
    return startOperator(name, awsAccount, apiPort(), jar);
  }

  /**
   * The same, by another path to the API server.
   *
   * @param port of this machine, which leads to the API server
   */
  OperatorProcess startOperator(String name, String awsAccount, int port) {
    return startOperator(name, awsAccount, port, OperatorProcess.JAR);
  }

  private OperatorProcess startOperator(String name, String awsAccount, int port, Path jar) {
    List<String> arguments =
        deployment().getSpec().getTemplate().getSpec().getContainers().get(0).getArgs();
    return OperatorProcess.start(
        jar, name, serviceAccountKubeconfig(name, port), aws.endpoint(), awsAccount, arguments);
  }

  private Path serviceAccountKubeconfig(String name, int port) {
    String token = kubectl.run("create", "token", Chart.FULL_NAME, "-n", Chart.NAMESPACE).strip();
    Config admin = Serialization.unmarshal(api.kubeconfig(), Config.class);
    Config operator =
        new ConfigBuilder(admin)
            .editFirstCluster()
            .editCluster()
            .withServer("https://127.0.0.1:" + port)
            .endCluster()
            .endCluster()
            .withUsers(
                new NamedAuthInfoBuilder()
                    .withName(Chart.FULL_NAME)
                    .withNewUser()
                    .withToken(token)
                    .endUser()
                    .build())
            .editMatchingContext(it -> it.getName().equals(admin.getCurrentContext()))
            .editContext()
            .withUser(Chart.FULL_NAME)
            .endContext()
            .endContext()
            .build();
    try {
      return Files.writeString(
          folder.resolve(name + ".kubeconfig"), Serialization.asYaml(operator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies the example and waits until all of it is Ready. */
  void convergeEcommerce() {
    kubectl.run("apply", "-k", ECOMMERCE.toString());
    awaitReady();
  }

  void awaitReady() {
    for (String kind : List.of("awsaccounts", "ebb", "svcbus", "eroute", "esub")) {
      kubectl.run("wait", "--for=condition=Ready", kind, "--all", "-A", WAIT);
    }
  }

  /** Names and UIDs of all custom resources: a recreated one has another UID. */
  String identities() {
    return kubectl.run(
        "get",
        "backbone",
        "-A",
        "-o",
        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid}{\"\\n\"}{end}");
  }

  /** Calls that change something in AWS. */
  List<RecordedCall> awsWrites() {
    return aws.calls().stream()
        .filter(call -> !call.operation().matches("(Describe|List|Get|AssumeRole).*"))
        .toList();
  }

  @Override
  public void close() {
    api.close();
    aws.close();
  }
}
