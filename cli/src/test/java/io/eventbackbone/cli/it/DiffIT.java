package io.eventbackbone.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.local.kubeapi.RealKubeApi;
import io.eventbackbone.local.launcher.Command;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void readsManifestsFromStandardInput() {
    String changed = world.own(Ecommerce.ALL).replace("[Delivery.Updated]", "[Order.Cancelled]");
    InputStream standardInput = System.in;
    System.setIn(new ByteArrayInputStream(changed.getBytes(StandardCharsets.UTF_8)));
    try {
      Result result = world.run("diff", "-f", "-");

      assertThat(result.exitCode()).describedAs(result.out() + result.err()).isOne();
      assertThat(result.out())
          .contains(world.own("+ orders-#/deliveries gains Order.Cancelled"))
          .contains(world.own("- orders-#/deliveries loses Delivery.Updated"));
    } finally {
      System.setIn(standardInput);
    }
  }

  /** As kubectl's plugin, which has kubectl on its PATH, from the launcher that is distributed. */
  @Test
  void readsAKustomization() throws IOException {
    Files.writeString(
        folder.resolve("cancelled.yaml"),
        world.own(
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: EventSubscription
            metadata: {name: cancelled}
            spec: {busRef: {name: orders}, filter: {detailTypes: [Order.Cancelled]}}
            """));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        world.own("namespace: orders-#\nresources: [cancelled.yaml]\n"));
    Path launcher = Path.of("target", "kubectl-backbone").toAbsolutePath();
    Path kubectl = RealKubeApi.kubectl(DiffIT.class);
    Command backbone =
        Command.of(
            kubectl,
            Map.of(
                "PATH",
                Stream.of(
                        launcher.getParent().toString(),
                        kubectl.getParent().toString(),
                        "/usr/bin",
                        "/bin")
                    .collect(Collectors.joining(File.pathSeparator)),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "XDG_CACHE_HOME",
                folder.toString()));

    Command.Result result =
        backbone.attempt(
            "backbone", "diff", "-k", folder.toString(), "--kubeconfig=" + world.kubeconfig());

    assertThat(result.exitCode()).describedAs(result.text()).isOne();
    assertThat(result.output()).contains(world.own("+ orders-#/cancelled gains Order.Cancelled"));
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
