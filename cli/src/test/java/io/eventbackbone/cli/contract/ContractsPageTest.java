package io.eventbackbone.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.cli.answer.Observation;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.print.TypeTables;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.records.JavaRecords;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/contracts.md shows is what the commands print, of the event type at its top. */
class ContractsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "contracts.md");

  private static String block(String language, int number) throws IOException {
    return Pattern.compile("(?s)```%s\n(.*?)\n```".formatted(language))
        .matcher(Files.readString(PAGE))
        .results()
        .map(MatchResult::group)
        .map(it -> it.substring(it.indexOf('\n') + 1, it.lastIndexOf('\n')))
        .toList()
        .get(number);
  }

  private static EventType type(String more) throws IOException {
    return (EventType) Cluster.read(block("yaml", 0) + more);
  }

  @Test
  void aRefusedChangeNamesTheSubscription() throws IOException {
    EventType before = type("");
    EventType after =
        type(
            """

              - version: "2"
                schema: {type: object, required: [orderId], properties: {orderId: {type: string}}}
            """);
    List<HasMetadata> objects =
        new ArrayList<>(
            Cluster.of(
                    Cluster.ECOMMERCE,
                    Manifests.of(
                        "EventSubscription",
                        "deliveries/big-orders",
                        "busRef: {name: deliveries}",
                        "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total: [{numeric: [\">\", 100]}]}}}}"))
                .objects());
    objects.add(before);

    String printed =
        TypeTables.of(ContractCheck.of(List.of(after), Sight.whole(Snapshot.of(objects))));

    assertThat(block("console", 0))
        .isEqualTo("$ kubectl backbone types check -f order-created.yaml\n" + printed.strip());
  }

  @Test
  void theRecordIsTheGeneratedOne() throws IOException {
    String text = JavaRecords.of(List.of(type("")), "com.example.contract").files().get(0).text();

    assertThat(text).contains(block("java", 0));
  }

  @Test
  void whatFlowsIsShownAsItIsPrinted() throws IOException {
    List<HasMetadata> objects = new ArrayList<>(Cluster.of(Cluster.ECOMMERCE).objects());
    objects.add(type(""));
    Snapshot snapshot = Snapshot.of(objects);
    String printed =
        TypeTables.of(
            new Observation(
                List.of(),
                "/aws/events/global-bus in account 111111111111",
                "2026-11-28T17:00:00Z",
                3,
                Observation.Extent.ALL,
                new Observer(
                        Sight.whole(snapshot),
                        snapshot.backbone("event-platform", "main").orElseThrow())
                    .observe(
                        Stream.of(
                            event("Order.Created", "{orderId: a, total: 5}"),
                            event("Order.Created", "{orderId: a, total: five}"),
                            event("Stock.Counted", "{}")))));

    assertThat(block("console", 4))
        .isEqualTo("$ kubectl backbone types observe --since 1d\n" + printed.strip());
  }

  private static ObjectNode event(String detailType, String data) {
    return Serialization.unmarshal(
        "---\n{id: 3acfc93b-60e6-4a0e-945d-1dae5194ed6c, detail-type: %s, detail: {data: %s}}"
            .formatted(detailType, data),
        ObjectNode.class);
  }
}
