package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.verification.cluster.AuditLog.Right;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart in a cluster, and the operator with the rights that it gives. */
class InstallIT {

  private static final String OPERATOR =
      "system:serviceaccount:event-backbone:event-backbone-operator";
  private static final String AWS_ACCOUNT = "999999999999";
  private static final List<String> SAMPLES_IN_ORDER_OF_DELETION =
      List.of("orders.yaml", "deliveries.yaml", "backbone.yaml", "accounts.yaml");

  /**
   * A finalizer is patched onto the version that was read. java-operator-sdk reads the object anew
   * when somebody has changed it meanwhile, which a test can't bring about.
   */
  private static final Set<Right> USED_AFTER_A_CONFLICT =
      Stream.of(
              "awsaccounts",
              "eventbackbones",
              "eventreplays",
              "serviceaccountbuses",
              "eventsubscriptions",
              "eventtypes")
          .map(resource -> Right.of("get", "eventbackbone.io", resource))
          .collect(Collectors.toUnmodifiableSet());

  /** Names with an underscore that are followed by what a metric is followed by in PromQL. */
  private static final Pattern METRIC = Pattern.compile("\\b([a-z]+(_[a-z]+)+)(?=[{\\[)]|$)");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[\"event-platform\",\"orders\",\"deliveries\"]"})
  void theOperatorHasTheRightsThatItUsesAndNoOthers(String watchNamespaces) throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.kubectl().run("apply", "-f", Site.ECOMMERCE.resolve("namespaces.yaml").toString());
      assertThat(site.install("--set-json", "watchNamespaces=" + watchNamespaces))
          .doesNotContainIgnoringCase("warning");
      try (OperatorProcess operator = site.startOperator("install", AWS_ACCOUNT)) {
        site.convergeEcommerce();
        await()
            .untilAsserted(() ->
                assertThat(metricsThatPeopleAreShown())
                    .isNotEmpty()
                    .allMatch(operator.metrics()::contains));
        liveThrough(site);
        assertThat(operator.log()).doesNotContainIgnoringCase("forbidden");
      }
      assertThat(site.audit().forbidden(OPERATOR)).isEmpty();
      Set<Right> used = new HashSet<>(site.audit().used(OPERATOR));
      used.addAll(USED_AFTER_A_CONFLICT);
      assertThat(used).containsExactlyInAnyOrderElementsOf(granted(site));
    }
  }

  @Test
  void podsMeetTheRestrictedStandardAndManifestsTheServersSchemas() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.install();
      PodTemplateSpec template = site.deployment().getSpec().getTemplate();
      assertThat(admitted(site, "as-the-chart-has-it", template).exitCode()).isZero();
      template.getSpec().getSecurityContext().setSeccompProfile(null);
      assertThat(admitted(site, "one-setting-less", template).errors())
          .contains("violates PodSecurity");
      assertThat(warningsOfTheExample(site)).doesNotContainIgnoringCase("warning");
      assertThat(kubeconform(site).output()).contains("Invalid: 0, Errors: 0");
    }
  }

  @Test
  void theManifestsAreWhatHelmWouldInstall() throws IOException {
    try (Site site = new Site(getClass(), folder)) {
      site.type(Page.read("install.md").blockWith("helm template"));
      site.awaitDefinitions();
      assertThat(site.deployment().getSpec().getTemplate().getSpec().getContainers())
          .extracting(Container::getImage)
          .allMatch(image -> image.startsWith("registry.example.com/event-backbone-operator:"));
      try (OperatorProcess operator = site.startOperator("manifests", AWS_ACCOUNT)) {
        site.convergeEcommerce();
        assertThat(operator.log()).doesNotContainIgnoringCase("forbidden");
      }
    }
  }

  /**
   * In namespaces where the API server warns of pods that don't meet the standard. That the order
   * of the objects is the kustomization's own is no warning of anything, whatever kubectl calls it.
   */
  private static String warningsOfTheExample(Site site) {
    site.kubectl().run("apply", "-f", Site.ECOMMERCE.resolve("namespaces.yaml").toString());
    String warn = "pod-security.kubernetes.io/warn=restricted";
    site.kubectl().run("label", "namespace", "orders", "deliveries", warn);
    return site.kubectl()
        .attempt("apply", "-k", Site.ECOMMERCE.toString())
        .errors()
        .lines()
        .filter(line -> !line.contains("Warning: Sorting order is set"))
        .collect(Collectors.joining("\n"));
  }

  /** What a cluster sees in weeks: a lost Secret, changed objects, edits that repeat, deletions. */
  private static void liveThrough(Site site) {
    Command kubectl = site.kubectl();
    String[] get = {
      "get", "secret", "orders-binding", "-n", "deliveries", "-o", "jsonpath={.data.EVENT_SOURCE}"
    };
    String source = kubectl.run(get);
    kubectl.run("delete", "secret", "orders-binding", "-n", "deliveries");
    await().untilAsserted(() -> assertThat(kubectl.attempt(get).output()).isEqualTo(source));
    String forged = "-p={\"data\":{\"EVENT_SOURCE\":\"Zm9yZ2Vk\"}}";
    kubectl.run("patch", "secret", "orders-binding", "-n", "deliveries", "--type=merge", forged);
    await().untilAsserted(() -> assertThat(kubectl.run(get)).isEqualTo(source));
    String[] contracts = {
      "get",
      "configmap",
      "orders-contracts",
      "-n",
      "deliveries",
      "-o",
      "jsonpath={.data.unknownTypes}"
    };
    String forgery = "-p={\"data\":{\"unknownTypes\":\"forged\"}}";
    kubectl.run(
        "patch", "configmap", "orders-contracts", "-n", "deliveries", "--type=merge", forgery);
    await().untilAsserted(() -> assertThat(kubectl.run(contracts)).isEqualTo("Allow"));
    for (int generation = 2; generation <= 5; generation++) {
      String suspend = "-p={\"spec\":{\"suspend\":" + (generation % 2 == 0) + "}}";
      kubectl.run("patch", "esub", "orders", "-n", "deliveries", "--type=merge", suspend);
      String observed = "--for=jsonpath={.status.observedGeneration}=" + generation;
      kubectl.run("wait", "esub", "orders", "-n", "deliveries", observed, "--timeout=30s");
    }
    replay(site);
    for (String file : SAMPLES_IN_ORDER_OF_DELETION) {
      kubectl.run("delete", "-f", Site.ECOMMERCE.resolve(file).toString());
    }
  }

  /** The operator deletes the replay after its end. */
  private static void replay(Site site) {
    site.type(
        """
        kubectl patch svcbus/deliveries -n deliveries --type=merge \\
          -p '{"spec": {"archive": {"enabled": true}}}'
        kubectl wait svcbus/deliveries -n deliveries --for=jsonpath='{.status.archiveArn}' \\
          --timeout=10m
        sleep 1 # The window is in whole seconds, and ends after the archive began.
        kubectl apply -f - <<END
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventReplay
        metadata: {name: again, namespace: deliveries}
        spec:
          subscriptionRef: {name: orders}
          from: "2026-01-01T00:00:00Z"
          to: "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
          ttlSecondsAfterFinished: 1
        END
        kubectl wait ereplay/again -n deliveries --for=delete --timeout=10m
        """);
  }

  /** Every right that the chart's roles of the operator give. */
  private static Set<Right> granted(Site site) {
    String manifest = site.helm().run("get", "manifest", Chart.RELEASE, "-n", Chart.NAMESPACE);
    return site
        .client()
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .items()
        .stream()
        .filter(it -> it.getMetadata().getName().startsWith(Chart.FULL_NAME))
        .flatMap(InstallIT::rules)
        .flatMap(InstallIT::rights)
        .collect(Collectors.toSet());
  }

  private static Stream<PolicyRule> rules(HasMetadata object) {
    if (object instanceof ClusterRole role) {
      return role.getRules().stream();
    }
    return object instanceof Role role ? role.getRules().stream() : Stream.of();
  }

  private static Stream<Right> rights(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(group ->
            rule.getResources().stream()
                .flatMap(resource ->
                    rule.getVerbs().stream().map(verb -> Right.of(verb, group, resource))));
  }

  /** The metrics that alerts and dashboard ask for. */
  private static Set<String> metricsThatPeopleAreShown() throws IOException {
    Path files = Chart.FOLDER.resolve("files");
    JsonNode alerts =
        Serialization.unmarshal(Files.readString(files.resolve("alerts.yaml")), JsonNode.class);
    JsonNode dashboard = new ObjectMapper().readTree(files.resolve("dashboard.json").toFile());
    return Stream.of(alerts, dashboard)
        .flatMap(it -> it.findValuesAsText("expr").stream())
        .flatMap(expression -> METRIC.matcher(expression.strip()).results())
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Whether the API server takes a pod of a template. */
  private Command.Result admitted(Site site, String name, PodTemplateSpec template)
      throws IOException {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Chart.NAMESPACE)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    Path file = Files.writeString(folder.resolve(name + ".yaml"), Serialization.asYaml(pod));
    return site.kubectl().attempt("create", "-f", file.toString());
  }

  /** All that the chart can render, except kinds that the API server has no schema for. */
  private Command.Result kubeconform(Site site) throws IOException {
    ServerSchemas schemas =
        ServerSchemas.write(
            site.kubectl().run("get", "--raw", "/openapi/v2"),
            Files.createDirectory(folder.resolve("schemas")));
    Path manifests =
        Files.writeString(
            folder.resolve("manifests.yaml"),
            Chart.helm(getClass())
                .run(
                    "template",
                    Chart.RELEASE,
                    Chart.FOLDER.toString(),
                    Chart.KUBE_VERSION,
                    "--set",
                    "metrics.dashboard.enabled=true,watchNamespaces={orders},aws.region=eu-west-1"));
    Command.Result result =
        Command.of(GoTool.KUBECONFORM.orSkip(getClass()), Map.of())
            .attempt(
                "-strict",
                "-summary",
                "-schema-location",
                schemas.location(),
                manifests.toString());
    assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
    return result;
  }
}
