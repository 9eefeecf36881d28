package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * By which names kubectl finds the kinds. It takes the name of a category for the category, even if
 * a kind is called so: {@code kubectl delete eventbackbone --all} would delete every kind.
 */
@ExtendWith(RealKubeApi.class)
class KubectlNamesIT {

  private static final String OBJECTS =
      """
      """
          + Manifests.of("AwsAccount", "kubectl-names", "accountId: \"700000000007\"")
          + Manifests.of(
              "EventBackbone",
              "kubectl-names/main",
              "accountRef: {name: kubectl-names}",
              "region: eu-west-1")
          + Manifests.of(
              "ServiceAccountBus",
              "kubectl-names/orders",
              "backboneRef: {name: main}",
              "accountRef: {name: kubectl-names}")
          + Manifests.of("EventRoute", "kubectl-names/fan-out", "backboneRef: {name: main}")
          + Manifests.of(
              "EventSubscription",
              "kubectl-names/new-orders",
              "busRef: {name: orders}",
              "filter: {detailTypes: [Order.Created]}")
          + Manifests.of(
              "EventType",
              "kubectl-names/order-created",
              "busRef: {name: orders}",
              "detailType: Order.Created",
              "versions: [{version: \"1\", schema: {type: object}}]")
          + Manifests.of(
              "EventReplay",
              "kubectl-names/again",
              "subscriptionRef: {name: new-orders}",
              "from: \"2026-11-28T00:00:00Z\"",
              "to: \"2026-11-28T01:00:00Z\"");

  private static final List<String> OTHERS =
      List.of(
          "awsaccount.eventbackbone.io/kubectl-names",
          "serviceaccountbus.eventbackbone.io/orders",
          "eventroute.eventbackbone.io/fan-out",
          "eventsubscription.eventbackbone.io/new-orders",
          "eventtype.eventbackbone.io/order-created",
          "eventreplay.eventbackbone.io/again");

  @TempDir private Path folder;
  private Command kubectl;
  private Path manifests;

  @BeforeEach
  void apply(KubeApi api) throws Exception {
    Crds.apply(api.client(), Path.of("..", "crds"));
    kubectl = Kubectl.of(api, folder);
    manifests = Files.writeString(folder.resolve("objects.yaml"), OBJECTS);
    api.client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("kubectl-names")
                .endMetadata()
                .build())
        .createOr(NonDeletingOperation::update);
    run("apply", "-f", manifests.toString());
  }

  @AfterEach
  void delete() throws Exception {
    run("delete", "--ignore-not-found", "--wait=false", "-f", manifests.toString());
  }

  @Test
  void theNameOfAKindIsTheKindsAlone() throws Exception {
    for (String name : List.of("eventbackbone", "eventbackbones", "ebb", "EventBackbone")) {
      assertThat(run("get", name, "main", "-n", "kubectl-names", "-o", "name"))
          .isEqualTo("eventbackbone.eventbackbone.io/main\n");
    }
    assertThat(run("delete", "eventbackbone", "--all", "-n", "kubectl-names"))
        .contains("main")
        .doesNotContain("orders", "fan-out");
    assertThat(run("get", "backbone", "-n", "kubectl-names", "-o", "name").lines())
        .containsAll(OTHERS)
        .doesNotContain("eventbackbone.eventbackbone.io/main");
  }

  @Test
  void theCategoryListsEveryKind() throws Exception {
    assertThat(run("get", "backbone", "-A", "-o", "name").lines())
        .containsAll(OTHERS)
        .contains("eventbackbone.eventbackbone.io/main");
  }

  private String run(String... command) {
    Command.Result outcome = kubectl.attempt(command);
    assertThat(outcome.exitCode()).as(outcome.text()).isZero();
    return outcome.text();
  }
}
