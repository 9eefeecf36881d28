package io.eventbackbone.verification.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.local.kubeapi.Crds;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that lacks something, and what it tells who installs the operator. */
class StartIT {

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
      users: [{name: u, user: {token: "%s"}}]
      contexts: [{name: c, context: {cluster: c, user: u}}]
      current-context: c
      """;

  @Test
  void whatTheClusterLacksIsNamedInOneLine(@TempDir Path folder) {
    try (KubeApi api = RealKubeApi.start(StartIT.class, List.of())) {
      Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
      assertThat(OperatorProcess.logOfFailedStart("start-undefined", kubeconfig).lines())
          .singleElement()
          .asString()
          .contains(
              "can't start",
              "no CustomResourceDefinition of awsaccounts.eventbackbone.io",
              "eventsubscriptions.eventbackbone.io",
              "crds.install=true");
    }
  }

  @Test
  void aRightThatIsMissingAndCredentialsThatAreUnknownAreNamed(@TempDir Path folder)
      throws IOException {
    try (KubeApi api = RealKubeApi.start(StartIT.class, List.of())) {
      Crds.apply(api.client(), Path.of("../..", "crds"));
      String server = api.client().getMasterUrl().toString();
      String token = tokenOfNobody(api);
      assertThat(startWith(folder, server, token))
          .contains("can't start", "cannot list resource", "bind the roles of the chart");
      assertThat(startWith(folder, server, "wrong"))
          .contains("can't start", server, "token or certificate");
    }
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNamed(@TempDir Path folder) throws IOException {
    assertThat(startWith(folder, "https://127.0.0.1:1", "token").lines())
        .singleElement()
        .asString()
        .contains("can't start", "https://127.0.0.1:1", "does not answer", "ConnectException");
  }

  @Test
  void anOperatorWithoutAwsCredentialsIsNotTakenForOneThatWaits(@TempDir Path folder)
      throws IOException {
    try (KubeApi api = RealKubeApi.start(StartIT.class, List.of())) {
      Crds.apply(api.client(), Path.of("../..", "crds"));
      String accounts = Files.readString(Site.ECOMMERCE.resolve("accounts.yaml"));
      api.client().load(new ByteArrayInputStream(accounts.getBytes(UTF_8))).create();
      Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
      try (OperatorProcess operator = OperatorProcess.startWithoutAwsIdentity(kubeconfig)) {
        await()
            .untilAsserted(() ->
                assertThat(api.client().resources(AwsAccount.class).list().getItems())
                    .allSatisfy(StartIT::isStalledForWantOfAnIdentity));
      }
    }
  }

  private static void isStalledForWantOfAnIdentity(AwsAccount account) {
    assertThat(account.getStatus().conditions())
        .filteredOn(condition -> condition.getType().equals("Stalled"))
        .singleElement()
        .satisfies(it -> assertThat(it.getReason()).isEqualTo("NoAwsIdentity"))
        .satisfies(it -> assertThat(it.getMessage()).contains("set aws.roleArn"));
  }

  private static String startWith(Path folder, String server, String token) throws IOException {
    Path kubeconfig =
        Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG.formatted(server, token));
    return OperatorProcess.logOfFailedStart("start", kubeconfig);
  }

  private static String tokenOfNobody(KubeApi api) {
    api.client()
        .serviceAccounts()
        .inNamespace("default")
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("nobody").endMetadata().build())
        .create();
    TokenRequest request = new TokenRequestBuilder().withNewSpec().endSpec().build();
    return api.client()
        .serviceAccounts()
        .inNamespace("default")
        .withName("nobody")
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }
}
