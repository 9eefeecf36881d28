package io.eventbackbone.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who writes what, with which rights, and which certificate is served meanwhile. */
@ExtendWith(RealKubeApi.class)
class CertificateRenewalIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Like the chart's, but sent to nobody: no object is of such a kind. */
  private static final String CONFIGURATION =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: %s}
      webhooks:
        - name: validate.eventbackbone.io
          clientConfig: {service: {namespace: event-platform, name: %s, path: /validate}}
          rules:
            - apiGroups: [certificate-keeping.test]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [nothings]
          failurePolicy: Ignore
          sideEffects: None
          admissionReviewVersions: [v1]
      """;

  /** What docs/install.md says that the operator needs. */
  private static final String RIGHTS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: webhook, namespace: NAME}
      rules:
        - {apiGroups: [""], resources: [secrets], verbs: [create]}
        - {apiGroups: [""], resources: [secrets], resourceNames: [NAME], verbs: [get, patch]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: webhook, namespace: NAME}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: webhook}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: NAME}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: NAME}
      rules:
        - apiGroups: [admissionregistration.k8s.io]
          resources: [validatingwebhookconfigurations]
          resourceNames: [NAME]
          verbs: [get, patch]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: NAME}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: NAME}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: NAME}]
      """;

  private final String name = "keeping-" + NUMBERS.incrementAndGet();
  private Instant now = Instant.now();
  private final ServedCertificate served = new ServedCertificate();

  private KubernetesClient admin;
  private KubernetesClient operator;

  @BeforeEach
  void enter(KubeApi api) {
    admin = api.client();
    Config config = Config.fromKubeconfig(api.kubeconfig());
    operator =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(config).withImpersonateUsername(name).build())
            .build();
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  @AfterEach
  void leave() {
    admin.resources(ValidatingWebhookConfiguration.class).withName(name).delete();
    operator.close();
  }

  @Test
  void makesACertificateAndTellsTheApiServerWithTheLeastRights() {
    apply(RIGHTS.replace("NAME", name));
    apply(CONFIGURATION.formatted(name, "webhook"));
    awaitRights();
    keeping(operator, served).look();

    CertificateSecret kept = kept();
    assertThat(kept.serving().hosts()).containsExactly("webhook.event-platform.svc");
    assertThat(bundle()).isEqualTo(kept.encodedBundle());
    assertThat(served.newest()).contains(kept.serving());
    assertThat(configuration().getMetadata().getManagedFields())
        .filteredOn(entry -> entry.getManager().equals("event-backbone-operator"))
        .singleElement()
        .extracting(ManagedFieldsEntry::getFieldsV1)
        .asString()
        .contains("f:caBundle")
        .doesNotContain("f:service", "f:rules", "f:failurePolicy");
  }

  /** The API server grants what it has seen, which is a moment after it has stored it. */
  private void awaitRights() {
    var configuration =
        new ResourceAttributesBuilder()
            .withGroup("admissionregistration.k8s.io")
            .withResource("validatingwebhookconfigurations")
            .withName(name);
    var secret =
        new ResourceAttributesBuilder().withNamespace(name).withResource("secrets").withName(name);
    for (ResourceAttributes right :
        List.of(
            configuration.withVerb("get").build(),
            configuration.withVerb("patch").build(),
            secret.withVerb("get").build(),
            secret.withVerb("patch").build(),
            secret.withVerb("create").build())) {
      await().atMost(PATIENCE).until(() -> isAllowed(right));
    }
  }

  private boolean isAllowed(ResourceAttributes right) {
    return operator
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(right)
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  @Test
  void whatIsInPlaceIsNotWrittenAgain() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    keeping(admin, served).look();
    List<HasMetadata> before = List.of(secret(), configuration());
    keeping(admin, served).look();
    assertThat(List.of(secret(), configuration())).isEqualTo(before);
  }

  @Test
  void aBundleThatWasLostIsFilledInAgain() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    keeping(admin, served).look();
    admin.resource(configuration()).delete();
    apply(CONFIGURATION.formatted(name, "webhook"));
    keeping(admin, served).look();
    assertThat(bundle()).isEqualTo(kept().encodedBundle());
  }

  @Test
  void theSuccessorIsServedOneLookAfterItWasTold() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    CertificateRenewal keeping = keeping(admin, served);
    keeping.look();
    ServingCertificate first = kept().serving();

    now = now.plus(Duration.ofDays(340));
    keeping.look();
    ServingCertificate second = kept().serving();
    assertThat(second).isNotEqualTo(first);
    assertThat(kept().trusts(first)).isTrue();
    assertThat(bundle()).isEqualTo(kept().encodedBundle());
    assertThat(served.newest()).contains(first);

    keeping.look();
    assertThat(served.newest()).contains(second);
  }

  @Test
  void anExpiredCertificateIsNotServedALookLonger() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    CertificateRenewal keeping = keeping(admin, served);
    keeping.look();
    ServingCertificate first = kept().serving();

    now = now.plus(Duration.ofDays(366));
    keeping.look();
    assertThat(kept().trusts(first)).isFalse();
    assertThat(served.newest()).contains(kept().serving());
  }

  @Test
  void anotherServiceNeedsAnotherCertificate() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    CertificateRenewal keeping = keeping(admin, served);
    keeping.look();
    apply(CONFIGURATION.formatted(name, "elsewhere"));
    keeping.look();
    assertThat(kept().serving().hosts()).containsExactly("elsewhere.event-platform.svc");
    assertThat(served.newest()).contains(kept().serving());
  }

  @Test
  void replicasThatLookAtOnceServeOneCertificate() throws Exception {
    apply(CONFIGURATION.formatted(name, "webhook"));
    List<ServedCertificate> replicas = new ArrayList<>();
    List<Callable<Object>> looks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ServedCertificate replica = new ServedCertificate();
      replicas.add(replica);
      looks.add(Executors.callable(keeping(admin, replica)::look));
    }
    ExecutorService executor = Executors.newFixedThreadPool(looks.size());
    for (Future<Object> look : executor.invokeAll(looks)) {
      look.get();
    }
    executor.shutdown();
    assertThat(replicas).allMatch(it -> it.newest().orElseThrow().equals(kept().serving()));
    assertThat(bundle()).isEqualTo(kept().encodedBundle());
  }

  @Test
  void aSecretOfSomebodyElseIsLeftAlone() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    Secret foreign =
        admin
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(name)
                    .withName(name)
                    .endMetadata()
                    .addToStringData("password", "precious")
                    .build())
            .create();
    assertThatThrownBy(keeping(admin, served)::look)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("Secret " + name + "/" + name, "--webhook-name");
    assertThat(secret()).isEqualTo(foreign);
  }

  @Test
  void aMissingConfigurationIsNamed() {
    assertThatThrownBy(keeping(admin, served)::look)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("no ValidatingWebhookConfiguration " + name, "create it");
  }

  @Test
  void aMissingRightIsNamed() {
    apply(CONFIGURATION.formatted(name, "webhook"));
    assertThatThrownBy(keeping(operator, served)::look)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot get resource \"validatingwebhookconfigurations\"");
  }

  private CertificateRenewal keeping(KubernetesClient client, ServedCertificate certificates) {
    return new CertificateRenewal(client, name, name, certificates, () -> now);
  }

  private void apply(String manifests) {
    Manifests.documents(manifests)
        .forEach(manifest -> admin.resource("---\n" + manifest).forceConflicts().serverSideApply());
  }

  private ValidatingWebhookConfiguration configuration() {
    return admin.resources(ValidatingWebhookConfiguration.class).withName(name).get();
  }

  private String bundle() {
    return configuration().getWebhooks().get(0).getClientConfig().getCaBundle();
  }

  private Secret secret() {
    return admin.secrets().inNamespace(name).withName(name).get();
  }

  private CertificateSecret kept() {
    return CertificateSecret.of(secret()).orElseThrow();
  }
}
