package io.eventbackbone.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventbackbone.cli.answer.Difference.Attribute;
import io.eventbackbone.cli.answer.Difference.AwsChange;
import io.eventbackbone.cli.answer.Difference.ReceptionChange;
import io.eventbackbone.cli.answer.Difference.ReplayStart;
import io.eventbackbone.cli.answer.Trace.Ending;
import io.eventbackbone.cli.answer.Trace.Event;
import io.eventbackbone.cli.answer.Trace.Hop;
import io.eventbackbone.cli.answer.Trace.Passage;
import io.eventbackbone.cli.answer.Trace.Stage;
import io.eventbackbone.cli.print.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each kind of answer to its published schema. */
class SchemaTest {

  private static final List<String> UNSEEN = List.of("EventRoutes of other namespaces");

  private static Schema schema() throws IOException {
    return schema("cli.eventbackbone.io_v1alpha1.json");
  }

  private static Schema schema(String file) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("..", "docs", "schemas", file)));
  }

  static Stream<FlowingEvent> lines() {
    return Stream.of(
        new FlowingEvent(
            "2026-11-29T00:00:00Z",
            "id",
            "Order.Created",
            "s",
            "111111111111",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new FlowingEvent(
            "2026-11-29T00:00:00Z",
            "id",
            "Order.Created",
            "s",
            "111111111111",
            Optional.of("m"),
            Optional.of("c"),
            Optional.of(JsonNodeFactory.instance.objectNode().put("data", 1))));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineOfTailIsOfItsSchema(FlowingEvent line) throws IOException {
    Schema schema = schema("cli.eventbackbone.io_v1alpha1_tail.json");
    String json = Format.line(line);

    assertThat(json).doesNotContain("\n");
    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(json.replace("\"source\"", "\"origin\""), InputFormat.JSON))
        .isNotEmpty();
  }

  static Stream<Answer> answers() {
    Hop hop =
        new Hop(
            Stage.QUEUE,
            "Queue q in account 111111111111",
            "EventSubscription a/b",
            Optional.of("2026-11-29T00:00:00Z"),
            Passage.STOPPED,
            Optional.of(Code.QUEUE_DENIES),
            Optional.of("why"),
            Optional.of("log"));
    return Stream.of(
        new Receivers(
            UNSEEN,
            Optional.of("Order.Created"),
            Optional.of("orders/orders"),
            List.of(
                new Receiver(
                    "a/b",
                    "a/c",
                    Optional.of("d/e"),
                    Verdict.CONDITIONAL,
                    List.of("x"),
                    Optional.of(Code.CONDITIONS),
                    Optional.of("if x"))),
            Receivers.Extent.THOSE_SEEN),
        new EventTypes(
            UNSEEN,
            List.of(
                new EventTypes.Listed(
                    "a/b",
                    "Order.Created",
                    "a/c",
                    List.of("1"),
                    "Full",
                    false,
                    Optional.of("True"),
                    Optional.of(1)),
                new EventTypes.Listed(
                    "a/d",
                    "Order.Updated",
                    "a/c",
                    List.of(),
                    "None",
                    true,
                    Optional.empty(),
                    Optional.empty()))),
        new TypeCheck(
            List.of(),
            1,
            List.of(new TypeCheck.Problem("EventType a/b", Code.INCOMPATIBLE, "why"))),
        new Observation(
            List.of(),
            "/aws/events/global-bus in account 111111111111",
            "2026-11-29T00:00:00Z",
            2,
            Observation.Extent.SAMPLE,
            List.of(
                new Observation.Observed(
                    "Order.Created",
                    Optional.of("a/b"),
                    2,
                    1,
                    Optional.of(Code.CONTRACT_BROKEN),
                    Optional.of("why"),
                    List.of(new Observation.Breach("$.detail.data.total", "is missing", 1, "id"))),
                new Observation.Observed(
                    "Order.Updated",
                    Optional.empty(),
                    1,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    List.of()))),
        new Trace(
            List.of(),
            "id",
            Optional.of(Code.NOT_LOGGED),
            Optional.of("why"),
            List.of(
                new Event(
                    "id",
                    Optional.of("m"),
                    Optional.of("c"),
                    "Order.Created",
                    "s",
                    "111111111111",
                    "2026-11-29T00:00:00Z",
                    List.of(hop),
                    Ending.STOPPED)),
            Ending.STOPPED),
        new Difference(
            List.of(),
            List.of(new ReceptionChange("a/b", List.of("X"), List.of("Y"))),
            List.of(
                new AwsChange(
                    "111111111111", "Rule r", "Update", List.of(new Attribute("a", "b", "c")))),
            List.of(
                new ReplayStart(
                    "a/b",
                    "EventSubscription a/c",
                    "2026-11-28T12:00:00Z",
                    "2026-11-28T18:00:00Z",
                    List.of("why"))),
            List.of(
                new Difference.Problem(
                    Difference.State.SOLVED, "EventRoute a/b", Code.NOT_ACCEPTED, "why"))),
        new Graph(
            List.of(),
            List.of(
                new Graph.Node(
                    "bus a/b",
                    Graph.NodeType.BUS,
                    "a/b",
                    Graph.State.NOT_READY,
                    Optional.of("label"),
                    Optional.of("111111111111"))),
            List.of(new Graph.Edge("bus a/b", "bus a/b", Optional.of("x")))),
        new Health(
            List.of(),
            2,
            1,
            List.of(
                new Health.Problem(
                    "EventRoute a/b",
                    Code.NOT_READY,
                    Optional.of("AccessDenied"),
                    "why",
                    Optional.of("2026-11-29T00:00:00Z")))),
        new Matches(
            UNSEEN,
            List.of(
                new Matches.Match(Matches.MatchType.EVENT_TYPE, "Order.Created"),
                new Matches.Match(Matches.MatchType.BUS, "orders/orders")),
            1),
        new ObjectState(
            List.of(),
            "EventRoute a/b",
            List.of(
                new ObjectState.StatusCondition(
                    "Ready", "True", "Ready", "why", Optional.of("2026-11-29T00:00:00Z")))),
        new Flow(
            List.of(),
            "/aws/events/global-bus in account 111111111111",
            List.of(
                FlowingEvent.withoutPayload(
                    JsonNodeFactory.instance.objectNode().put("detail-type", "Order.Created")))),
        new Redrive(
            List.of(),
            "a/b",
            Redrive.Letters.DELIVERY,
            2,
            1,
            false,
            Optional.of(Code.NOT_MOVED),
            Optional.of("why"),
            Optional.of(new Redrive.Forwarding("Queue q in account 111111111111", 3))),
        new Replay(
            List.of(),
            "a/b",
            "a/b-again",
            "2026-11-28T12:00:00Z",
            "2026-11-28T18:00:00Z",
            false,
            Optional.of(3L),
            Optional.of("Failed"),
            Optional.of("2026-11-28T13:00:00Z"),
            Optional.of(Code.REPLAY_ENDED),
            Optional.of("why")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isOfItsSchema(Answer answer) throws IOException {
    assertThat(schema().validate(Format.json(answer), InputFormat.JSON)).isEmpty();
    assertThat(schema().validate(Format.yaml(answer), InputFormat.YAML)).isEmpty();
  }

  @Test
  void aFieldThatIsNotInTheSchemaIsFound() throws IOException {
    String other =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", Answer.API_VERSION)
            .put("kind", "Health")
            .put("partial", false)
            .put("other", 1)
            .toString();

    assertThat(schema().validate(other, InputFormat.JSON)).isNotEmpty();
  }
}
