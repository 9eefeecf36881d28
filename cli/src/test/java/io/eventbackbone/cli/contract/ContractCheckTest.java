package io.eventbackbone.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.Backbone;
import io.eventbackbone.cli.Backbone.Result;
import io.eventbackbone.cli.answer.EventTypes.Listed;
import io.eventbackbone.cli.answer.TypeCheck;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractCheckTest {

  private static final String TOTAL = "{type: object, properties: {total: {type: number}}}";

  private static EventType type(String... schemas) {
    return (EventType)
        Cluster.read(Manifests.eventType("orders/created", "Order.Created", schemas));
  }

  private static final Cluster CLUSTER =
      Cluster.of(
          Cluster.ECOMMERCE,
          Manifests.of(
              "EventSubscription",
              "deliveries/big",
              "busRef: {name: deliveries}",
              "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total: [5]}}}}"),
          Manifests.eventType("orders/created", "Order.Created", TOTAL),
          Manifests.eventType("orders/taken", "Order.Taken", TOTAL));

  private static final Sight SIGHT = Sight.whole(Snapshot.of(CLUSTER.objects()));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another version            | {type: object, properties: {total: {type: number}, id: {type: string}}} | -     | -
          no schema of the subset    | {type: object, minProperties: 1}                                        | EB601 | spec.versions[1].schema/minProperties
          an incompatible version    | {type: object, properties: {total: {type: string}}}                     | EB602 | {"total":0.5}
          a property that is matched | {type: object}                                                          | EB603 | EventSubscription deliveries/big matches on data.total
          """)
  void anEventTypeIsHeldToTheCluster(String what, String schema, String code, String message) {
    TypeCheck check = ContractCheck.of(List.of(type(TOTAL, schema)), SIGHT);

    assertThat(check.checked()).isEqualTo(1);
    if (code.equals("-")) {
      assertThat(check.problems()).isEmpty();
    } else {
      assertThat(check.problems())
          .singleElement()
          .satisfies(
              it -> assertThat(it.object()).isEqualTo("EventType orders/created"),
              it -> assertThat(it.code().text()).isEqualTo(code),
              it -> assertThat(it.message()).contains(message));
    }
  }

  @Test
  void aListedVersionNeverChanges() {
    assertThat(
            ContractCheck.of(
                    List.of(type("{type: object, properties: {total: {type: number}, a: {}}}")),
                    SIGHT)
                .problems())
        .singleElement()
        .satisfies(it -> assertThat(it.code().text()).isEqualTo("EB604"));
  }

  @Test
  void aDetailTypeIsTakenOnce() {
    EventType second =
        (EventType) Cluster.read(Manifests.eventType("orders/second", "Order.Taken", TOTAL));

    assertThat(ContractCheck.of(List.of(second), SIGHT).problems())
        .singleElement()
        .satisfies(
            it -> assertThat(it.code().text()).isEqualTo("EB601"),
            it -> assertThat(it.message()).contains("EventType orders/taken"));
    assertThat(ContractCheck.of(List.of(second)).problems()).isEmpty();
  }

  @Test
  void eventTypesAreListedByDetailType() {
    assertThat(TypeList.of(SIGHT, Optional.empty()).types())
        .extracting(Listed::detailType)
        .containsExactly("Order.Created", "Order.Taken");
    assertThat(TypeList.of(SIGHT, Optional.of("deliveries")).types()).isEmpty();
  }

  @Test
  void theContractsOfTheExampleAreInOrder() {
    String folder = "../samples/ecommerce/";
    Result result =
        Backbone.run(
            "types",
            "check",
            "--offline",
            "-f",
            folder + "orders.yaml",
            "-f",
            folder + "deliveries.yaml");

    assertThat(result.out()).contains("3 event types were checked, 0 problems found");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | versions: [{version: "1", schema: {type: object}}]   | 1 event types were checked, 0 problems found
          1 | versions: [{version: "1", schema: {type: string}}]   | EB601
          1 | versions: [{version: "1"}]                           | EB601
          1 | versions: []                                         | EB601
          1 | versions: 7                                          | EB401
          1 | compatibility: Full                                  | EB401
          2 | versions: {                                          | can't be read
          """)
  void checkEndsWithWhatItFound(int exitCode, String spec, String told, @TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("types.yaml"),
            Manifests.of("EventRoute", "a/b", "backboneRef: {name: main}")
                + Manifests.of(
                    "EventType",
                    "orders/created",
                    "busRef: {name: orders}",
                    "detailType: Order.Created",
                    spec));

    Result result = Backbone.run("types", "check", "--offline", "-f", file.toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    assertThat(result.out() + result.err()).contains(exitCode == 2 ? "types.yaml" : told);
  }
}
