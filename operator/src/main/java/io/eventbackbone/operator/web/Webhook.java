package io.eventbackbone.operator.web;

import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.operator.admission.Reviewer;
import io.eventbackbone.operator.admission.Reviews;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The validating admission webhook. The operator is right without it; people learn sooner by it.
 */
public final class Webhook implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  /**
   * Often, since a configuration that Helm or a person makes anew has no caBundle until then; a
   * look is two reads by name.
   */
  public static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  /**
   * Where it is found.
   *
   * @param port 0 takes a free one
   * @param namespace of the Secret that the certificate is kept in
   * @param name of that Secret, and of the ValidatingWebhookConfiguration
   * @param lookInterval how often those two are looked at
   */
  public record Settings(int port, String namespace, String name, Duration lookInterval) {}

  private final WebhookServer server;
  private final CertificateRenewal certificates;
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looking;
  private String lastFailure = "";

  /**
   * Serves until closed, on every replica: the API server calls any of them.
   *
   * @param ready whether the inventory is filled
   */
  public Webhook(
      Settings settings, KubernetesClient client, Inventory inventory, BooleanSupplier ready) {
    ServedCertificate served = new ServedCertificate();
    server =
        new WebhookServer(
            settings.port(),
            served,
            WebhookServer.LIMITS,
            ready,
            new Reviews(new Reviewer(inventory))::answer);
    certificates =
        new CertificateRenewal(
            client, settings.namespace(), settings.name(), served, Clock.systemUTC());
    LOG.info(
        "the admission webhook runs; port {}, ValidatingWebhookConfiguration {}, Secret {}/{}",
        server.port(),
        settings.name(),
        settings.namespace(),
        settings.name());
    looking =
        looks.scheduleWithFixedDelay(
            this::look, 0, settings.lookInterval().toMillis(), TimeUnit.MILLISECONDS);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    looking.cancel(true);
    looks.shutdown();
    server.close();
  }

  private void look() {
    try {
      certificates.look();
      lastFailure = "";
    } catch (IllegalStateException | KubernetesClientException e) {
      tell(text(e));
    } catch (RuntimeException e) {
      LOG.error("a look at the webhook's certificate failed, which is a bug: please report it", e);
    }
  }

  /** Says it once, not at every look. */
  private void tell(String failure) {
    if (!failure.equals(lastFailure)) {
      LOG.warn(
          "the webhook's certificate is not in place: {}. It is tried again; the operator works"
              + " without",
          failure);
      lastFailure = failure;
    }
  }

  private static String text(RuntimeException failure) {
    if (!(failure instanceof KubernetesClientException refused) || refused.getStatus() == null) {
      return String.valueOf(failure.getMessage());
    }
    return refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? refused.getStatus().getMessage()
            + "; docs/install.md has the rules that the operator's roles need"
        : refused.getStatus().getMessage();
  }
}
