package io.eventbackbone.local.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventbackbone.local.kubeapi.programs.Machine;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MockApiTest {

  private static final String ACCOUNT =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: AwsAccount
      metadata:
        name: orders
      spec:
        accountId: "222222222222"
        roleArn: arn:aws:iam::222222222222:role/event-backbone-operator
      """;

  @TempDir private Path folder;
  private KubeApi api;

  @BeforeEach
  void start() {
    api = KubeApi.startMock(Path.of("../../crds"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void serverSideApplyCreatesMergesAndRemovesWhatIsNotAppliedAnyMore() {
    var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);

    var created = api.client().resource(account).serverSideApply();
    account.setAdditionalProperty("spec", Map.of("externalId", "x-1"));
    var merged = api.client().resource(account).serverSideApply();

    assertThat(merged.getMetadata().getUid()).isEqualTo(created.getMetadata().getUid());
    assertThat(merged.<String>get("spec", "externalId")).isEqualTo("x-1");
    assertThat(merged.<String>get("spec", "roleArn")).isNull();
  }

  @Test
  void aMergeReplacesLists() {
    var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
    api.client().resource(account).create();
    for (String value : List.of("False", "True")) {
      account.setAdditionalProperty(
          "status", Map.of("conditions", List.of(Map.of("type", "Ready", "status", value))));
      api.client()
          .resource(account)
          .subresource("status")
          .patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY));
    }

    assertThat(
            api.client()
                .resource(account)
                .get()
                .<List<Map<String, String>>>get("status", "conditions"))
        .containsExactly(Map.of("type", "Ready", "status", "True"));
  }

  @Test
  void theStatusOfNothingIsNotApplied() {
    var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
    account.setAdditionalProperty("status", Map.of("conditions", List.of()));

    assertThatThrownBy(() ->
            api.client()
                .resource(account)
                .subresource("status")
                .patch(PatchContext.of(PatchType.SERVER_SIDE_APPLY)))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(404));
    assertThat(api.client().resource(account).get()).isNull();
  }

  @Test
  void anObjectThatIsBeingDeletedGoesWithItsLastFinalizer() {
    var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
    account.addFinalizer("eventbackbone.io/finalizer");
    api.client().resource(account).create();
    api.client().resource(account).delete();
    assertThat(api.client().resource(account).get().isMarkedForDeletion()).isTrue();

    api.client()
        .resource(account)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");

    assertThat(api.client().resource(account).get()).isNull();
  }

  @Test
  void defaultsOfTheSchemaAreFilledIn() {
    var backbone =
        Serialization.unmarshal(
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: EventBackbone
            metadata: {name: main, namespace: default}
            spec: {accountRef: {name: backbone}, region: eu-west-1, audit: {}}
            """,
            GenericKubernetesResource.class);

    var created = api.client().resource(backbone).create();

    assertThat(created.<String>get("spec", "busName")).isEqualTo("global-bus");
    assertThat(created.<Boolean>get("spec", "audit", "enabled")).isTrue();
    assertThat(created.<Object>get("spec", "archive")).isNull();
  }

  @Test
  void anObjectPatchedBeforeItHasAStatusGetsNone() {
    var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
    api.client().resource(account).create();

    var patched =
        api.client()
            .resource(account)
            .edit(object -> {
              object.addFinalizer("eventbackbone.io/finalizer");
              return object;
            });

    assertThat(patched.getFinalizers()).containsExactly("eventbackbone.io/finalizer");
    assertThat(patched.getAdditionalProperties()).doesNotContainKey("status");
    assertThat(api.client().resource(account).get().getAdditionalProperties())
        .doesNotContainKey("status");
  }

  @Test
  void eventsAreSelectedByTheObjectTheyAreAbout() {
    event("about-orders", "orders");
    event("about-deliveries", "deliveries");

    assertThat(
            api.client()
                .v1()
                .events()
                .inNamespace("default")
                .withInvolvedObject(new ObjectReferenceBuilder().withName("orders").build())
                .list()
                .getItems())
        .extracting(event -> event.getMetadata().getName())
        .containsExactly("about-orders");
  }

  private void event(String name, String about) {
    api.client()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewInvolvedObject()
                .withName(about)
                .endInvolvedObject()
                .build())
        .create();
  }

  @Test
  void stringDataOfASecretBecomesData() {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("deliveries-binding")
            .withNamespace("default")
            .endMetadata()
            .addToStringData("type", "eventbackbone")
            .build();

    assertThat(api.client().resource(secret).serverSideApply().getData())
        .containsEntry("type", "ZXZlbnRiYWNrYm9uZQ==");
  }

  @Test
  void crdsAreEstablished() {
    Crds.apply(api.client(), Path.of("../../crds"));
  }

  @Nested
  class Kubectl {

    @BeforeEach
    void needsKubectl() {
      assumeTrue(Machine.here().onPath("kubectl").isPresent(), "no kubectl on the PATH");
    }

    @Test
    void appliesDescribesAndDeletesOurKindsByShortNameAndCategory() throws Exception {
      Path manifest = Files.writeString(folder.resolve("account.yaml"), ACCOUNT);

      assertThat(kubectl("apply", "-f", manifest.toString())).contains("orders created");
      assertThat(kubectl("apply", "-f", manifest.toString())).contains("orders unchanged");
      assertThat(kubectl("get", "backbone")).contains("orders");
      assertThat(kubectl("get", "awsacct")).contains("ACCOUNT", "222222222222");
      assertThat(kubectl("describe", "awsaccount", "orders")).contains("222222222222");
      assertThat(kubectl("delete", "-f", manifest.toString())).contains("deleted");
      assertThat(kubectl("get", "awsacct")).contains("No resources found");
    }

    @Test
    void waitsForAConditionThatComesLater() throws Exception {
      var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
      api.client().resource(account).create();
      Process waiting = start("wait", "--for=condition=Ready", "awsacct/orders", "--timeout=30s");

      account.setAdditionalProperty(
          "status", Map.of("conditions", List.of(Map.of("type", "Ready", "status", "True"))));
      api.client().resource(account).patchStatus();

      assertThat(output(waiting)).contains("condition met");
    }

    @Test
    void namesWhatIsMissing() throws Exception {
      assertThat(kubectl("get", "awsacct", "nobody")).contains("NotFound");
    }

    @Test
    void appliesKubernetesOwnKinds() throws Exception {
      Path manifest = Path.of("../../samples/ecommerce");

      assertThat(kubectl("apply", "--server-side", "-k", manifest.toString()))
          .contains("deployment.apps/order-service serverside-applied");
      assertThat(kubectl("get", "deploy", "-A")).contains("order-service");
    }

    @Test
    void answersWhoAsksWhatTheyMayDo() throws Exception {
      assertThat(kubectl("auth", "can-i", "create", "awsaccounts")).contains("yes");
      assertThat(kubectl("auth", "can-i", "--list")).contains("*.*", "[*]");
      assertThat(kubectl("auth", "whoami")).contains("everybody");
    }

    /** As kubectl writes what it makes itself. */
    @Test
    void saysThatItTakesNoProtocolBuffers() throws Exception {
      assertThat(kubectl("create", "namespace", "mine"))
          .contains("with --dry-run=client -o yaml, and apply that");
    }

    @Test
    void answersWhatItDoesNotServe() throws Exception {
      Path broken = Files.writeString(folder.resolve("broken.json"), "[]");

      assertThat(kubectl("get", "--raw", "/apis/nowhere/v1/things")).contains("NotFound");
      assertThat(kubectl("create", "--raw", "/apis/nowhere/v1/things", "-f", broken.toString()))
          .contains("NotFound");
      assertThat(kubectl("create", "--raw", "/api/v1/namespaces", "-f", broken.toString()))
          .contains("InternalError");
    }

    @Test
    void describesAnObjectWithItsEvents() throws Exception {
      var account = Serialization.unmarshal(ACCOUNT, GenericKubernetesResource.class);
      var created = api.client().resource(account).create();
      var namespaced =
          api.client()
              .resource(
                  new SecretBuilder()
                      .withNewMetadata()
                      .withName("mine")
                      .withNamespace("default")
                      .endMetadata()
                      .build())
              .create();
      eventAbout(created, "RoleNotAssumable");
      eventAbout(namespaced, "Renewed");

      assertThat(kubectl("describe", "awsaccount", "orders"))
          .contains("Events:", "RoleNotAssumable", "as the operator says")
          .doesNotContain("Renewed");
      assertThat(kubectl("events", "--for", "awsaccount/orders", "-A"))
          .contains("RoleNotAssumable")
          .doesNotContain("Renewed");
    }

    private void eventAbout(HasMetadata object, String reason) {
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      api.client()
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName(object.getMetadata().getName() + "." + reason.toLowerCase(Locale.ROOT))
                  .withNamespace("default")
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion(object.getApiVersion())
                  .withKind(object.getKind())
                  .withNamespace(object.getMetadata().getNamespace())
                  .withName(object.getMetadata().getName())
                  .withUid(object.getMetadata().getUid())
                  .endInvolvedObject()
                  .withReason(reason)
                  .withMessage("as the operator says")
                  .withType("Warning")
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .build())
          .create();
    }

    @Test
    void tellsKindsApartWhereAListHasSeveral() throws Exception {
      Path manifest = Files.writeString(folder.resolve("account.yaml"), ACCOUNT);
      kubectl("apply", "-f", manifest.toString());
      kubectl("apply", "-k", Path.of("../../samples/third-account").toString());

      assertThat(kubectl("get", "backbone", "-A"))
          .contains(
              "awsaccount.eventbackbone.io/orders",
              "serviceaccountbus.eventbackbone.io/billing",
              "SUSPENDED");
    }

    @Test
    void explainsOurKinds() throws Exception {
      assertThat(kubectl("explain", "awsaccount"))
          .contains("KIND:       AwsAccount", "FIELDS:", "spec", "metadata");
      assertThat(kubectl("explain", "esub.spec.queue.fifo")).contains("<boolean>", "FIFO");
    }

    @Test
    void appliesSevenHundredObjects() throws Exception {
      Path manifest =
          Files.writeString(
              folder.resolve("many.yaml"),
              IntStream.range(0, 700)
                  .mapToObj(i -> ACCOUNT.replace("name: orders", "name: orders-" + i))
                  .collect(Collectors.joining("---\n")));

      assertThat(kubectl("apply", "-f", manifest.toString()).lines())
          .hasSize(700)
          .allMatch(line -> line.endsWith(" created"));
      assertThat(kubectl("apply", "-f", manifest.toString()).lines())
          .hasSize(700)
          .allMatch(line -> line.endsWith(" unchanged"));
      assertThat(kubectl("get", "awsacct", "--no-headers").lines()).hasSize(700);
    }

    /** Client-side, over what the quickstart has applied server-side. */
    @Test
    void appliesASampleOverItself() throws Exception {
      String sample = Path.of("../../samples/ecommerce").toString();
      kubectl("apply", "--server-side", "-k", sample);

      assertThat(kubectl("apply", "-k", sample))
          .contains("deployment.apps/order-service configured")
          .doesNotContain("Error");
      assertThat(kubectl("apply", "-k", sample))
          .contains("deployment.apps/order-service unchanged");
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
      return output(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
      Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
      var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
      command.addAll(List.of(arguments));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("HOME", folder.toString());
      return builder.start();
    }

    private String output(Process process) throws IOException, InterruptedException {
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    }
  }
}
