package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.cli.Backbone;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who receives an event, asked of a cluster that the operator has reconciled. */
@ExtendWith(RealKubeApi.class)
class WhoIT {

  private static final JsonMapper JSON = new JsonMapper();

  private static World world;

  @TempDir private Path folder;

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + Ecommerce.TENANT);
    world.awaitReady();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void answersThePlatform() throws IOException {
    Result result = world.run("who", "Order.Created", "-o", "json");

    assertThat(result.exitCode()).describedAs(result.err()).isZero();
    JsonNode answer = JSON.readTree(result.out());
    assertThat(answer.get("apiVersion").asText()).isEqualTo("cli.eventbackbone.io/v1alpha1");
    assertThat(answer.get("kind").asText()).isEqualTo("Receivers");
    assertThat(answer.get("partial").asBoolean()).isFalse();
    JsonNode first = answer.get("receivers").get(0);
    assertThat(first.get("subscription").asText()).isEqualTo(world.own("deliveries-#/new-orders"));
    assertThat(first.get("route").asText()).isEqualTo(world.own("platform-#/fan-out"));
    assertThat(first.get("verdict").asText()).isEqualTo("Always");
    assertThat(answer.get("receivers").get(1).get("code").asText()).isEqualTo("EB105");
  }

  @Test
  void endsWithOneWhereNobodyReceives() {
    Result result = world.run("who", "Order.Cancelled");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out())
        .contains("Never", "EB105", "the filter wants [\"Order.Created\"]")
        .contains("No subscription receives Order.Cancelled.");
  }

  @Test
  void decidesAnEventFieldByField() throws IOException {
    Path event =
        Files.writeString(
            folder.resolve("event.json"),
            """
            {"Source": "order-service", "DetailType": "Order.Created", "Detail": "{\\"data\\": {}}"}
            """);

    Result result =
        world.run("who", "--event", event.toString(), "--from", "deliveries-#/deliveries");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).contains("EB102", "what a service sends never comes back to it");
  }

  @Test
  void answersATenantWhoMaySeeRoutes() throws IOException {
    world.apply(Ecommerce.INSIGHT);
    try {
      Result result =
          world.run("who", "Order.Created", "--as=tenant-#", "-n", "deliveries-#", "-o", "json");

      assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
      JsonNode answer = JSON.readTree(result.out());
      assertThat(answer.get("partial").asBoolean()).isTrue();
      assertThat(answer.get("unseen").toString()).contains("AwsAccounts").doesNotContain("Role");
      assertThat(answer.get("receivers")).hasSize(1);
      assertThat(answer.get("receivers").get(0).get("verdict").asText()).isEqualTo("Always");
      assertThat(world.run("who", "No.Such", "--as=tenant-#", "-n", "deliveries-#").exitCode())
          .isOne();
    } finally {
      world
          .client()
          .rbac()
          .roleBindings()
          .inNamespace(world.own("platform-#"))
          .withName("insight")
          .delete();
    }
  }

  @Test
  void tellsATenantWhatDecidesAndCantBeSeen() {
    Result result = world.run("who", "Order.Created", "--as=tenant-#", "-n", "deliveries-#");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isEqualTo(3);
    assertThat(result.out())
        .contains("Unknown", "EB112")
        .contains("You may not see EventRoutes in namespace")
        .contains("the platform can bind the Role event-backbone-insight there");
  }

  @Test
  void tellsWhatIsWrongWithTheQuestion() {
    assertThat(world.run("who", "Order.Created", "--from", "orders-#/none").err())
        .contains("--from: there is no ServiceAccountBus");
    assertThat(world.run("who", "Order.Created", "--context", "none").err())
        .contains("the kubeconfig has no context none");
    Result unreachable = Backbone.run("who", "X", "--kubeconfig=" + folder.resolve("none"));
    assertThat(unreachable.exitCode()).isEqualTo(2);
    assertThat(unreachable.err()).contains("can't be read");
    assertThat(Backbone.run("who").exitCode()).isEqualTo(2);
  }
}
