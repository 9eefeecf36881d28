package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.kubeapi.programs.PythonEnvironment;
import io.eventbackbone.operator.reconcile.Account;
import io.eventbackbone.operator.reconcile.AwsSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The commands of {@code docs/tutorials} and of {@code docs/replay.md}, typed one block after the
 * other.
 */
class TutorialsIT {

  private static final String OPERATOR = "999999999999";
  private static final String PLATFORM = "111111111111";
  private static final String ORDERS = "222222222222";
  private static final String DELIVERIES = "333333333333";
  private static final String BILLING = "444444444444";

  /** Version 1, which is a Python package. */
  private static final PythonEnvironment AWS_COMMAND_LINE =
      new PythonEnvironment("aws-cli", "awscli==1.46.2\n");

  @TempDir private Path folder;

  @Test
  void aNewServiceJoins() throws IOException {
    try (Site site = installed();
        OperatorProcess operator = site.startOperator("joining", OPERATOR)) {
      site.convergeEcommerce();
      assertThat(follow(site, Page.read("tutorials/new-service.md").steps()))
          .contains("4711", "15 of 15 objects are as they should be");
      operator.requireAlive();
    }
  }

  @Test
  void aLostAfternoonComesBack() throws IOException {
    try (Site site = installed();
        OperatorProcess operator = site.startOperator("replaying", OPERATOR)) {
      site.convergeEcommerce();
      assertThat(follow(site, Page.read("replay.md").steps()))
          .contains("Completed", "\"orderId\":\"4711\"", "\"orderId\":\"4712\"");
      operator.requireAlive();
    }
  }

  /** An event is sent after each step. The consumer reads the old queue, then the new one. */
  @Test
  void adoptingLosesNoEvent() throws IOException {
    try (Site site = installed();
        OperatorProcess operator = site.startOperator("adopting", OPERATOR)) {
      site.convergeEcommerce();
      Set<String> sent = new HashSet<>();
      for (Page.Step step : Page.read("tutorials/adopting.md").steps()) {
        follow(site, List.of(step));
        sent.add(publish(site, "Order.Cancelled"));
      }
      String queue = queueOf(site, "cancelled-orders", "billing");
      String oldQueue =
          Account.of(site.aws(), BILLING)
              .queues()
              .getQueueUrl(it -> it.queueName("billing-events"))
              .queueUrl();
      Set<String> received = new HashSet<>();
      await()
          .untilAsserted(() -> {
            received.addAll(receive(site, BILLING, oldQueue));
            received.addAll(receive(site, BILLING, queue));
            assertThat(received).isEqualTo(sent);
          });
      assertThat(AwsSnapshot.of(site.aws(), List.of(BILLING)).resources())
          .hasEntrySatisfying(
              BILLING + " bus local-bus-billing-service",
              bus -> assertThat(bus).contains("eventbackbone.io/owner"));
      operator.requireAlive();
    }
  }

  @Test
  void whatStaysAfterLeavingGoesOn() throws IOException {
    Page page = Page.read("tutorials/leaving.md");
    try (Site site = installed()) {
      String queue;
      try (OperatorProcess operator = site.startOperator("leaving", OPERATOR)) {
        site.convergeEcommerce();
        site.kubectl().run("apply", "-k", Path.of("../..", "samples", "third-account").toString());
        site.awaitReady();
        follow(site, page.steps().subList(0, 1));
        assertThat(AwsSnapshot.of(site.aws(), List.of(BILLING)).resources())
            .containsOnlyKeys(BILLING + " bus default");
        assertThat(AwsSnapshot.of(site.aws(), List.of(PLATFORM)).resources())
            .doesNotContainKey(PLATFORM + " rule global-bus/globalToBillingService");
        queue = queueOf(site, "orders", "deliveries");
        follow(site, page.steps().subList(1, 2));
        operator.requireAlive();
      }
      var before = AwsSnapshot.of(site.aws(), List.of(PLATFORM, ORDERS, DELIVERIES)).resources();

      assertThat(follow(site, page.steps().subList(2, page.steps().size())))
          .contains("event-bus/local-bus-order-service");

      assertThat(site.kubectl().run("get", "crd", "-o", "name")).doesNotContain("eventbackbone.io");
      site.kubectl().run("get", "secret", "orders-binding", "-n", "deliveries");
      site.kubectl().run("get", "configmap", "orders-contracts", "-n", "deliveries");
      assertThat(AwsSnapshot.of(site.aws(), List.of(PLATFORM, ORDERS, DELIVERIES)).resources())
          .isEqualTo(before);
      String sent = publish(site, "Order.Created");
      await()
          .untilAsserted(() -> assertThat(receive(site, DELIVERIES, queue)).containsExactly(sent));
    }
  }

  /** A cluster with the chart. */
  private Site installed() throws IOException {
    Site site = new Site(getClass(), folder);
    site.install();
    return site;
  }

  /** Types blocks of commands and looks for what the page shows of their output. */
  private String follow(Site site, List<Page.Step> steps) throws IOException {
    String settings = settings(site);
    StringBuilder all = new StringBuilder();
    for (Page.Step step : steps) {
      if (!step.commands().contains("KUBECONFIG=…")) {
        String output = site.type(settings + step.commands());
        assertThat(output.lines().map(String::strip).toList())
            .as(step.commands())
            .containsAll(step.output());
        all.append(output);
      }
    }
    return all.toString();
  }

  /** What the first tutorial has people set, with the programs of this machine. */
  private String settings(Site site) throws IOException {
    return "unset AWS_CA_BUNDLE\nexport JAVA_HOME=%s PATH=%s:$PATH AWS_ENDPOINT_URL=%s\n"
            .formatted(
                System.getProperty("java.home"),
                AWS_COMMAND_LINE.orSkip(getClass()),
                site.aws().endpoint())
        + Page.read("tutorials/new-service.md").blockWith("AWS_SECRET_ACCESS_KEY");
  }

  private static String queueOf(Site site, String subscription, String namespace) {
    return site.kubectl()
        .run("get", "esub", subscription, "-n", namespace, "-o", "jsonpath={.status.queueUrl}");
  }

  /** Its id. */
  private static String publish(Site site, String detailType) {
    PutEventsRequestEntry event =
        PutEventsRequestEntry.builder()
            .eventBusName("arn:aws:events:eu-west-1:" + PLATFORM + ":event-bus/global-bus")
            .source("order-service")
            .detailType(detailType)
            .detail("{\"metadata\":{},\"data\":{}}")
            .build();
    var answer = Account.of(site.aws(), ORDERS).events().putEvents(it -> it.entries(event));
    assertThat(answer.failedEntryCount()).isZero();
    return answer.entries().get(0).eventId();
  }

  /** The ids of the events in a queue. */
  private static Set<String> receive(Site site, String account, String queue) {
    return Account.of(site.aws(), account)
        .queues()
        .receiveMessage(it -> it.queueUrl(queue).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .map(body -> body.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1"))
        .collect(Collectors.toSet());
  }
}
