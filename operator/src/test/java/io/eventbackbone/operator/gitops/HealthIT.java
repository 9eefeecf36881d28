package io.eventbackbone.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.Reason.Outlook;
import io.eventbackbone.operator.gitops.Verdicts.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What Argo CD and kstatus make of statuses that StatusesIT recorded from real runs. */
class HealthIT {

  private static final Path RECORDED = Path.of("src", "test", "resources", "statuses");
  private static final Path SAMPLES = Path.of("..", "samples", "argocd");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("awsaccount-account-id-conflict", "Degraded"),
          Map.entry("awsaccount-aws-unavailable", "Progressing"),
          Map.entry("awsaccount-no-aws-identity", "Degraded"),
          Map.entry("awsaccount-ready", "Healthy"),
          Map.entry("awsaccount-role-not-assumable", "Degraded"),
          Map.entry("awsaccount-wrong-account", "Degraded"),
          Map.entry("eventbackbone-access-denied", "Degraded"),
          Map.entry("eventbackbone-account-not-ready", "Progressing"),
          Map.entry("eventbackbone-aws-refused", "Degraded"),
          Map.entry("eventbackbone-deletion-blocked", "Progressing"),
          Map.entry("eventbackbone-observing", "Degraded"),
          Map.entry("eventbackbone-ready", "Healthy"),
          Map.entry("eventbackbone-region-not-found", "Degraded"),
          Map.entry("eventbackbone-resource-conflict", "Degraded"),
          Map.entry("eventreplay-invalid-window", "Degraded"),
          Map.entry("eventreplay-not-archived", "Degraded"),
          Map.entry("eventreplay-ready", "Healthy"),
          Map.entry("eventreplay-receiver-not-ready", "Progressing"),
          Map.entry("eventreplay-replay-cancelled", "Degraded"),
          Map.entry("eventreplay-replay-failed", "Degraded"),
          Map.entry("eventreplay-replaying", "Progressing"),
          Map.entry("eventreplay-replays-exhausted", "Progressing"),
          Map.entry("eventreplay-subscription-suspended", "Progressing"),
          Map.entry("eventroute-bus-not-ready", "Progressing"),
          Map.entry("eventroute-invalid-filter", "Degraded"),
          Map.entry("eventroute-ready", "Healthy"),
          Map.entry("eventroute-unseen", "Progressing"),
          Map.entry("eventsubscription-binding-refused", "Degraded"),
          Map.entry("eventsubscription-bus-not-ready", "Progressing"),
          Map.entry("eventsubscription-changed", "Progressing"),
          Map.entry("eventsubscription-invalid-filter", "Degraded"),
          Map.entry("eventsubscription-nothing-routed", "Progressing"),
          Map.entry("eventsubscription-ready", "Healthy"),
          Map.entry("eventsubscription-suspended", "Healthy"),
          Map.entry("eventsubscription-unknown-detail-type", "Progressing"),
          Map.entry("eventtype-detail-type-conflict", "Degraded"),
          Map.entry("eventtype-incompatible", "Degraded"),
          Map.entry("eventtype-invalid-detail-type", "Degraded"),
          Map.entry("eventtype-invalid-schema", "Degraded"),
          Map.entry("eventtype-ready", "Healthy"),
          Map.entry("serviceaccountbus-backbone-not-ready", "Progressing"),
          Map.entry("serviceaccountbus-identifier-conflict", "Degraded"),
          Map.entry("serviceaccountbus-pattern-too-large", "Degraded"),
          Map.entry("serviceaccountbus-quota-exceeded", "Degraded"),
          Map.entry("serviceaccountbus-ready", "Healthy"),
          Map.entry("serviceaccountbus-reference-not-allowed", "Degraded"),
          Map.entry("serviceaccountbus-reference-not-found", "Progressing"),
          Map.entry("serviceaccountbus-reference-refused", "Progressing"),
          Map.entry("serviceaccountbus-resource-conflict", "Degraded"),
          Map.entry("serviceaccountbus-route-refused", "Progressing"));

  /** Of objects that the present definitions let nobody store; PoisonIT and SchemaIT have them. */
  private static final Set<Reason> LET_IN_BY_OTHER_DEFINITIONS =
      Set.of(Reason.INVALID_IDENTIFIER, Reason.INVALID_SELECTOR, Reason.UNREADABLE);

  private static Verdicts verdicts;

  @BeforeAll
  static void build() throws InterruptedException {
    verdicts = Verdicts.orSkip(HealthIT.class);
  }

  @TestFactory
  Stream<DynamicTest> argoCdAndKstatusAgree() throws IOException, InterruptedException {
    Map<String, JsonNode> recorded = recorded();
    List<String> names = List.copyOf(recorded.keySet());
    List<Verdict> told = verdicts.of(SAMPLES.resolve("health.lua"), List.copyOf(recorded.values()));
    return names.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () ->
                    assertThat(told.get(names.indexOf(name)))
                        .isEqualTo(expected(name, recorded.get(name)))));
  }

  @Test
  void theTableIsOfAllThatWasRecorded() throws IOException {
    assertThat(recorded().keySet()).isEqualTo(new TreeSet<>(EXPECTED.keySet()));
  }

  @Test
  void everyReasonNotToBeReadyWasRecorded() throws IOException {
    Set<String> seen =
        recorded().values().stream()
            .flatMap(object -> elements(object.at("/status/conditions")))
            .filter(condition -> !condition.path("status").asText().equals("True"))
            .map(condition -> condition.path("reason").asText())
            .collect(Collectors.toSet());
    assertThat(seen)
        .containsAll(
            Arrays.stream(Reason.values())
                .filter(reason -> reason.outlook() != Outlook.CURRENT)
                .filter(reason -> reason != Reason.WITHDRAWN) // It passes at the next look.
                .filter(reason -> reason != Reason.OPERATOR_FAILED) // By what nobody foresees.
                .filter(reason -> !LET_IN_BY_OTHER_DEFINITIONS.contains(reason))
                .map(Reason::text)
                .toList());
  }

  /** A custom resource definition of before the status had a default, or a mock of the API. */
  @Test
  void anObjectWithoutAStatusIsProgressing() throws IOException, InterruptedException {
    JsonNode object =
        JSON.readTree(
            """
            {"apiVersion": "eventbackbone.io/v1alpha1", "kind": "EventRoute",
             "metadata": {"name": "fan-out", "generation": 1}, "spec": {}}
            """);
    assertThat(verdicts.of(SAMPLES.resolve("health.lua"), List.of(object)))
        .extracting(Verdict::health)
        .containsExactly("Progressing");
  }

  @Test
  void anApplicationHasTheHealthThatItsStatusSays() throws IOException, InterruptedException {
    JsonNode fresh = JSON.readTree("{\"kind\": \"Application\", \"metadata\": {\"name\": \"a\"}}");
    JsonNode degraded =
        JSON.readTree(
            """
            {"kind": "Application", "metadata": {"name": "a"},
             "status": {"health": {"status": "Degraded", "message": "a bus"}}}
            """);
    assertThat(verdicts.of(SAMPLES.resolve("application.lua"), List.of(fresh, degraded)))
        .extracting(Verdict::health, Verdict::message)
        .containsExactly(tuple("Progressing", "not looked at yet"), tuple("Degraded", "a bus"));
  }

  private static Verdict expected(String name, JsonNode object) {
    String health = EXPECTED.get(name);
    boolean isSeen =
        object.at("/status/observedGeneration").equals(object.at("/metadata/generation"));
    return new Verdict(
        health,
        isSeen ? readyMessage(object) : "the operator has not seen this generation yet",
        kstatus(health, object));
  }

  private static String kstatus(String health, JsonNode object) {
    return switch (health) {
      case "Healthy" -> "Current";
      case "Degraded" -> "Failed";
      default -> object.at("/metadata").has("deletionTimestamp") ? "Terminating" : "InProgress";
    };
  }

  private static String readyMessage(JsonNode object) {
    return elements(object.at("/status/conditions"))
        .filter(condition -> condition.path("type").asText().equals("Ready"))
        .map(condition -> condition.path("message").asText())
        .collect(Collectors.joining());
  }

  private static Map<String, JsonNode> recorded() throws IOException {
    Map<String, JsonNode> objects = new TreeMap<>();
    try (var files = Files.newDirectoryStream(RECORDED, "*.json")) {
      for (Path file : files) {
        objects.put(
            file.getFileName().toString().replace(".json", ""), JSON.readTree(file.toFile()));
      }
    }
    return objects;
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
