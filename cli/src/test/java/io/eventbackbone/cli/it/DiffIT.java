package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/** What manifests would change, and whether all is well, asked of a reconciled cluster. */
@ExtendWith(RealKubeApi.class)
class DiffIT {

  private static World world;

  @TempDir private Path folder;

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + Ecommerce.TENANT + Ecommerce.INSIGHT);
    world.awaitReady();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private String file(String manifests) throws IOException {
    return Files.writeString(folder.resolve("manifests.yaml"), world.own(manifests)).toString();
  }

  @Test
  void nothingDiffersWhereWhatIsThereIsApplied() throws IOException {
    Result result = world.run("diff", "-f", file(Ecommerce.ALL));

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("No subscription gains or loses an event.", "AWS stays as it is.");
  }

  @Test
  void tellsWhoGainsAndWhatIsDoneToAws() throws IOException {
    String changed =
        Ecommerce.ALL.replace("[Delivery.Updated]", "[Delivery.Updated, Order.Cancelled]");

    Result result = world.run("diff", "-f", file(changed), "-o", "json");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isOne();
    JsonNode answer = new JsonMapper().readTree(result.out());
    assertThat(answer.get("kind").asText()).isEqualTo("Difference");
    assertThat(answer.at("/reception/0/subscription").asText())
        .isEqualTo(world.own("orders-#/deliveries"));
    assertThat(answer.at("/reception/0/gains/0").asText()).isEqualTo("Order.Cancelled");
    assertThat(answer.at("/aws/0/account").asText()).isEqualTo(world.account(2));
    assertThat(world.run("diff", "-f", file(changed)).out())
        .contains(world.own("+ orders-#/deliveries gains Order.Cancelled"));
  }

  @Test
  void answersATenant() throws IOException {
    String mine =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: new-orders}
        spec: {busRef: {name: deliveries}, filter: {detailTypes: [Order.Created, Order.Updated]}}
        """;

    Result result =
        world.run("diff", "-f", file(mine), "--as=tenant-#", "-n", "deliveries-#", "-o", "json");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isOne();
    JsonNode answer = new JsonMapper().readTree(result.out());
    assertThat(answer.get("partial").asBoolean()).isTrue();
    assertThat(answer.at("/reception/0/gains/0").asText()).isEqualTo("Order.Updated");
    assertThat(answer.get("problems")).isEmpty();
  }

  @Test
  void tellsWhatIsNoManifest() throws IOException {
    Result result = world.run("diff", "-f", file("kind: ["));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("manifests.yaml, line");
  }

  @Test
  void drawsTheTopology() {
    Result result = world.run("map", "-o", "mermaid");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains(world.own("orders-#/deliveries<br>EventSubscription<br>Delivery.Updated"));
    assertThat(world.run("map", "--focus", "orders-#/none").err())
        .contains("there is no bus, subscription, route or backbone");
    assertThat(world.run("map", "--as=tenant-#", "-n", "deliveries-#").out())
        .contains("You may not see");
  }

  @Test
  void allIsWell() {
    Result result = world.run("status");

    assertThat(result.exitCode()).describedAs(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("9 of 9 objects are as they should be.");
  }

  @Test
  void tellsAProblemWithWhatToDo() {
    world.apply(
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: lost, namespace: orders-#}
        spec: {busRef: {name: none}, filter: {detailTypes: [Order.Created]}}
        """);
    try {
      Result result = world.run("status", "-n", "orders-#", "--wait", "--timeout", "2s");

      assertThat(result.exitCode()).isOne();
      assertThat(result.out()).contains("EventSubscription", "lost", "EB40");
      assertThat(world.run("status", "--as=tenant-#", "-n", "deliveries-#").exitCode()).isZero();
    } finally {
      world
          .client()
          .resources(io.eventbackbone.api.v1alpha1.EventSubscription.class)
          .inNamespace(world.own("orders-#"))
          .withName("lost")
          .delete();
    }
  }
}
