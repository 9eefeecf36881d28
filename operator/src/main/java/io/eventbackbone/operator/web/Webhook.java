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
 * The validating admission webhook. The operator works without it; the webhook tells people sooner.
 */
public final class Webhook implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  /**
   * Look often: a configuration that Helm or a person creates again has no caBundle until the next
   * look. A look is two reads by name.
   */
  public static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  /**
   * Where the webhook listens and keeps its certificate.
   *
   * @param port 0: any free port
   * @param namespace of the certificate's Secret
   * @param name of that Secret, and of the ValidatingWebhookConfiguration
   * @param lookInterval the time between two looks at them
   */
  public record Settings(int port, String namespace, String name, Duration lookInterval) {}

  private final WebhookServer server;
  private final CertificateRenewal certificates;
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looking;
  private String lastFailure = "";

  /**
   * Serves until closed, on every replica, because the API server calls any of them.
   *
   * @param ready whether the inventory is complete
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

  /** Logs a failure once, not at every look. */
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
