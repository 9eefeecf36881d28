package io.eventbackbone.cli.difference;

import static io.eventbackbone.cli.Example.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.cli.Example;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Difference;
import io.eventbackbone.cli.answer.Difference.Problem;
import io.eventbackbone.cli.answer.Difference.ReceptionChange;
import io.eventbackbone.cli.answer.Difference.ReplayStart;
import io.eventbackbone.cli.answer.Difference.State;
import io.eventbackbone.cli.answer.ExitCode;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.manifest.Applied;
import io.eventbackbone.cli.manifest.Manifests;
import io.eventbackbone.core.model.Cluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {

  private static String route(String name, String more) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventRoute
    metadata: {name: %s, namespace: event-platform}
    spec: {backboneRef: {name: main}, %s}
    """
        .formatted(name, more);
  }

  /**
   * What is there besides the example, what is applied, and what the subscription gains and loses.
   */
  static Stream<Arguments> receptions() {
    return Stream.of(
        Arguments.of(
            "a detail type more",
            "",
            subscription("{detailTypes: [Order.Created, Order.Cancelled]}"),
            List.of("Order.Cancelled"),
            List.of()),
        Arguments.of(
            "another detail type",
            "",
            subscription("{detailTypes: [Order.Cancelled]}"),
            List.of("Order.Cancelled"),
            List.of("Order.Created")),
        Arguments.of(
            "a condition",
            "",
            subscription(
                "{detailTypes: [Order.Created], pattern: {detail: {data: {country: [DE]}}}}"),
            List.of(),
            List.of("Order.Created unless detail.data.country = \"DE\"")),
        Arguments.of(
            "another condition",
            subscription(
                "{detailTypes: [Order.Created], pattern: {detail: {data: {country: [DE]}}}}"),
            subscription(
                "{detailTypes: [Order.Created], pattern: {detail: {data: {country: [SE]}}}}"),
            List.of("Order.Created if detail.data.country = \"SE\""),
            List.of("Order.Created if detail.data.country = \"DE\"")),
        Arguments.of(
            "everything",
            "",
            subscription("{pattern: {source: [{prefix: ''}]}}"),
            List.of("every other event"),
            List.of()),
        Arguments.of(
            "a route that lets less through",
            "",
            route("fan-out", "filter: {detailTypes: [Payment.Made]}"),
            List.of(),
            List.of("Order.Created")),
        Arguments.of(
            "a route that brings nothing new",
            "",
            route("second", "filter: {detailTypes: [Order.Created]}"),
            List.of(),
            List.of()),
        Arguments.of(
            "a filter that is none",
            "",
            subscription("{pattern: {source: []}}"),
            List.of(),
            List.of("Order.Created")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("receptions")
  void tellsWhatSubscriptionsGainAndLose(
      String name, String besides, String applied, List<String> gains, List<String> loses) {
    List<ReceptionChange> changes = compare(besides, applied).reception();
    if (gains.isEmpty() && loses.isEmpty()) {
      assertThat(changes).isEmpty();
    } else {
      assertThat(changes)
          .containsExactly(new ReceptionChange("deliveries/new-orders", gains, loses));
    }
  }

  @Test
  void tellsThePlan() {
    Difference difference = compare("", subscription("{detailTypes: [Order.Cancelled]}"));

    assertThat(difference.aws()).hasSize(1);
    assertThat(difference.aws().get(0).account()).isEqualTo("333333333333");
    assertThat(difference.aws().get(0).resource()).startsWith("Rule local-bus-delivery-service/");
    assertThat(difference.aws().get(0).change()).isEqualTo("Update");
    assertThat(difference.aws().get(0).attributes().get(0).to()).contains("Order.Cancelled");
  }

  @Test
  void plansWhatANewBusNeeds() {
    Difference difference =
        compare(
            "",
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: billing, labels: {team: billing}}}
            ---
            apiVersion: eventbackbone.io/v1alpha1
            kind: AwsAccount
            metadata: {name: billing}
            spec: {accountId: "444444444444", allowedNamespaces: {from: All}}
            ---
            apiVersion: eventbackbone.io/v1alpha1
            kind: ServiceAccountBus
            metadata: {name: billing, namespace: billing}
            spec: {backboneRef: {name: main, namespace: event-platform}, accountRef: {name: billing}}
            """);

    assertThat(difference.aws())
        .extracting(it -> it.account() + " " + it.change() + " " + it.resource())
        .contains(
            "444444444444 Create EventBus local-bus-billing",
            "111111111111 Create Rule global-bus/globalToBilling");
  }

  @Test
  void tellsProblemsThatComeGoAndStay() {
    String broken =
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: lost, namespace: deliveries}
        spec: {busRef: {name: none}, filter: {detailTypes: [Order.Created]}}
        """;
    Problem lost =
        new Problem(
            State.NEW,
            "EventSubscription deliveries/lost",
            Code.NOT_ACCEPTED,
            "spec.busRef: ServiceAccountBus deliveries/none does not exist, or can't be read: create"
                + " it, correct it, or correct the reference");

    assertThat(compare("", broken).problems()).containsExactly(lost);
    assertThat(compare(broken, broken).problems())
        .extracting(Problem::state)
        .containsExactly(State.UNCHANGED);
    assertThat(compare(broken, broken.replace("name: none", "name: deliveries")).problems())
        .extracting(Problem::state)
        .containsExactly(State.SOLVED);
  }

  private static String replay(String to) {
    return """
    apiVersion: eventbackbone.io/v1alpha1
    kind: EventReplay
    metadata: {name: lost, namespace: deliveries}
    spec: {subscriptionRef: {name: new-orders}, from: "2026-11-21T00:00:00Z", to: "%s"}
    """
        .formatted(to);
  }

  private static final String ARCHIVED = Example.deliveries("archive: {enabled: true}");
  private static final String IN_TIME = "2026-11-22T00:00:00Z";

  @Test
  void tellsWhichReplayBegins() {
    Difference difference = compare(ARCHIVED, replay(IN_TIME));

    assertThat(difference.replays())
        .containsExactly(
            new ReplayStart(
                "deliveries/lost",
                "EventSubscription deliveries/new-orders",
                "2026-11-21T00:00:00Z",
                IN_TIME,
                List.of(
                    "the replay waits for the rule of EventSubscription deliveries/new-orders")));
    assertThat(difference.problems()).isEmpty();
    assertThat(difference.exitCode()).isEqualTo(ExitCode.NO);
  }

  /** What is there, what is applied, and the problem, if that is new, or the replay that begins. */
  static Stream<Arguments> replays() {
    String future = replay("2026-11-30T00:00:00Z");
    String suspended =
        subscription("{detailTypes: [Order.Created]}").replace("spec: {", "spec: {suspend: true, ");
    String started = "status: {phase: Running, replayArn: arn}";
    return Stream.of(
        Arguments.of("no archive", "", replay(IN_TIME), "deliveries has no archive"),
        Arguments.of("a window in the future", ARCHIVED, future, "in the future"),
        Arguments.of(
            "a spec that changes",
            ARCHIVED + "\n---\n" + replay(IN_TIME),
            replay("2026-11-21T12:00:00Z"),
            "its spec never changes"),
        Arguments.of(
            "nothing new", ARCHIVED + "\n---\n" + replay(IN_TIME), replay(IN_TIME), "nothing"),
        Arguments.of(
            "a subscription that goes on",
            String.join("\n---\n", ARCHIVED, suspended, replay(IN_TIME)),
            subscription("{detailTypes: [Order.Created]}"),
            "begins"),
        Arguments.of(
            "a replay that has begun",
            ARCHIVED + "\n---\n" + replay(IN_TIME) + started,
            suspended,
            "nothing"),
        Arguments.of(
            "an owner who withdraws",
            ARCHIVED + "\n---\n" + replay(IN_TIME) + started,
            Example.deliveries(
                "archive: {enabled: true, allowedReplays: {from: Selector, selector: {matchLabels: {team: other}}}}"),
            "does not let namespace deliveries replay its archive"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replays")
  void tellsWhatKeepsAReplay(String name, String besides, String applied, String expected) {
    Difference difference = compare(besides, applied);

    List<String> problems =
        difference.problems().stream()
            .filter(it -> it.object().equals("EventReplay deliveries/lost"))
            .filter(it -> it.state() == State.NEW)
            .map(Problem::message)
            .toList();
    if (problems.isEmpty()) {
      assertThat(difference.replays().isEmpty() ? "nothing" : "begins").isEqualTo(expected);
    } else {
      assertThat(problems).singleElement().asString().contains(expected);
      assertThat(difference.replays()).isEmpty();
    }
  }

  @Test
  void tellsOfASubscriptionThatNothingReaches() {
    Difference difference = compare("", route("fan-out", "filter: {detailTypes: [Payment.Made]}"));

    assertThat(difference.problems())
        .extracting(it -> it.object() + " " + it.code())
        .containsExactly("EventSubscription deliveries/new-orders CONTRADICTING_FILTERS");
  }

  @Test
  void tellsOfASpecThatCantBeRead() {
    Difference difference = compare("", route("fan-out", "senderMatch: Nobody"));

    assertThat(difference.problems())
        .extracting(Problem::object)
        .contains("EventRoute event-platform/fan-out");
  }

  @Test
  void nothingDiffersWhereWhatIsThereIsApplied() {
    Difference difference = compare("", subscription("{detailTypes: [Order.Created]}"));

    assertThat(difference)
        .isEqualTo(new Difference(List.of(), List.of(), List.of(), List.of(), List.of()));
    assertThat(difference.exitCode()).isEqualTo(ExitCode.YES);
  }

  /** AWS tells by a policy in its account that a bus has a log; other accounts tell nothing. */
  @Test
  void looksIntoTheAccountsOfAnOwnerAlone() {
    String logging = Example.orders("logging: {level: Error}");
    String retaining = Example.deliveries("audit: {retentionDays: 30}");

    assertThat(compare(logging, retaining).aws())
        .extracting(it -> it.change() + " " + it.resource())
        .containsExactly("Update LogGroup /aws/events/local-bus-delivery-service");
  }

  static Stream<Arguments> wideChanges() {
    return Stream.of(
        Arguments.of("a route", route("fan-out", "filter: {detailTypes: [Order.Cancelled]}")),
        Arguments.of(
            "labels of a namespace",
            "{apiVersion: v1, kind: Namespace, metadata: {name: deliveries, labels: {team: other}}}"),
        Arguments.of(
            "an account that admits nobody",
            """
            apiVersion: eventbackbone.io/v1alpha1
            kind: AwsAccount
            metadata: {name: deliveries}
            spec: {accountId: "333333333333", allowedNamespaces: {from: None}}
            """),
        Arguments.of(
            "a backbone that forwards what subscriptions ask for",
            Example.backbone("forwarding: Subscribed")));
  }

  /** The state after shares objects with the state before, and takes answers over from it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("wideChanges")
  void takesOverNothingThatAChangeTouches(String name, String applied) {
    Sight before = Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE).objects()));
    Sight after = Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE, applied).objects()));

    Difference apart = new Comparison(before, after).difference();

    assertThat(compare("", applied)).isEqualTo(apart);
    assertThat(apart.exitCode()).isEqualTo(ExitCode.NO);
  }

  private static Difference compare(String besides, String applied) {
    Snapshot snapshot = Snapshot.of(Cluster.of(Cluster.ECOMMERCE, besides).objects());
    List<ObjectNode> manifests =
        Manifests.of(new ByteArrayInputStream(applied.getBytes(StandardCharsets.UTF_8)));
    Applied after =
        Applied.to(snapshot, manifests, "default", Instant.parse("2026-11-29T00:00:00Z"));
    return new Comparison(Sight.whole(snapshot), Sight.whole(after.snapshot())).difference();
  }
}
