package io.eventbackbone.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The samples in other languages as one more service of the backbone, started by the commands of
 * docs/services.md with the operator's binding Secrets.
 */
@ExtendWith(RealKubeApi.class)
class LanguagesIT {

  private static final String BILLING_ACCOUNT = "444444444444";

  private static Backbone backbone;
  private static Map<String, String> kubectl;

  @TempDir private static Path home;
  @TempDir private Path project;

  @BeforeAll
  static void enter(KubeApi api) throws IOException {
    Path kubeconfig = api.writeKubeconfig(home.resolve("kubeconfig"));
    Path program = RealKubeApi.kubectl(LanguagesIT.class);
    kubectl =
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "PATH",
            program.getParent() + ":" + System.getenv("PATH"));
    backbone = new Backbone(api.client());
  }

  @AfterAll
  static void leave() {
    if (backbone != null) {
      backbone.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServiceTakesPartByDocsAlone(Language language) throws Exception {
    language.copyTo(project);
    language.install(project, getClass());
    ServicesPage.Sample sample = ServicesPage.read().sample(language);
    try (Shell.Command billing = start("billing", "orders-binding", sample.consume())) {
      billing.awaitOutput("billing-service starts");
      receivesItsFirstEvent(sample);
      publishesAgainWhatFailed(language);
      handlesADuplicateOnce(billing, language);
      assertThat(billing.terminate()).as(billing.output()).isZero();
    }
  }

  private void receivesItsFirstEvent(ServicesPage.Sample sample) throws Exception {
    try (Shell.Command order = start("orders", "deliveries-binding", sample.publish())) {
      assertThat(order.exit()).as(order.output()).isZero();
      String orderId = order.lastLine();
      JsonNode invoice = backbone.awaitInvoice(orderId).get(0);
      assertThat(invoice.path("source").asText()).isEqualTo("billing-service");
      assertThat(invoice.path("account").asText()).isEqualTo(BILLING_ACCOUNT);
      assertThat(invoice.at("/detail/metadata/correlationId").asText()).isEqualTo(orderId);
      assertThat(invoice.at("/detail/metadata/causationId").asText()).isNotEmpty();
      assertThat(invoice.at("/detail/data/pieces").asInt()).isEqualTo(1);
    }
  }

  /** PutEvents answers 200 when an entry failed. */
  private static void publishesAgainWhatFailed(Language language) {
    String orderId = language + "-failed-entry";
    try (var fault =
        backbone
            .sandbox()
            .inject(
                Fault.of(new Effect.FailedEntry())
                    .inAccount(BILLING_ACCOUNT)
                    .ofOperation("PutEvents")
                    .atCalls(1, 1))) {
      backbone.publishOrder(orderId);
      assertThat(backbone.awaitInvoice(orderId)).hasSize(1);
      assertThat(fault.struck()).isEqualTo(1);
    }
  }

  private static void handlesADuplicateOnce(Shell.Command billing, Language language) {
    String orderId = language + "-twice";
    backbone.publishOrder(orderId);
    backbone.publishOrder(orderId);
    billing.awaitOutput("was handled before");
    backbone.awaitIdleBilling();
    assertThat(backbone.awaitInvoice(orderId)).hasSize(1);
  }

  /** In a shell with an identity and a cluster; what else the service needs is in its binding. */
  private Shell.Command start(String namespace, String secret, String command) throws IOException {
    Map<String, String> environment = new HashMap<>(kubectl);
    environment.putAll(backbone.identity(namespace));
    String script =
        String.join(
            "\n",
            List.of(
                ServicesPage.read().bindingFunction(),
                "binding %s %s".formatted(namespace, secret),
                "exec " + command));
    return new Shell(project, environment).start(namespace, script);
  }
}
