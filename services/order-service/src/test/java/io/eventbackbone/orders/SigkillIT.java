package io.eventbackbone.orders;

import static io.eventbackbone.orders.OrderClient.ORDER;
import static io.eventbackbone.orders.OrderClient.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.verification.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed, and started again as a kubelet would. What it acknowledged is done, once.
 */
class SigkillIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The writes of an order and of its delivery. */
  private static final List<String> WRITES =
      List.of(
          "INSERT INTO orders",
          "INSERT INTO event_outbox",
          "COMMIT",
          "PutEvents",
          "DELETE FROM event_outbox",
          "COMMIT",
          "INSERT INTO handled_events",
          "UPDATE orders",
          "INSERT INTO event_outbox",
          "COMMIT",
          "DeleteMessage",
          "PutEvents",
          "DELETE FROM event_outbox",
          "COMMIT");

  private static final int ROUNDS = 3;
  private static final int ORDERS_A_ROUND = 10;

  @TempDir private Path folder;

  private final Aws aws = new Aws();

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void atEachOfItsWrites() throws Exception {
    try (PostgresServer postgres = PostgresServer.startOrSkip(getClass());
        DeadlyPaths paths = new DeadlyPaths();
        OrderProcess service =
            new OrderProcess(
                environment(
                    "http://127.0.0.1:" + paths.to(aws.endpoint().getPort()),
                    // Otherwise the driver sends a number instead of a statement's text.
                    postgres.urlBy(paths.to(postgres.port())) + "&prepareThreshold=0"),
                folder.resolve("log"))) {
      for (int i = 0; i < WRITES.size(); i++) {
        String write = WRITES.get(i);
        int number = Collections.frequency(WRITES.subList(0, i + 1), write);
        paths.killAt(write, number, service::kill);
        new Story(service, paths, postgres).tell();
        assertThat(paths.isFatal()).as("%s, the %d.", write, number).isTrue();
      }
      paths.spare();
      new Story(service, paths, postgres).tell();
      assertThat(paths.writes()).containsAll(WRITES).hasSizeGreaterThanOrEqualTo(WRITES.size());
      assertThat(count("orders", postgres))
          .as("one order for each key")
          .isEqualTo(WRITES.size() + 1);
    }
  }

  /** The way of one order, whatever becomes of the service. */
  private final class Story {

    private final String key = UUID.randomUUID().toString();
    private final OrderProcess service;
    private final DeadlyPaths paths;
    private final PostgresServer postgres;

    Story(OrderProcess service, DeadlyPaths paths, PostgresServer postgres) {
      this.service = service;
      this.paths = paths;
      this.postgres = postgres;
    }

    /** The order is taken, published, delivered and published again, each once. */
    void tell() throws Exception {
      String id = order();
      while (!comesTrue(() -> !aws.published("Order.Created", id).isEmpty())) {
        service.startAgain();
      }
      // SQS gives a message that nobody deleted again, later. A second message is the same.
      aws.sendDelivery(id);
      while (!comesTrue(() -> isDone(id))) {
        service.startAgain();
        aws.sendDelivery(id);
      }
      await().atMost(PATIENCE).until(paths::isOver);
      if (!service.isAlive()) {
        service.startAgain();
      }
      assertThat(service.client().order(id).path("state").asText()).isEqualTo("DELIVERED");
      assertThat(aws.published("Order.Created", id)).hasSize(1);
      assertThat(aws.published("Order.Updated", id)).hasSize(1);
    }

    /** Waits for something that the service does; false when the service ends first. */
    private boolean comesTrue(Callable<Boolean> condition) {
      AtomicBoolean isTrue = new AtomicBoolean();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            isTrue.set(isTrue(condition));
            return isTrue.get() || !service.isAlive();
          });
      return isTrue.get();
    }

    private boolean isTrue(Callable<Boolean> condition) throws Exception {
      try {
        return condition.call();
      } catch (IOException e) {
        return false; // Killed in the midst of an answer.
      }
    }

    /** Asks until the service has answered. */
    private String order() throws InterruptedException {
      while (true) {
        try {
          HttpResponse<String> answer = service.client().post(ORDER, "Idempotency-Key", key);
          assertThat(answer.statusCode()).isEqualTo(201);
          return orderId(answer);
        } catch (IOException e) {
          service.startAgain();
        }
      }
    }

    /** Everything is written: the message is deleted, and the outbox is empty. */
    private boolean isDone(String id) throws IOException, InterruptedException, SQLException {
      return service.client().order(id).path("state").asText().equals("DELIVERED")
          && !aws.published("Order.Updated", id).isEmpty()
          && paths.writes().contains("DeleteMessage")
          && count("event_outbox", postgres) == 0;
    }
  }

  private static int count(String table, PostgresServer postgres) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.url());
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
      count.next();
      return count.getInt(1);
    }
  }

  @Test
  void inTheMidstOfOrdersWithTheEmbeddedDatabase() throws Exception {
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    try (OrderProcess service =
        new OrderProcess(
            environment(aws.endpoint().toString(), "jdbc:h2:file:" + folder.resolve("orders")),
            folder.resolve("log"))) {
      for (int round = 1; round <= ROUNDS; round++) {
        int enough = acknowledged.size() + ORDERS_A_ROUND;
        Thread caller = new Thread(() -> orderUntilItDies(service.client(), acknowledged));
        caller.start();
        await().atMost(PATIENCE).until(() -> acknowledged.size() >= enough);
        service.kill();
        caller.join();
        service.startAgain();
      }
      for (String id : acknowledged) {
        assertThat(service.client().get("/orders/" + id).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> aws.published("Order.Created", id).size() == 1);
      }
    }
  }

  private static void orderUntilItDies(OrderClient client, List<String> acknowledged) {
    try {
      while (true) {
        acknowledged.add(orderId(client.post(ORDER)));
      }
    } catch (IOException e) {
      // It was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, String> environment(String endpoint, String database) {
    Map<String, String> environment =
        new HashMap<>(new AwsEndpoint(URI.create(endpoint)).environment(Aws.ACCOUNT, Aws.REGION));
    environment.putAll(aws.binding());
    environment.put("DATABASE_URL", database);
    return environment;
  }
}
