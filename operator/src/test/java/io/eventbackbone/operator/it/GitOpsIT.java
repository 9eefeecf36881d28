package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools see that keep a cluster as a repository says, while the operator runs. */
@ExtendWith(RealKubeApi.class)
class GitOpsIT {

  private static final Path SAMPLES = Path.of("..", "samples", "argocd");

  @TempDir private Path folder;
  @AutoClose private World world;
  private Command kubectl;

  @BeforeEach
  void enter(KubeApi api) {
    world = new World(api.client());
    kubectl = Kubectl.of(api, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--server-side=false", "--server-side=true"})
  void nothingDiffersFromWhatWasAppliedOnceAllIsReady(String mode) throws Exception {
    String manifests = manifests("all", Ecommerce.ALL);
    run("apply", mode, "-f", manifests);
    awaitReady();
    assertThat(kubectl.attempt("diff", mode, "-f", manifests))
        .isEqualTo(new Command.Result(0, "", ""));
    run("apply", mode, "-f", manifests);
    assertThat(world.get(EventBackbone.class, "platform-#", "main").getMetadata().getGeneration())
        .isEqualTo(1);
  }

  @Test
  void theOperatorOwnsItsFinalizerAndTheStatusAlone() throws Exception {
    run("apply", "--server-side", "-f", manifests("all", Ecommerce.ALL));
    awaitReady();
    for (HasMetadata object :
        List.of(
            world.get(EventBackbone.class, "platform-#", "main"),
            world.get(EventRoute.class, "platform-#", "fan-out"),
            world.get(ServiceAccountBus.class, "orders-#", "orders"),
            world.get(EventSubscription.class, "orders-#", "deliveries"))) {
      assertThat(object.getMetadata().getManagedFields())
          .filteredOn(entry -> !entry.getManager().equals("kubectl"))
          .isNotEmpty()
          .allSatisfy(GitOpsIT::assertIsStatusOrFinalizer);
    }
  }

  @Test
  void twoManagersApplyDifferentFields() throws Exception {
    world.apply(Ecommerce.NAMESPACES + Ecommerce.ACCOUNTS);
    String platform = manifests("platform", Ecommerce.BACKBONE);
    String security =
        manifests(
            "security",
            Manifests.of("EventBackbone", "platform-#/main", "audit: {retentionDays: 30}"));
    run("apply", "--server-side", "--field-manager=platform", "-f", platform);
    world.ready(EventBackbone.class, "platform-#", "main");
    run("apply", "--server-side", "--field-manager=security", "-f", security);
    run("apply", "--server-side", "--field-manager=platform", "-f", platform);

    EventBackbone both = world.ready(EventBackbone.class, "platform-#", "main");
    assertThat(both.getSpec().audit().retentionDays()).isEqualTo(30);
    assertThat(both.getSpec().accountRef().name()).isEqualTo(world.own("backbone-#"));
    for (String manager : List.of("platform", "security")) {
      assertThat(
              kubectl.attempt(
                  "diff",
                  "--server-side",
                  "--field-manager=" + manager,
                  "-f",
                  manager.equals("platform") ? platform : security))
          .isEqualTo(new Command.Result(0, "", ""));
    }
  }

  @Test
  void kubectlWaitsForReady() throws Exception {
    run("apply", "-f", manifests("all", Ecommerce.ALL));
    run(
        "wait",
        "--for=condition=Ready",
        "--timeout=30s",
        "-f",
        manifests("accounts", Ecommerce.ACCOUNTS));
    run(
        "wait",
        "--for=condition=Ready",
        "--timeout=30s",
        "--all",
        "eventbackbones,eventroutes,serviceaccountbuses,eventsubscriptions",
        "--all-namespaces");
  }

  @Test
  void theHealthChecksAreAddedToTheConfigMapThatIsThere() throws Exception {
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: argocd}}");
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: argocd-cm, namespace: argocd}
        data: {url: https://argocd.example.com}
        """);
    world
        .client()
        .resource(generatedConfigMap())
        .fieldManager("argocd-controller")
        .serverSideApply();

    String health = Files.readString(SAMPLES.resolve("health.lua"));
    String prefix = "resource.customizations.health.eventbackbone.io_";
    assertThat(
            world.client().configMaps().inNamespace("argocd").withName("argocd-cm").get().getData())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "url",
                "https://argocd.example.com",
                prefix + "AwsAccount",
                health,
                prefix + "EventBackbone",
                health,
                prefix + "EventReplay",
                health,
                prefix + "EventRoute",
                health,
                prefix + "EventSubscription",
                health,
                prefix + "EventType",
                health,
                prefix + "ServiceAccountBus",
                health,
                "resource.customizations.health.argoproj.io_Application",
                Files.readString(SAMPLES.resolve("application.lua"))));
  }

  private ConfigMap generatedConfigMap() throws IOException, InterruptedException {
    return Manifests.documents(run("kustomize", SAMPLES.toString()))
        .filter(text -> text.contains("kind: ConfigMap"))
        .map(text -> Serialization.unmarshal(text, ConfigMap.class))
        .findFirst()
        .orElseThrow();
  }

  private static void assertIsStatusOrFinalizer(ManagedFieldsEntry entry) {
    FieldsV1 fields = entry.getFieldsV1();
    assertThat(fields.getAdditionalProperties()).as("%s", entry).hasSize(1);
    assertThat(fields.getAdditionalProperties().keySet()).isSubsetOf("f:metadata", "f:status");
    if (fields.getAdditionalProperties().get("f:metadata") instanceof Map<?, ?> metadata) {
      assertThat(Set.copyOf(metadata.keySet())).as("%s", entry).isEqualTo(Set.of("f:finalizers"));
    }
  }

  /** Until nothing is to be written any more, the totals in statuses included. */
  private void awaitReady() {
    world.ready(EventRoute.class, "platform-#", "fan-out");
    world.ready(EventSubscription.class, "orders-#", "deliveries");
    world.ready(EventSubscription.class, "deliveries-#", "new-orders");
    awaitSubscriptions("orders-#", "orders");
    awaitSubscriptions("deliveries-#", "deliveries");
    world.until(
        EventBackbone.class, "platform-#", "main", it -> it.getStatus().buses().ready() == 2);
    world.ready(EventBackbone.class, "platform-#", "main");
  }

  private void awaitSubscriptions(String namespace, String bus) {
    world.until(
        ServiceAccountBus.class, namespace, bus, it -> it.getStatus().subscriptions().ready() == 1);
    world.ready(ServiceAccountBus.class, namespace, bus);
  }

  /** A file with the manifests, for this world. */
  private String manifests(String name, String manifests) throws IOException {
    String yaml = "---\n" + world.own(manifests); // It may begin with a brace, as JSON does.
    return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
  }

  /** Runs kubectl, which must succeed, and returns what it said. */
  private String run(String... arguments) {
    Command.Result outcome = kubectl.attempt(arguments);
    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
    return outcome.text();
  }
}
