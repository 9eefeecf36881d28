package io.eventbackbone.sandbox.eventbridge;

import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.DELIVERY;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.GLOBAL;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.ORDERS;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.busArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.queueArn;
import static io.eventbackbone.sandbox.eventbridge.EventBridgeFixture.roleArn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.api.EventTarget.Delivery;
import io.eventbackbone.sandbox.api.EventTarget.Result.Failed;
import io.eventbackbone.sandbox.api.EventTarget.Retry;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The backbone as it is built on AWS: a global bus, a local bus per service account. */
class EventDeliveryTest {

  private static final String EVERYTHING = "{'source': [{'prefix': ''}]}";

  private final EventBridgeFixture events = new EventBridgeFixture();

  @BeforeEach
  void buildBackbone() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'global'}");
    admit(GLOBAL, "global", ORDERS);
    admit(GLOBAL, "global", DELIVERY);
    for (String account : List.of(ORDERS, DELIVERY)) {
      events.call(account, "CreateEventBus", "{'Name': 'local'}");
      admit(account, "local", GLOBAL);
      events.forward(
          account, "local", "log", EVERYTHING, "'Arn': '" + queueArn(account, "in") + "'");
      events.forward(
          GLOBAL,
          "global",
          "to-" + account,
          "{'account': [{'anything-but': ['" + account + "']}]}",
          "'Arn': '%s', 'RoleArn': '%s', 'DeadLetterConfig': {'Arn': '%s'}"
              .formatted(busArn(account, "local"), roleArn(GLOBAL), queueArn(GLOBAL, "dead")));
    }
  }

  @Test
  void anEventComesToEveryAccountButItsSender() {
    String id = events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(received(ORDERS)).isEmpty();
    assertThat(received(DELIVERY)).hasSize(1);
    JsonNode event = received(DELIVERY).get(0);
    assertThat(event.get("id").asText()).isEqualTo(id);
    assertThat(event.get("account").asText()).isEqualTo(ORDERS);
    assertThat(event.get("detail-type").asText()).isEqualTo("Order.Created");
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void theRolePutsTheForwardedEventWithTheKeysOfAnInvocation() {
    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(events.authorizer.asked)
        .filteredOn(asked -> asked.resourceArn().equals(busArn(DELIVERY, "local")))
        .last()
        .satisfies(asked -> {
          assertThat(asked.action()).isEqualTo("events:PutEvents");
          assertThat(asked.principal()).hasFieldOrPropertyWithValue("arn", roleArn(GLOBAL));
          assertThat(asked.context().values())
              .containsEntry("events:source", List.of(ORDERS))
              .containsEntry("events:detail-type", List.of("Order.Created"))
              .containsEntry("events:eventBusInvocation", List.of("true"));
        });
  }

  @Test
  void aQueueOfAnotherAccountGetsEventsFromTheRole() {
    events.forward(
        ORDERS,
        "local",
        "abroad",
        EVERYTHING,
        "'Arn': '%s', 'RoleArn': '%s', 'DeadLetterConfig': {'Arn': '%s'}"
            .formatted(queueArn(GLOBAL, "q"), roleArn(ORDERS), queueArn(ORDERS, "dead")));

    events.publish(ORDERS, "local", "Order.Created");
    events.time.runAll();
    events.untrustedRoles.add(roleArn(ORDERS));
    events.publish(ORDERS, "local", "Order.Created");
    events.time.runAll();

    assertThat(events.sqs.to(queueArn(GLOBAL, "q")))
        .extracting(Delivery::sender)
        .containsExactly(new Principal.Account(ORDERS, roleArn(ORDERS)));
    assertThat(events.sqs.to(queueArn(ORDERS, "in")))
        .extracting(Delivery::sender)
        .containsOnly(Delivery.EVENTBRIDGE);
    assertThat(events.sqs.to(queueArn(ORDERS, "dead")))
        .extracting(letter -> letter.attributes().get("ERROR_CODE"))
        .containsExactly("NO_PERMISSIONS");
  }

  @Test
  void targetsOfServicesThatAreNotThereGetNothing() {
    events.forward(
        ORDERS,
        "local",
        "function",
        EVERYTHING,
        "'Arn': 'arn:aws:lambda:eu-west-1:%s:function:f', 'DeadLetterConfig': {'Arn': '%s'}"
            .formatted(ORDERS, queueArn(ORDERS, "dead")));
    events.forward(
        ORDERS,
        "local",
        "destination",
        EVERYTHING,
        "'Arn': 'arn:aws:events:eu-west-1:%s:api-destination/d/1', 'RoleArn': '%s'"
            .formatted(ORDERS, roleArn(ORDERS)));

    events.publish(ORDERS, "local", "Order.Created");
    events.time.runAll();

    assertThat(received(ORDERS)).hasSize(1);
    assertThat(events.sqs.to(queueArn(ORDERS, "dead"))).isEmpty();
  }

  @Test
  void theTraceHeaderGoesWithTheEventAndNotInIt() {
    String header = "Root=1-5759e988-bd862e3fe1be46a994272793";
    events.call(
        ORDERS,
        "PutEvents",
        "{'Entries': [{'EventBusName': '%s', 'Source': 's', 'DetailType': 'd', 'Detail': '{}',"
                .formatted(busArn(GLOBAL, "global"))
            + " 'TraceHeader': '"
            + header
            + "'}]}");
    events.time.runAll();

    assertThat(events.sqs.to(queueArn(DELIVERY, "in")))
        .extracting(Delivery::traceHeader)
        .containsExactly(Optional.of(header));
    assertThat(received(DELIVERY).get(0).toString()).doesNotContain(header);
  }

  @Test
  void anEventGoesFromBusToBusOnceOnly() {
    events.forward(
        ORDERS,
        "local",
        "back",
        EVERYTHING,
        "'Arn': '%s', 'RoleArn': '%s', 'DeadLetterConfig': {'Arn': '%s'}"
            .formatted(busArn(GLOBAL, "global"), roleArn(ORDERS), queueArn(ORDERS, "dead")));

    events.publish(ORDERS, "local", "Order.Created");
    events.time.runAll();

    // One hop took it to the global bus, whose rule for the delivery account it cannot pass.
    assertThat(received(ORDERS)).hasSize(1);
    assertThat(received(DELIVERY)).isEmpty();
    assertThat(deadLetters()).hasSize(1);
    Delivery deadLetter = deadLetters().get(0);
    assertThat(deadLetter.attributes())
        .containsEntry("ERROR_CODE", "THIRD_ACCOUNT_HOP_DETECTED")
        .containsEntry(
            "RULE_ARN",
            new BusId(new Home(GLOBAL, "eu-west-1"), "global").ruleArn("to-" + DELIVERY))
        .containsEntry("TARGET_ARN", busArn(DELIVERY, "local"))
        .containsOnlyKeys("RULE_ARN", "TARGET_ARN", "ERROR_CODE", "ERROR_MESSAGE");
    assertThat(deadLetter.attributes().get("ERROR_MESSAGE"))
        .endsWith("an event can be sent to an event bus target only once.");
    assertThat(Json.parseObject(deadLetter.body()).orElseThrow().get("account").asText())
        .isEqualTo(ORDERS);
  }

  @Test
  void theHopRuleHoldsInsideOneAccount() {
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'second'}");
    events.call(GLOBAL, "CreateEventBus", "{'Name': 'third'}");
    toBus("global", "second");
    toBus("second", "third");
    events.forward(GLOBAL, "third", "log", EVERYTHING, "'Arn': '" + queueArn(GLOBAL, "in") + "'");

    events.publish(GLOBAL, "global", "Order.Created");
    events.time.runAll();

    assertThat(received(GLOBAL)).isEmpty();
    assertThat(deadLetters())
        .extracting(dead -> dead.attributes().get("ERROR_CODE"))
        .containsExactly("THIRD_ACCOUNT_HOP_DETECTED");
  }

  @Test
  void aHopBetweenRegionsAndOneWithinARegionBothPass() {
    events.callIn("eu-central-1", GLOBAL, "CreateEventBus", "{'Name': 'far'}");
    events.callIn(
        "eu-central-1",
        GLOBAL,
        "PutRule",
        "{'Name': 'r', 'EventBusName': 'far', 'EventPattern': '{\\\"source\\\":[{\\\"prefix\\\":\\\"\\\"}]}'}");
    events.callIn(
        "eu-central-1",
        GLOBAL,
        "PutTargets",
        "{'Rule': 'r', 'EventBusName': 'far', 'Targets': [{'Id': 't', 'Arn': '%s', 'RoleArn': '%s'}]}"
            .formatted(busArn(GLOBAL, "global"), roleArn(GLOBAL)));

    events.time.pass(Duration.ofHours(1));
    events.callIn(
        "eu-central-1",
        GLOBAL,
        "PutEvents",
        "{'Entries': [{'EventBusName': 'far', 'Source': 's', 'DetailType': 'd', 'Detail': '{}',"
            + " 'Time': 1795428000}]}");
    events.time.runAll();

    JsonNode event = received(ORDERS).get(0);
    assertThat(event.get("region").asText()).isEqualTo("eu-central-1");
    assertThat(event.get("time").asText()).isEqualTo("2026-11-23T11:00:00Z");
  }

  @Test
  void aBusWithoutPolicyGetsNothingAndTheDeadLetterSaysWhy() {
    events.call(
        DELIVERY, "RemovePermission", "{'EventBusName': 'local', 'RemoveAllPermissions': true}");

    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(received(DELIVERY)).isEmpty();
    assertThat(deadLetters().get(0).attributes())
        .containsEntry("ERROR_CODE", "NO_PERMISSIONS")
        .containsEntry("ERROR_MESSAGE", "Lack of permissions to invoke cross account target.");
  }

  @Test
  void aRoleThatEventBridgeMayNotAssumeForwardsNothing() {
    events.untrustedRoles.add(roleArn(GLOBAL));

    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(received(DELIVERY)).isEmpty();
    assertThat(deadLetters().get(0).attributes()).containsEntry("ERROR_CODE", "NO_PERMISSIONS");
  }

  @Test
  void eventsForABusThatIsGoneAreDroppedWithoutDeadLetter() {
    events.call(
        DELIVERY, "RemoveTargets", "{'Rule': 'log', 'EventBusName': 'local', 'Ids': ['Target0']}");
    events.call(DELIVERY, "DeleteRule", "{'Name': 'log', 'EventBusName': 'local'}");
    events.call(DELIVERY, "DeleteEventBus", "{'Name': 'local'}");

    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aDisabledRuleDeliversNothing() {
    events.call(DELIVERY, "DisableRule", "{'Name': 'log', 'EventBusName': 'local'}");
    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();
    assertThat(received(DELIVERY)).isEmpty();

    events.call(DELIVERY, "EnableRule", "{'Name': 'log', 'EventBusName': 'local'}");
    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();
    assertThat(received(DELIVERY)).hasSize(1);
  }

  @Test
  void everyTargetOfEveryMatchingRuleGetsTheEvent() {
    events.call(
        DELIVERY,
        "PutTargets",
        ("{'Rule': 'log', 'EventBusName': 'local', 'Targets': ["
                + "{'Id': 'fifo', 'Arn': '%s', 'SqsParameters': {'MessageGroupId': 'g'}},"
                + "{'Id': 'logs', 'Arn': 'arn:aws:logs:eu-west-1:333333333333:log-group:audit'}]}")
            .formatted(queueArn(DELIVERY, "q.fifo")));
    events.forward(
        DELIVERY,
        "local",
        "created",
        "{'detail-type': ['Order.Created']}",
        "'Arn': '%s', 'InputPath': '$.detail-type'".formatted(queueArn(DELIVERY, "created")));
    events.forward(
        DELIVERY,
        "local",
        "updated",
        "{'detail-type': ['Order.Updated']}",
        "'Arn': '%s'".formatted(queueArn(DELIVERY, "updated")));

    events.publish(ORDERS, busArn(GLOBAL, "global"), "Order.Created");
    events.time.runAll();

    assertThat(received(DELIVERY)).hasSize(1);
    assertThat(events.logs.deliveries).hasSize(1);
    assertThat(events.sqs.to(queueArn(DELIVERY, "q.fifo")).get(0).messageGroupId()).contains("g");
    assertThat(events.sqs.to(queueArn(DELIVERY, "created")))
        .extracting(Delivery::body)
        .containsExactly("\"Order.Created\"");
    assertThat(events.sqs.to(queueArn(DELIVERY, "updated"))).isEmpty();
    assertThat(events.sqs.to(queueArn(DELIVERY, "created")).get(0).ruleArn())
        .isEqualTo("arn:aws:events:eu-west-1:333333333333:rule/local/created");
  }

  @Test
  void brokenJsonOfATransformerIsADeadLetter() {
    deliverWith("'InputTransformer': {'InputTemplate': '{\\\"a\\\":<aws.events.rule-name>,}'}");

    publishHere();

    assertThat(received(ORDERS)).isEmpty();
    assertThat(deadLetters().get(0).attributes()).containsEntry("ERROR_CODE", "INVALID_JSON");
  }

  @Nested
  class Retries {

    private final String queue = queueArn(ORDERS, "in");

    @Test
    void aPointlessFailureIsADeadLetterAtOnce() {
      answer(new Failed("NO_RESOURCE", "There is no queue.", Retry.POINTLESS));
      deliverWith("'RetryPolicy': {'MaximumRetryAttempts': 3}");

      publishHere();

      assertThat(events.sqs.to(queue)).hasSize(1);
      assertThat(deadLetters().get(0).attributes())
          .containsEntry("ERROR_CODE", "NO_RESOURCE")
          .containsEntry("ERROR_MESSAGE", "There is no queue.")
          .doesNotContainKeys("EXHAUSTED_RETRY_CONDITION", "RETRY_ATTEMPTS");
    }

    @Test
    void aFailureWorthARetryIsRetriedAsOftenAsThePolicySays() {
      answer(new Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
      deliverWith("'RetryPolicy': {'MaximumRetryAttempts': 3}");
      Instant start = events.time.instant();

      publishHere();

      assertThat(events.sqs.to(queue)).hasSize(4);
      assertThat(deadLetters().get(0).attributes())
          .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts")
          .containsEntry("RETRY_ATTEMPTS", "3");
      assertThat(Duration.between(start, events.time.instant())).hasSeconds(1 + 2 + 4);
    }

    @Test
    void retriesEndWhenTheEventIsTooOld() {
      answer(new Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
      deliverWith("'RetryPolicy': {'MaximumEventAgeInSeconds': 60}");
      Instant start = events.time.instant();

      publishHere();

      assertThat(deadLetters().get(0).attributes())
          .containsEntry("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds")
          .containsEntry("RETRY_ATTEMPTS", "5");
      assertThat(Duration.between(start, events.time.instant())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void withoutAPolicyRetriesLastAboutADay() {
      answer(new Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
      deliverWith("'InputPath': '$'");
      Instant start = events.time.instant();

      publishHere();

      assertThat(deadLetters()).hasSize(1);
      assertThat(Duration.between(start, events.time.instant()))
          .isBetween(Duration.ofHours(23), Duration.ofHours(24));
      assertThat(events.sqs.to(queue)).hasSizeBetween(180, 186);
    }

    @Test
    void aTargetThatComesBackGetsTheEvent() {
      answer(new Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
      deliverWith("'RetryPolicy': {'MaximumRetryAttempts': 3}");
      events.time.after(Duration.ofSeconds(2), events.sqs.answers::clear);

      publishHere();

      assertThat(events.sqs.to(queue)).hasSize(3);
      assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aDeadLetterQueueThatRefusesIsNotTriedAgain() {
      answer(new Failed("NO_RESOURCE", "There is no queue.", Retry.POINTLESS));
      events.sqs.answers.put(
          queueArn(GLOBAL, "dead"), new Failed("THROTTLING", "Slow down.", Retry.WORTHWHILE));
      deliverWith("'InputPath': '$'");

      publishHere();

      assertThat(deadLetters()).hasSize(1);
    }

    private void answer(Failed failed) {
      events.sqs.answers.put(queue, failed);
    }
  }

  /** Gives the local bus's own rule more members of Target. */
  private void deliverWith(String members) {
    events.forward(
        ORDERS,
        "local",
        "log",
        EVERYTHING,
        "'Arn': '%s', 'DeadLetterConfig': {'Arn': '%s'}, %s"
            .formatted(queueArn(ORDERS, "in"), queueArn(GLOBAL, "dead"), members));
  }

  private void publishHere() {
    events.publish(ORDERS, "local", "Order.Created");
    events.time.runAll();
  }

  private void toBus(String from, String to) {
    events.forward(
        GLOBAL,
        from,
        "to-" + to,
        EVERYTHING,
        "'Arn': '%s', 'RoleArn': '%s', 'DeadLetterConfig': {'Arn': '%s'}"
            .formatted(busArn(GLOBAL, to), roleArn(GLOBAL), queueArn(GLOBAL, "dead")));
  }

  private void admit(String owner, String bus, String account) {
    events.call(
        owner,
        "PutPermission",
        "{'EventBusName': '%s', 'Action': 'events:PutEvents', 'Principal': '%s', 'StatementId': '%s'}"
            .formatted(bus, account, "from-" + account));
  }

  private List<? extends JsonNode> received(String account) {
    return events.sqs.to(queueArn(account, "in")).stream()
        .map(delivery -> Json.parseObject(delivery.body()).orElseThrow())
        .toList();
  }

  private List<Delivery> deadLetters() {
    return events.sqs.deliveries.stream()
        .filter(delivery -> delivery.targetArn().endsWith(":dead"))
        .toList();
  }
}
