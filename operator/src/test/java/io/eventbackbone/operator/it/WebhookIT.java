package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.operator.web.Webhook;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.core.ConditionFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people see when the API server asks the operator before it stores an object. */
@ExtendWith(RealKubeApi.class)
class WebhookIT {

  private static final String NAMESPACE = "default";
  private static final String CERTIFICATE = "tls.crt";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Refuses what the webhook does not answer for, and sees nothing of other tests. */
  private static final String CONFIGURATION =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: webhook-#}
      webhooks:
        - name: validate.eventbackbone.io
          clientConfig: {url: "https://127.0.0.1:PORT/validate"}
          objectSelector: {matchLabels: {reviewed-by: "webhook-#"}}
          rules:
            - apiGroups: [eventbackbone.io]
              apiVersions: [v1alpha1]
              operations: [CREATE, UPDATE]
              resources: ["*"]
            - apiGroups: [eventbackbone.io]
              apiVersions: [v1alpha1]
              operations: [DELETE]
              resources: [eventsubscriptions]
          failurePolicy: Fail
          sideEffects: None
          admissionReviewVersions: [v1]
          timeoutSeconds: 10
      """;

  private static final String BAD_SUBSCRIPTION =
      reviewed(
          Manifests.of(
              "EventSubscription",
              "orders-#/applied",
              "busRef: {name: orders}",
              "filter: {pattern: {detail: {total: [{numeric: ['>']}]}}}"));

  private static final String EARLY_SUBSCRIPTION =
      reviewed(
          Manifests.of(
              "EventSubscription",
              "orders-#/applied",
              "busRef: {name: nowhere}",
              "filter: {detailTypes: [Order.Created]}"));

  @TempDir Path folder;
  private World world;
  private Webhook webhook;
  private Command kubectl;

  @BeforeEach
  void enter(KubernetesClient client, KubeApi api) {
    kubectl = Kubectl.of(api, folder);
    world = new World(client);
    world.apply(Ecommerce.ALL);
    world.ready(ServiceAccountBus.class, "orders-#", "orders");
    webhook = webhook();
  }

  @AfterEach
  void leave() {
    world
        .client()
        .resources(ValidatingWebhookConfiguration.class)
        .withName(world.own("webhook-#"))
        .delete();
    webhook.close();
    secret().ifPresent(secret -> world.client().resource(secret).delete());
    world.close();
  }

  @Test
  void whatCannotWorkIsRefusedAndWhatDoesNotWorkYetIsWarnedOf() throws Exception {
    install();
    awaitReviews();

    Command.Result badPattern = apply(BAD_SUBSCRIPTION);
    assertThat(badPattern.exitCode()).isNotZero();
    assertThat(badPattern.text())
        .contains("validate.eventbackbone.io", "spec.filter: pattern.detail.total[0]");

    Command.Result twin =
        apply(reviewed(Manifests.of("AwsAccount", "a-twin-#", "accountId: \"7#00000002\"")));
    assertThat(twin.exitCode()).isNotZero();
    assertThat(twin.text()).contains("is already AwsAccount orders-");

    Command.Result second =
        apply(reviewed(Ecommerce.bus("orders", "second", "identifier: delivery.service")));
    assertThat(second.exitCode()).isNotZero();
    assertThat(second.text()).contains("globalToDeliveryService", "set another spec.identifier");

    Command.Result early = apply(EARLY_SUBSCRIPTION);
    assertThat(early.exitCode()).isZero();
    assertThat(early.text()).contains("Warning: spec.busRef: ServiceAccountBus", "does not exist");

    assertThat(world.get(AwsAccount.class, "", "a-twin-#")).isNull();
    assertThat(world.get(ServiceAccountBus.class, "orders-#", "second")).isNull();
    assertThat(world.get(EventSubscription.class, "orders-#", "applied")).isNotNull();
  }

  @Test
  void aChangeOfAContractIsRefusedWithWhomItWouldBreak() throws Exception {
    install();
    awaitReviews();
    String total = "{type: object, properties: {total: {type: number}}}";
    assertThat(apply(reviewed(Ecommerce.type("created", "Order.Created", total))).exitCode())
        .isZero();
    world.ready(EventType.class, "orders-#", "created");

    assertThat(
            apply(reviewed(Ecommerce.type("other", "Order.Other", "{type: object, not: {}}")))
                .text())
        .contains("spec.versions[0].schema/not");
    assertThat(
            apply(
                    reviewed(
                        Ecommerce.type(
                            "created",
                            "Order.Created",
                            total,
                            "{type: object, properties: {total: {type: string}}}")))
                .text())
        .contains("spec.compatibility is Full", "{\"total\":0.5}");

    world.apply(
        Ecommerce.subscription(
            "deliveries",
            "big",
            "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total: [5]}}}}"));
    world.ready(EventSubscription.class, "deliveries-#", "big");
    String dropped = reviewed(Ecommerce.type("created", "Order.Created", total, "{type: object}"));
    assertThat(apply(dropped).text())
        .contains(world.own("EventSubscription deliveries-#/big matches on data.total"));
    Command.Result agreed =
        apply(
            dropped.replace(
                "metadata: {",
                "metadata: {annotations: {eventbackbone.io/drop-properties: data.total}, "));
    assertThat(agreed.exitCode()).as(agreed.text()).isZero();

    assertThat(
            apply(
                    reviewed(
                        Ecommerce.subscription(
                            "deliveries",
                            "misspelt",
                            "filter: {detailTypes: [Order.Created], pattern: {detail: {data:"
                                + " {totl: [5]}}}}")))
                .text())
        .contains("Warning: ", "data.totl: did you mean data.total?");
  }

  @Test
  void whatIsRefusedMayStillGo() throws Exception {
    apply(BAD_SUBSCRIPTION);
    world.reason(EventSubscription.class, "orders-#", "applied", "Accepted", "InvalidFilter");
    install();
    awaitReviews();

    world.edit(
        EventSubscription.class,
        "orders-#",
        "applied",
        subscription -> {
          subscription.getMetadata().setAnnotations(Map.of("seen-by", "somebody"));
          return subscription;
        });
    world.delete(EventSubscription.class, "orders-#", "applied");
    world.awaitGone(EventSubscription.class, "orders-#", "applied");
  }

  @Test
  void whoDeletesASubscriptionReadsThatItsQueueFills() throws Exception {
    install();
    awaitReviews();
    String subscription =
        EARLY_SUBSCRIPTION.replace("nowhere", "orders").replace("applied", "leaving");
    apply(subscription);
    world.ready(EventSubscription.class, "orders-#", "leaving");

    Command.Result deleted = kubectl("delete", subscription);
    assertThat(deleted.exitCode()).isZero();
    assertThat(deleted.text())
        .contains(
            "Warning: Rule local-bus-order-service/leaving-",
            "stays enabled",
            "keeps each message for 4 days",
            "Warning: to stop the rule",
            "aws events disable-rule --name leaving-");
  }

  @Test
  void anExpiredCertificateIsReplacedWhileTheApiServerGoesOnAsking() throws Exception {
    install();
    awaitReviews();
    Map<String, String> expired = expired();
    world
        .client()
        .resource(new SecretBuilder(secret().orElseThrow()).addToData(expired).build())
        .update();

    patiently("another certificate in the Secret")
        .until(() ->
            !secret().orElseThrow().getData().get(CERTIFICATE).equals(expired.get(CERTIFICATE)));
    patiently("its being served").until(this::isServingWhatIsInTheSecret);
    awaitReviews();
  }

  private Webhook webhook() {
    return new Webhook(
        new Webhook.Settings(0, NAMESPACE, world.own("webhook-#"), Duration.ofMillis(200)),
        world.client(),
        world.cache(),
        world.cache()::isFilled);
  }

  private void install() {
    world.apply(CONFIGURATION.replace("PORT", Integer.toString(webhook.port())));
  }

  /**
   * The API server takes its time to learn of a configuration; then it is refused what is wrong.
   */
  private void awaitReviews() {
    patiently("a review").until(this::isReviewed);
  }

  private boolean isReviewed() throws IOException, InterruptedException {
    String probe = BAD_SUBSCRIPTION.replace("name: applied", "name: probe");
    return apply(probe, "--dry-run=server").text().contains("detail.total[0]");
  }

  private Optional<Secret> secret() {
    return Optional.ofNullable(
        world.client().secrets().inNamespace(NAMESPACE).withName(world.own("webhook-#")).get());
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE);
  }

  /** A client that trusts that certificate and no other gets through. */
  private boolean isServingWhatIsInTheSecret() throws Exception {
    byte[] pem = Base64.getDecoder().decode(secret().orElseThrow().getData().get(CERTIFICATE));
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "webhook",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    try {
      URI uri = URI.create("https://127.0.0.1:%d/validate".formatted(webhook.port()));
      HttpClient.newBuilder()
          .sslContext(tls)
          .build()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      return true;
    } catch (SSLException e) {
      return false;
    }
  }

  /** Entries of a Secret: a certificate of two years ago, for one year. */
  private static Map<String, String> expired() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=expired");
    byte[] certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.now().minus(Duration.ofDays(730))),
                Date.from(Instant.now().minus(Duration.ofDays(365))),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    return Map.of(
        CERTIFICATE,
        pem("CERTIFICATE", certificate),
        "tls.key",
        pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static String pem(String type, byte[] content) {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** With the label by which the webhook of this world is asked. */
  private static String reviewed(String manifest) {
    return manifest.replace("metadata: {", "metadata: {labels: {reviewed-by: \"webhook-#\"}, ");
  }

  private Command.Result apply(String manifest, String... options)
      throws IOException, InterruptedException {
    return kubectl("apply", manifest, options);
  }

  private Command.Result kubectl(String verb, String manifest, String... options)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("manifest.yaml"), world.own(manifest));
    return kubectl.attempt(
        Stream.concat(Stream.of(verb, "-f", file.toString()), Stream.of(options))
            .toArray(String[]::new));
  }
}
