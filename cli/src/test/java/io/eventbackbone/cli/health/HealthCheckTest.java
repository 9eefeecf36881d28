package io.eventbackbone.cli.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.Unreadable;
import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.answer.Health;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthCheckTest {

  private static HasMetadata route(String status) {
    HasMetadata route =
        Cluster.read(
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: EventRoute
            metadata: {name: fan-out, namespace: event-platform, generation: 2, uid: x}
            spec: {backboneRef: {name: main}}
            status: %s
            """
                .formatted(status));
    return route;
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            "ready",
            "{observedGeneration: 2, conditions: [{type: Ready, status: 'True', reason: Ready, message: ''}]}",
            ""),
        Arguments.of(
            "never looked at",
            "{observedGeneration: -1}",
            "EB402 the operator has not reconciled the object yet: see whether the operator runs"),
        Arguments.of(
            "its latest change not looked at",
            "{observedGeneration: 1, conditions: [{type: Ready, status: 'True', reason: Ready, message: ''}]}",
            "EB402 the operator has not reconciled the latest change yet: see whether the operator runs"),
        Arguments.of(
            "not ready",
            "{observedGeneration: 2, conditions: [{type: Ready, status: 'False', reason: AccessDenied, message: 'let it'}]}",
            "EB403 AccessDenied let it"),
        Arguments.of(
            "not delivering",
            "{observedGeneration: 2, conditions: [{type: Delivering, status: 'False', reason: DeadLetters, message: 'redrive'},"
                + " {type: Ready, status: 'True', reason: Ready, message: ''}]}",
            "EB404 DeadLetters redrive"),
        Arguments.of(
            "not published",
            "{observedGeneration: 2, conditions: [{type: Published, status: 'False', reason: AccessDenied, message: 'add'},"
                + " {type: Ready, status: 'True', reason: Ready, message: ''}]}",
            "EB405 AccessDenied add"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tellsWhatIsWrong(String name, String status, String expected) {
    Health health = check(List.of(route(status)), Optional.empty());

    assertThat(
            health.problems().stream()
                .map(it ->
                    Stream.of(Optional.of(it.code().text()), it.reason(), Optional.of(it.message()))
                        .flatMap(Optional::stream)
                        .reduce("", (one, other) -> one.isEmpty() ? other : one + " " + other))
                .findFirst()
                .orElse(""))
        .isEqualTo(expected);
    assertThat(health.exitCode()).isEqualTo(expected.isEmpty() ? ExitCode.YES : ExitCode.NO);
    assertThat(health.ready()).isEqualTo(expected.isEmpty() ? 1 : 0);
  }

  static Stream<Arguments> replays() {
    return Stream.of(
        Arguments.of("Running", "True", "Replaying", ""),
        Arguments.of("Pending", "True", "ReplaysExhausted", "EB403 ReplaysExhausted"),
        Arguments.of("Pending", "False", "NotArchived", "EB701 NotArchived"),
        Arguments.of("Failed", "True", "ReplayFailed", "EB702 ReplayFailed"),
        Arguments.of("Cancelled", "True", "ReplayCancelled", "EB702 ReplayCancelled"));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("replays")
  void tellsAReplayThatDoesNotRun(String phase, String accepted, String reason, String expected) {
    HasMetadata replay =
        Cluster.read(
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: EventReplay
            metadata: {name: lost, namespace: deliveries, generation: 1, uid: x}
            spec: {subscriptionRef: {name: new-orders}, from: "2026-11-21T00:00:00Z", to: "2026-11-22T00:00:00Z"}
            status:
              observedGeneration: 1
              phase: %1$s
              conditions:
              - {type: Accepted, status: '%2$s', reason: Any, message: ''}
              - {type: Ready, status: 'False', reason: %3$s, message: ''}
            """
                .formatted(phase, accepted, reason));

    assertThat(check(List.of(replay), Optional.empty()).problems())
        .extracting(it -> it.code().text() + " " + it.reason().orElseThrow())
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void tellsASpecThatCantBeRead() {
    EventRoute route = (EventRoute) route("{observedGeneration: 2}");
    route.becomeUnreadable(new Unreadable("spec.senderMatch", "can't be read: no such value"));

    assertThat(check(List.of(route), Optional.empty()).problems())
        .extracting(it -> it.code().text() + " " + it.message())
        .singleElement()
        .asString()
        .startsWith("EB401 spec.senderMatch");
  }

  @Test
  void asksOfOneNamespace() {
    Health health = check(Cluster.of(Cluster.ECOMMERCE).objects(), Optional.of("orders"));

    assertThat(health.total()).isEqualTo(1);
  }

  private static Health check(List<HasMetadata> objects, Optional<String> namespace) {
    return HealthCheck.of(Sight.whole(Snapshot.of(objects)), namespace);
  }
}
