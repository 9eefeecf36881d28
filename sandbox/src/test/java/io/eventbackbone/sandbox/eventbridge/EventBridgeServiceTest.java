package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.object;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.Call;
import io.eventbackbone.sandbox.api.EventTarget;
import io.eventbackbone.sandbox.api.Scheduler;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventBridgeServiceTest {

  @Test
  void deliversOnThreadsOfItsOwn() throws InterruptedException {
    BlockingQueue<Thread> deliverers = new LinkedBlockingQueue<>();
    EventTarget queue =
        delivery -> {
          deliverers.add(Thread.currentThread());
          return new EventTarget.Result.Delivered();
        };
    try (Scheduler scheduler = new Scheduler.Threads()) {
      EventBridgeService service =
          new EventBridgeService(
              new FakeAuthorizer(),
              (principal, role) -> {
                throw new AssertionError("no role is needed");
              },
              Map.of("sqs", queue),
              (bus, logType, record) -> {},
              Clock.systemUTC(),
              RuleQuotas.DEFAULT,
              scheduler);
      call(service, "PutRule", "{'Name': 'r', 'EventPattern': '{\\\"source\\\":[\\\"s\\\"]}'}");
      call(
          service,
          "PutTargets",
          "{'Rule': 'r', 'Targets': [{'Id': 't', 'Arn': '%s'}]}".formatted(queueArn(ORDERS, "q")));
      call(
          service,
          "PutEvents",
          "{'Entries': [{'Source': 's', 'DetailType': 'd', 'Detail': '{}'}]}");

      assertThat(deliverers.poll(30, TimeUnit.SECONDS))
          .isNotNull()
          .isNotSameAs(Thread.currentThread());
    }
  }

  private static void call(EventBridgeService service, String operation, String input) {
    service.handle(
        new Call(
            new Principal.Account(ORDERS, "arn:aws:iam::" + ORDERS + ":root"),
            EventBridgeFixture.REGION,
            operation,
            object(input)));
  }
}
