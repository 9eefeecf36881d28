package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.core.model.Manifests;
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

/** Contracts, asked of a cluster that the operator has reconciled. */
@ExtendWith(RealKubeApi.class)
class TypesIT {

  private static final String VERSION =
      "{version: \"1\", schema: {type: object, properties: {total: {type: number}}}}";

  private static World world;

  @TempDir private Path folder;

  private static String type(String versions) {
    return Manifests.of(
        "EventType",
        "orders-#/created",
        "busRef: {name: orders}",
        "detailType: Order.Created",
        "versions: [%s]".formatted(versions));
  }

  @BeforeAll
  static void start(KubeApi api) {
    world = new World(api);
    world.apply(Ecommerce.ALL + type(VERSION));
    world.awaitReady();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void listsWhatTheOperatorTold() {
    await()
        .untilAsserted(() -> {
          Result listed = world.run("types", "list", "-o", "json");
          assertThat(listed.exitCode()).as(listed.err()).isZero();
          assertThat(listed.out())
              .contains(
                  "\"detailType\" : \"Order.Created\"",
                  world.own("\"bus\" : \"orders-#/orders\""),
                  "\"ready\" : \"True\"",
                  "\"receivers\" : 1");
        });
    assertThat(world.run("types", "list").out()).contains("DETAIL TYPE", "1 event types.");
  }

  @Test
  void checksAgainstTheCluster() throws IOException {
    Path changed =
        Files.writeString(
            folder.resolve("changed.yaml"), world.own(type(VERSION.replace("number", "string"))));
    Result result = world.run("types", "check", "-f", changed.toString());
    assertThat(result.exitCode()).as(result.err()).isOne();
    assertThat(result.out()).contains("EB604", "1 problems found");

    Path more =
        Files.writeString(
            folder.resolve("more.yaml"),
            world.own(type(VERSION + ", " + VERSION.replace("\"1\"", "\"2\""))));
    assertThat(world.run("types", "check", "-f", more.toString()).exitCode()).isZero();
  }

  @Test
  void generatesRecordsOfTheCluster() {
    Result made =
        world.run(
            "types",
            "generate",
            "--java",
            "-o",
            folder.toString(),
            "--package",
            "com.example.contract",
            "Order.Created");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(folder.resolve("com/example/contract/OrderCreated.java"))
        .content()
        .contains("public record OrderCreated(");
    Result misspelt =
        world.run("types", "generate", "--java", "-o", "x", "--package", "y", "Order.Craeted");
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err())
        .contains("no EventType has the detail type Order.Craeted; did you mean Order.Created?");
  }

  @Test
  void observesWhatFlows() {
    try (AwsEnvironmentOfTest aws = new AwsEnvironmentOfTest(world.sandbox().endpoint())) {
      world.publish("order-service", "{\"metadata\": {}, \"data\": {\"total\": 5}}");
      String id =
          world.publish("order-service", "{\"metadata\": {}, \"data\": {\"total\": \"secret\"}}");
      Result observed =
          await()
              .until(
                  () -> world.runWithAws("types", "observe", "--since", "1d", "-n", "platform-#"),
                  it -> it.out().contains("2 events"));

      assertThat(observed.exitCode()).as(observed.err()).isOne();
      assertThat(observed.out())
          .contains("EB606", "$.detail.data.total", "is not a number", id)
          .contains("no version of the contract accepts 1 of 2 events")
          .doesNotContain("secret");
      Result sample =
          world.runWithAws("types", "observe", "--since", "1d", "--limit", "1", "-n", "platform-#");
      assertThat(sample.out()).contains("A sample of 1 events");

      Result withoutRole = world.run("types", "observe", "-n", "platform-#");
      assertThat(withoutRole.exitCode()).isEqualTo(3);
      assertThat(withoutRole.out()).contains("You may not see", "--assume-role");
      Result local =
          world.runWithAws("types", "observe", "--bus", "deliveries-#/deliveries", "-o", "json");
      assertThat(local.out()).contains("\"kind\" : \"Observation\"");
    }
  }
}
