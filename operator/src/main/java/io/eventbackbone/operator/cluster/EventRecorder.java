package io.eventbackbone.operator.cluster;

import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes Events about custom resources; the same Event again only counts up. */
public final class EventRecorder {

  /** Severity, as Events have it. */
  public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    EventType(String text) {
      this.text = text;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "event-backbone-operator";

  /** The API server refuses longer messages. */
  private static final int MESSAGE_LIMIT = 1024;

  private final KubernetesClient client;
  private final Clock clock;

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Records; an Event that can't be written is logged and no reason to fail. */
  public void record(HasMetadata about, EventType type, Reason reason, String message) {
    LOG.info("{}: {}: {}", Admissions.describe(about), reason.text(), message);
    Event event = event(about, type, reason, message);
    try {
      write(event);
    } catch (KubernetesClientException e) {
      LOG.warn("{}: could not record an Event: {}", Admissions.describe(about), e.getMessage());
    }
  }

  /** Most are new, so it is not looked first. */
  private void write(Event event) {
    try {
      client.v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      client
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          .withName(event.getMetadata().getName())
          .edit(known -> again(known, event));
    }
  }

  private static Event again(Event known, Event event) {
    return new EventBuilder(known)
        .withCount(known.getCount() + 1)
        .withLastTimestamp(event.getLastTimestamp())
        .build();
  }

  private Event event(HasMetadata about, EventType type, Reason reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String shown =
        message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT);
    int hash = Objects.hash(about.getMetadata().getUid(), reason.text(), shown);
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(Optional.ofNullable(about.getMetadata().getNamespace()).orElse("default"))
        .withName("%s.%08x".formatted(about.getMetadata().getName(), hash))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(type.text)
        .withReason(reason.text())
        .withMessage(shown)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }
}
