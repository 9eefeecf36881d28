package io.eventbackbone.operator.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.operator.aws.LocalAws;
import io.eventbackbone.operator.leadership.Fence;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** What reaches AWS through a fence. */
class FencedCallsIT {

  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AutoClose private final Sandbox sandbox = Sandbox.start();

  @Test
  void aReplicaThatDoesNotLeadCallsNothing() {
    assertThatThrownBy(() -> createBus(closingAfter(0))).isInstanceOf(Closed.class);
    assertThat(sandbox.calls()).isEmpty();
  }

  @Test
  void aLeaderCalls() {
    createBus(Fence.OPEN);
    assertThat(sandbox.calls())
        .extracting(RecordedCall::operation)
        .containsExactly("CreateEventBus");
  }

  @Test
  void anAttemptIsCheckedAnew() {
    sandbox.inject(Fault.of(Effect.Refusal.SERVER_ERROR));
    assertThatThrownBy(() -> createBus(closingAfter(1))).isInstanceOf(Closed.class);
    assertThat(sandbox.calls()).hasSize(1);
  }

  private static Fence closingAfter(int checks) {
    AtomicInteger left = new AtomicInteger(checks);
    return () -> {
      if (left.getAndDecrement() <= 0) {
        throw new Closed();
      }
    };
  }

  private void createBus(Fence fence) {
    AwsEnvironment environment =
        new LocalAws(sandbox.endpoint()).environment(LocalAws.root("222222222222"));
    try (ServiceClients clients =
        new ServiceClients(environment, new SimpleMeterRegistry(), fence)) {
      clients
          .own(EventBridgeClient.class, EventBridgeClient::builder, "eu-west-1")
          .createEventBus(it -> it.name("orders"));
    }
  }
}
