package io.eventbackbone.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What AWS fails at is told, and the log is not filled with it. */
@ExtendWith(RealKubeApi.class)
class QuietFailuresIT {

  private static final class Warnings extends AppenderBase<ILoggingEvent> {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }

    List<String> of(String words) {
      return events.stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(line -> line.contains(words))
          .toList();
    }

    List<String> withStackTraces(String words) {
      return events.stream()
          .filter(event -> event.getThrowableProxy() != null)
          .map(ILoggingEvent::getFormattedMessage)
          .filter(line -> line.contains(words))
          .toList();
    }
  }

  private final Warnings warnings = new Warnings();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private World world;

  @BeforeEach
  void enter(KubernetesClient client) {
    world = new World(client);
    warnings.start();
    root.addAppender(warnings);
  }

  @AfterEach
  void leave() {
    root.detachAppender(warnings);
    world.close();
  }

  @Test
  void linesComeLessAndLessOftenAndHaveNoStackTrace() {
    world
        .sandbox()
        .inject(
            Fault.of(Effect.Refusal.ACCESS_DENIED).inAccount(world.account(1)).ofService("events"));
    world.apply(Ecommerce.ALL);
    world.reason(EventBackbone.class, "platform-#", "main", "Programmed", "AccessDenied");
    String object = world.own("EventBackbone platform-#/main");
    await().until(() -> warnings.of(object).stream().anyMatch(it -> it.contains("failed 4 times")));
    assertThat(warnings.of(object))
        .as("of the second failure and of the fourth")
        .hasSize(2)
        .allMatch(line -> line.contains("next try in"));
    assertThat(warnings.withStackTraces(world.own("platform-#"))).isEmpty();
  }
}
