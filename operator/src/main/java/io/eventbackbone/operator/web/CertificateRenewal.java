package io.eventbackbone.operator.web;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationList;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the webhook's certificate in a Secret, and its trust bundle in the
 * ValidatingWebhookConfiguration of the same name.
 */
final class CertificateRenewal {

  private static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  private static final String OPERATOR = "event-backbone-operator";

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final ServedCertificate served;
  private final InstantSource clock;

  /**
   * @param namespace of the Secret
   * @param name of the Secret, and of the configuration
   */
  CertificateRenewal(
      KubernetesClient client,
      String namespace,
      String name,
      ServedCertificate served,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.served = served;
    this.clock = clock;
  }

  /**
   * Reads both, and renews the certificate if needed.
   *
   * <p>A new certificate is served one look after the configuration trusts it, because API servers
   * take a while to learn of the change.
   *
   * @throws IllegalStateException when one is missing; the message tells the remedy
   * @throws KubernetesClientException when the API server refuses or can't be reached
   */
  void look() {
    ValidatingWebhookConfiguration configuration = configuration();
    Set<String> hosts =
        configuration.getWebhooks().stream()
            .map(webhook -> host(webhook.getClientConfig()))
            .collect(toUnmodifiableSet());
    CertificateSecret kept = kept(hosts);
    boolean wasTold = tell(configuration, kept.encodedBundle());
    if (wasTold || !isServingFor(hosts, kept)) {
      served.serve(kept.serving());
    }
  }

  /** Whether the served certificate is still valid for a while. */
  private boolean isServingFor(Set<String> hosts, CertificateSecret kept) {
    return served
        .newest()
        .filter(it -> kept.trusts(it) && it.isValid(hosts, clock.instant()))
        .isPresent();
  }

  private ValidatingWebhookConfiguration configuration() {
    return Optional.ofNullable(configurations().withName(name).get())
        .orElseThrow(() ->
            new IllegalStateException(
                ("there is no ValidatingWebhookConfiguration %s that leads to this"
                        + " webhook: create it, or start the operator without --webhook-port")
                    .formatted(name)));
  }

  /** The host name that the API server calls and that the certificate must contain. */
  private static String host(WebhookClientConfig config) {
    return config.getService() == null
        ? URI.create(config.getUrl()).getHost()
        : config.getService().getName() + "." + config.getService().getNamespace() + ".svc";
  }

  private CertificateSecret kept(Set<String> hosts) {
    Instant now = clock.instant();
    Optional<Secret> secret = Optional.ofNullable(secret().get());
    secret.ifPresent(this::requireOwn);
    Optional<CertificateSecret> before = secret.flatMap(CertificateSecret::of);
    return before
        .filter(it -> it.serving().isFresh(hosts, now))
        .orElseGet(() -> write(secret, CertificateSecret.renewed(before, hosts, now), hosts));
  }

  private void requireOwn(Secret secret) {
    if (!OPERATOR.equals(secret.getMetadata().getLabels().get(MANAGED_BY_LABEL))) {
      throw new IllegalStateException(
          ("Secret %s/%s is not the operator's, since its label %s is not %s: delete it, or set"
                  + " another --webhook-name")
              .formatted(namespace, name, MANAGED_BY_LABEL, OPERATOR));
    }
  }

  /** If several replicas write at once, the first wins and the others use its certificate. */
  private CertificateSecret write(
      Optional<Secret> before, CertificateSecret renewed, Set<String> hosts) {
    try {
      if (before.isPresent()) {
        client.resource(dataOf(before.get(), renewed)).patch(PatchContext.of(PatchType.JSON_MERGE));
      } else {
        client.resource(secret(renewed)).create();
      }
      return renewed;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return Optional.ofNullable(secret().get())
          .flatMap(CertificateSecret::of)
          .filter(it -> it.serving().isFresh(hosts, clock.instant()))
          .orElseThrow(() -> e);
    }
  }

  /** The changed entries and the version of the Secret. Other entries may belong to others. */
  private static Secret dataOf(Secret before, CertificateSecret renewed) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(before.getMetadata().getNamespace())
        .withName(before.getMetadata().getName())
        .withResourceVersion(before.getMetadata().getResourceVersion())
        .endMetadata()
        .withData(renewed.data())
        .build();
  }

  private Secret secret(CertificateSecret certificate) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(Map.of(MANAGED_BY_LABEL, OPERATOR))
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withData(certificate.data())
        .build();
  }

  private Resource<Secret> secret() {
    return client.secrets().inNamespace(namespace).withName(name);
  }

  /**
   * Sets caBundle, and returns whether it was set already. The operator owns no other field, so
   * Helm and Argo CD see no difference.
   */
  private boolean tell(ValidatingWebhookConfiguration configuration, String bundle) {
    List<ValidatingWebhook> webhooks = configuration.getWebhooks();
    if (webhooks.stream().allMatch(it -> bundle.equals(it.getClientConfig().getCaBundle()))) {
      return true;
    }
    configurations()
        .resource(
            new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withWebhooks(
                    webhooks.stream().map(it -> withBundle(it.getName(), bundle)).toList())
                .build())
        .fieldManager(OPERATOR)
        .forceConflicts()
        .serverSideApply();
    return false;
  }

  private static ValidatingWebhook withBundle(String webhook, String bundle) {
    return new ValidatingWebhookBuilder()
        .withName(webhook)
        .withNewClientConfig()
        .withCaBundle(bundle)
        .endClientConfig()
        .build();
  }

  private NonNamespaceOperation<
          ValidatingWebhookConfiguration,
          ValidatingWebhookConfigurationList,
          Resource<ValidatingWebhookConfiguration>>
      configurations() {
    return client.admissionRegistration().v1().validatingWebhookConfigurations();
  }
}
