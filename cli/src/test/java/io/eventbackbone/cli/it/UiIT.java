package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.cli.Backbone.Running;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The page, in a real browser, of a cluster that the operator has reconciled. */
@ExtendWith(RealKubeApi.class)
class UiIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]+/");

  /** With names as in the documents, which have pictures of this test. */
  private static final String MANIFESTS =
      (Ecommerce.ALL + Ecommerce.TENANT + Ecommerce.INSIGHT).replace("-#", "");

  private static final String EVENT =
      """
      {
        "detail-type": "Order.Created",
        "source": "order-service",
        "detail": {"metadata": {}, "data": {"country": "SE"}}
      }\
      """;

  private static World world;
  private static AwsEnvironmentOfTest aws;
  private static Running command;
  private static URI address;
  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void start(KubeApi api) {
    browser = Browser.start(UiIT.class);
    world = new World(api);
    aws = new AwsEnvironmentOfTest(world.sandbox().endpoint());
    world.apply(MANIFESTS);
    world.awaitReady();
    command = world.startWithAws("ui");
    address = addressOf(command);
  }

  private static URI addressOf(Running running) {
    Matcher found =
        await().atMost(PATIENCE).until(() -> ADDRESS.matcher(running.out()), Matcher::find);
    return URI.create(found.group());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
    if (command != null) {
      assertThat(command.end()).isZero();
      aws.close();
      world.close();
    }
  }

  @BeforeEach
  void open() {
    browser.open(address);
    browser.awaitText("#columns", "deliveries/new-orders");
  }

  @AfterEach
  void nothingWasAmiss() {
    browser.assertAtPeaceWith(address);
  }

  private static void publish(String id) {
    publish(id, "flow-" + id);
  }

  private static void publish(String id, String flow) {
    try (EventBridgeClient orders = world.eventBridge(2)) {
      orders.putEvents(it ->
          it.entries(
              PutEventsRequestEntry.builder()
                  .eventBusName(
                      "arn:aws:events:eu-west-1:%s:event-bus/global-bus"
                          .formatted(world.account(1)))
                  .source("order-service")
                  .detailType("Order.Created")
                  .detail(
                      "{\"metadata\": {\"id\": \"%s\", \"correlationId\": \"%s\"}, \"data\": {}}"
                          .formatted(id, flow))
                  .build()));
    }
  }

  @Test
  void drawsTheTopologyWithItsState() throws IOException {
    assertThat(browser.nodes())
        .contains(
            "producer orders/orders",
            "backbone platform/main",
            "route platform/fan-out",
            "bus deliveries/deliveries",
            "subscription deliveries/new-orders");
    assertThat(browser.node("subscription deliveries/new-orders").getText())
        .contains("ready", "Order.Created");
    assertThat(browser.all("#edges path")).hasSize(7);
    browser.awaitText("#state", "9 of 9 objects are as they should be");
    browser.awaitText("#flow", "/aws/events/global-bus");
    browser.takePicture("page-light");
  }

  @Test
  void showsAnObjectWithItsConditions() {
    publish("seen-by-the-log");
    browser.node("subscription deliveries/new-orders").click();

    browser.awaitText("#details-title", "EventSubscription deliveries/new-orders");
    browser.awaitText("#details-body", "Ready: True");
    browser.awaitText("#details-body", "/aws/events/local-bus-delivery-service");
  }

  @Test
  void lightsUpTheWayOfAPastedEvent() throws IOException {
    browser.find("#who-from option[value='orders/orders']").click();
    browser.find("#who-event").sendKeys(EVENT);
    browser.find("#who button[type=submit]").click();

    browser.awaitText(
        "#who-answer", "1 of 2 subscriptions receives Order.Created from orders/orders");
    assertThat(
            browser.strings(
                "[...document.querySelectorAll('.lit[data-id]')].map(it => it.dataset.id)"))
        .containsExactlyInAnyOrder(
            "producer orders/orders",
            "backbone platform/main",
            "route platform/fan-out",
            "bus deliveries/deliveries",
            "subscription deliveries/new-orders");
    assertThat(browser.all("#edges path.lit")).hasSize(4);
    assertThat(browser.node("subscription orders/deliveries").getText())
        .contains("does not receive it", "the filter wants [\"Delivery.Updated\"]");
    browser.scrollToTop();
    browser.takePicture("page-way");
    assertSameAsWho();

    browser.find("#who-clear").click();
    assertThat(browser.all(".lit")).isEmpty();
  }

  private void assertSameAsWho() throws IOException {
    Path event = Files.writeString(folder.resolve("event.json"), EVENT);
    JsonNode answer =
        new JsonMapper()
            .readTree(
                world
                    .run(
                        "who", "--event", event.toString(), "--from", "orders/orders", "-o", "json")
                    .out());
    for (JsonNode receiver : answer.get("receivers")) {
      assertThat(browser.find("#who-answer").getText())
          .contains(
              receiver.get("subscription").asText(),
              receiver.get("verdict").asText(),
              receiver.path("message").asText());
    }
  }

  @Test
  void tellsThatAnEventIsNone() {
    browser.find("#who-event").sendKeys("{\"detail\": {}}");
    browser.find("#who button[type=submit]").click();

    browser.awaitText("#who-answer [role=alert]", "the event has no detail-type");
    browser.expectComplaint("400");
  }

  @Test
  void takesTextForTextAndNoStyleFromOutside() {
    browser.find("#who-event").sendKeys("<b id='bold'>Order</b>");
    browser.find("#who button[type=submit]").click();
    browser.awaitText("#who-answer", "0 of 2 subscriptions receive <b id='bold'>Order</b>");
    assertThat(browser.all("#bold")).isEmpty();

    browser.run(
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))");
    browser.expectComplaint("Content Security Policy");
  }

  @Test
  void findsAndFocuses() {
    browser.find("#search-text").sendKeys("order.cr");
    browser.awaitText("#search-matches", "Order.Created event type");
    browser.find("#search-text").sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
    browser.awaitText("#focus", "Focused on event type Order.Created.");
    awaitNoNode("subscription orders/deliveries");
    assertThat(browser.nodes()).contains("subscription deliveries/new-orders");

    focusOn(world.account(2));
    browser.awaitText("#columns", "orders/deliveries");
    awaitNoNode("subscription deliveries/new-orders");

    focusOn("orders/deliveries");
    browser.awaitText("#details-title", "EventSubscription orders/deliveries");
    browser.find("#everything").click();
    browser.awaitText("#columns", "deliveries/new-orders");
  }

  private static void focusOn(String name) {
    browser.find("#search-text").clear();
    browser.find("#search-text").sendKeys(name);
    browser.awaitText("#search-matches", name);
    browser.find("#search-text").sendKeys(Keys.ENTER);
    browser.awaitText("#focus", name);
  }

  private static void awaitNoNode(String id) {
    await(id).atMost(PATIENCE).until(() -> !browser.nodes().contains(id));
  }

  @Test
  void isWalkedByKeyboard() {
    for (int i = 0; i < 10 && !browser.focusedNode().startsWith("producer"); i++) {
      browser.press(Keys.TAB);
    }
    assertThat(browser.focusedNode()).isEqualTo("producer deliveries/deliveries");
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.focusedNode()).isEqualTo("producer orders/orders");
    for (String next :
        new String[] {
          "backbone platform/main",
          "route platform/fan-out",
          "bus deliveries/deliveries",
          "subscription deliveries/new-orders"
        }) {
      browser.press(Keys.ARROW_RIGHT);
      assertThat(browser.focusedNode()).isEqualTo(next);
    }
    browser.press(Keys.ARROW_LEFT);
    assertThat(browser.focusedNode()).isEqualTo("bus deliveries/deliveries");
    browser.press(Keys.ENTER);
    browser.awaitText("#details-title", "ServiceAccountBus deliveries/deliveries");
  }

  @Test
  void showsAFlowAsATimeline() throws IOException {
    publish("first");
    publish("second", "flow-first");
    await()
        .atMost(PATIENCE)
        .until(
            () -> world.runWithAws("why", "flow-first").out(),
            it -> it.split("ok   Queue", -1).length > 2);
    browser.find("#why-id").sendKeys("flow-first", Keys.ENTER);

    browser.awaitText("#why-answer", "Order.Created delivered");
    assertThat(browser.all("#why-answer h3")).hasSize(2);
    assertThat(browser.find("#why-answer .delivered").findElements(By.cssSelector("li.passed")))
        .hasSizeGreaterThanOrEqualTo(5);
    assertThat(browser.find("#why-answer").getText())
        .contains("Global passed", "log group /aws/events/global-bus", "Queue passed");

    browser.awaitText("#flow", "Order.Created from order-service");
    assertThat(browser.node("producer orders/orders").getText()).contains("last event");
    browser.find("#flow button").click();
    browser.awaitText("#why-answer", "Order.Created");
    browser.takePicture("page-timeline");
  }

  @Test
  void staysLive() {
    world.apply(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: lost, namespace: orders}
        spec: {busRef: {name: orders}, filter: {detailTypes: [Delivery.Cancelled]}, suspend: true}
        """);
    try {
      browser.awaitText("#columns", "orders/lost");
    } finally {
      world
          .client()
          .resources(EventSubscription.class)
          .inNamespace("orders")
          .withName("lost")
          .delete();
    }
    awaitNoNode("subscription orders/lost");
  }

  @Test
  void isDarkWhereThatIsPreferred() throws IOException {
    browser.prefer("prefers-color-scheme", "dark");
    assertThat(browser.find("body").getCssValue("background-color")).contains("13, 17, 23");
    browser.awaitText("#state", "objects are as they should be");
    browser.takePicture("page-dark");
    browser.prefer("prefers-color-scheme", "light");
    assertThat(browser.find("body").getCssValue("background-color")).contains("255, 255, 255");
  }

  @Test
  void standsStillWhereMotionIsUnwanted() {
    assertThat(browser.node("bus orders/orders").getCssValue("transition-duration"))
        .isNotEqualTo("0s");
    browser.prefer("prefers-reduced-motion", "reduce");
    assertThat(browser.node("bus orders/orders").getCssValue("transition-duration"))
        .isEqualTo("0s");
    browser.prefer("prefers-reduced-motion", "no-preference");
  }

  @Test
  void hasNoBarriers() {
    browser.find("#who-event").sendKeys("Order.Created");
    browser.find("#who button[type=submit]").click();
    browser.awaitText("#who-answer", "1 of 2 subscriptions");
    browser.node("subscription deliveries/new-orders").click();
    browser.awaitText("#details-body", "/aws/events/local-bus-delivery-service");
    browser.find("#why-id").sendKeys("no-such-id", Keys.ENTER);
    browser.awaitText("#why-answer", "EB201");
    browser.find("#search-text").sendKeys("order");
    browser.awaitText("#search-matches", "Order.Created");
    for (String scheme : new String[] {"dark", "light"}) {
      browser.prefer("prefers-color-scheme", scheme);
      assertThat(browser.barriers()).isEmpty();
    }
  }

  @Test
  void tellsThatThePortIsTaken() {
    Result second = world.run("ui", "--port=" + address.getPort());

    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.err())
        .contains("--port %d can't be listened on".formatted(address.getPort()));
  }

  @Test
  void tellsATenantWhatIsMissing() throws InterruptedException {
    try (Running tenant = world.startWithAws("ui", "--as=tenant", "-n", "deliveries")) {
      URI own = addressOf(tenant);
      browser.assertAtPeaceWith(address);
      browser.open(own);

      browser.awaitText("#columns", "deliveries/new-orders");
      browser.awaitText("#partial", "This is partial.");
      browser.awaitText("#partial", "You may not see AwsAccounts");
      assertThat(browser.nodes()).doesNotContain("subscription orders/deliveries");
      browser.awaitText("#state", "objects are as they should be");
      browser.assertAtPeaceWith(own);
      browser.open(address);
      browser.awaitText("#columns", "deliveries/new-orders");
      assertThat(tenant.end()).isZero();
    }
  }
}
