package io.eventbackbone.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "order-service, globalToOrderService",
    "orders, globalToOrders",
    "com.acme.orders_v2, globalToComAcmeOrdersV2",
    "2fast, globalTo2fast",
    "orderService, globalToOrderService",
  })
  void forwardingRulesAreInPascalCase(String identifier, String rule) {
    assertThat(Names.forwardingRule(identifier)).isEqualTo(rule);
  }

  /**
   * Roles may delete whatever begins like a forwarding rule. No identifier comes to a pack's name.
   */
  @Test
  void packsAreNamedLikeNoForwardingRule() {
    assertThat("globalTo-pack-12").startsWith(Names.forwardingRule(""));
    assertThat(Names.isPack("globalTo-pack-12")).isTrue();
    assertThat(Names.isPack(Names.forwardingRule("-pack-12"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "global-bus, global-bus-dlq",
    "com.acme, com-acme-751ca6f4-dlq",
  })
  void deadLetterQueuesAreNamedAfterTheirBus(String bus, String queue) {
    assertThat(Names.deadLetterQueue(bus)).isEqualTo(queue);
  }

  @Test
  void busesWhoseNamesDifferHaveDifferentDeliveries() {
    assertThat(Names.deliveryDestination("a.b")).isNotEqualTo(Names.deliveryDestination("a-b"));
    assertThat(Names.deliverySource("x".repeat(200), LogConfig.LogType.ERROR_LOGS))
        .isNotEqualTo(Names.deliverySource("x".repeat(201), LogConfig.LogType.ERROR_LOGS));
  }

  @Test
  void busesWhoseNamesDifferHaveDifferentQueues() {
    assertThat(Names.deadLetterQueue("a.b")).isNotEqualTo(Names.deadLetterQueue("a-b"));
    assertThat(Names.deadLetterQueue("x".repeat(200)))
        .hasSize(80)
        .isNotEqualTo(Names.deadLetterQueue("x".repeat(201)));
  }

  @Test
  void subscriptionsOfTwoNamespacesDoNotMeet() {
    assertThat(Names.subscriptionRule("a", "orders"))
        .startsWith("orders-")
        .isNotEqualTo(Names.subscriptionRule("b", "orders"));
  }

  @Test
  void longNamesFitTheLimitsOfTheServices() {
    String name = "n".repeat(253);
    assertThat(Names.subscriptionRule("ns", name)).hasSize(64);
    assertThat(Names.subscriptionQueue("ns", name, Queue.Kind.FIFO)).hasSize(80).endsWith(".fifo");
    assertThat(Names.subscriptionDeadLetterQueue("ns", name, Queue.Kind.FIFO))
        .hasSize(80)
        .endsWith("-dlq.fifo");
    assertThat(Names.archive("b".repeat(256))).hasSize(48);
    assertThat(Names.messageGroup(name)).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({"orders", "a.b", "x"})
  void patternsCoverWhatIsGivenToSubscriptions(String name) {
    String longName = name.repeat(90);
    assertThat(List.of(Names.subscriptionRule("ns", name), Names.subscriptionRule("ns", longName)))
        .allMatch(rule -> covers(Names.everySubscriptionRule(), rule));
    for (Queue.Kind kind : Queue.Kind.values()) {
      assertThat(
              Stream.of(name, longName)
                  .flatMap(it ->
                      Stream.of(
                          Names.subscriptionQueue("ns", it, kind),
                          Names.subscriptionDeadLetterQueue("ns", it, kind))))
          .allMatch(queue ->
              Names.everySubscriptionQueue().stream().anyMatch(pattern -> covers(pattern, queue)));
    }
  }

  /** The hash at a name's end is of the bus's name, which a pattern does not know. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "local-bus-*",
        "com.acme.*",
        "*.acme",
        "*-prod",
        "team-*-bus",
        "team.*-bus",
        "team-*.bus",
        "*-a-*",
        "a*b*",
        "-*-"
      })
  void patternsMadeOfABussPatternCoverTheNamesOfItsBuses(String pattern) {
    for (String any : List.of("", "o", "-", ".", "orders", "com.acme", "x".repeat(99))) {
      String bus = pattern.replace("*", any);
      assertAllCovered(pattern, bus);
      assertAllCovered("y".repeat(33) + pattern, "y".repeat(33) + bus);
      assertAllCovered("y".repeat(62) + pattern, "y".repeat(62) + bus);
      assertAllCovered("y".repeat(99) + pattern, "y".repeat(99) + bus);
      assertAllCovered(bus, bus);
    }
  }

  private static void assertAllCovered(String pattern, String bus) {
    assertCovered(Names.everyDeadLetterQueue(pattern), Names.deadLetterQueue(bus));
    assertCovered(Names.everyArchive(pattern), Names.archive(bus));
    assertCovered(Names.everySchemaRegistry(pattern), Names.schemaRegistry(bus));
    assertCovered(Names.everyDeliveryDestination(pattern), Names.deliveryDestination(bus));
    for (LogConfig.LogType type : LogConfig.LogType.values()) {
      assertCovered(Names.everyDeliverySource(pattern), Names.deliverySource(bus, type));
    }
    assertCovered(List.of(Names.logGroup(pattern)), Names.logGroup(bus));
    assertCovered(List.of(Names.busLogGroup(pattern)), Names.busLogGroup(bus));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local-bus-*  | local-bus-*-dlq
          com.acme.*   | com-acme-*-????????-dlq
          *-prod       | *-prod-dlq *-????????-dlq
          *.prod       | *-????????-dlq
          com.acme     | com-acme-751ca6f4-dlq
          """)
  void patternsMadeOfABussPatternCoverNoMoreThanTheyMust(String bus, String queues) {
    assertThat(Names.everyDeadLetterQueue(bus)).containsExactly(queues.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders | Order.Created      | orders@Order.Created
          a.b-c  | Order_Created      | a.b-c@Order_Created
          orders | Order Created      | orders@OrderCreated-8b109053
          orders | Order@Created      | orders@OrderCreated-0ae83859
          """)
  void aSchemaHasTheNameThatEventBridgeWouldGiveIt(String source, String type, String name) {
    assertThat(Names.schema(source, type)).isEqualTo(name);
    assertThat(Names.schema(source, type + "x".repeat(400))).hasSize(385);
  }

  @ParameterizedTest
  @CsvSource({"global-bus", "com.acme", "local-bus-orders", "local-bus-com.acme"})
  void whatDeliversALogHasANameThatCloudWatchLogsTakes(String bus) {
    for (String busName : List.of(bus, bus + "x".repeat(200))) {
      for (LogConfig.LogType type : LogConfig.LogType.values()) {
        String source = Names.deliverySource(busName, type);
        assertThat(source).matches("[\\w-]{1,60}").endsWith("-logs");
        assertCovered(Names.everyDeliverySource(busName), source);
      }
      assertThat(Names.deliveryDestination(busName)).matches("[\\w-]{1,60}");
    }
  }

  private static void assertCovered(List<String> patterns, String name) {
    assertThat(patterns).as("patterns of %s", name).anyMatch(pattern -> covers(pattern, name));
  }

  private static boolean covers(String pattern, String name) {
    return name.matches(pattern.replace(".", "\\.").replace("*", ".*").replace('?', '.'));
  }
}
