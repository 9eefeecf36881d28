package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
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
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata: {name: kubectl-names}
      spec: {accountId: "700000000007"}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventBackbone
      metadata: {name: main, namespace: kubectl-names}
      spec: {accountRef: {name: kubectl-names}, region: eu-west-1}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: ServiceAccountBus
      metadata: {name: orders, namespace: kubectl-names}
      spec: {backboneRef: {name: main}, accountRef: {name: kubectl-names}}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventRoute
      metadata: {name: fan-out, namespace: kubectl-names}
      spec: {backboneRef: {name: main}}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: new-orders, namespace: kubectl-names}
      spec: {busRef: {name: orders}, filter: {detailTypes: [Order.Created]}}
      """;

  private static final List<String> OTHERS =
      List.of(
          "awsaccount.eventbackbone.io/kubectl-names",
          "serviceaccountbus.eventbackbone.io/orders",
          "eventroute.eventbackbone.io/fan-out",
          "eventsubscription.eventbackbone.io/new-orders");

  @TempDir private Path folder;
  private Kubectl kubectl;
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

  private String run(String... command) throws IOException, InterruptedException {
    Kubectl.Outcome outcome = kubectl.run(command);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }
}
