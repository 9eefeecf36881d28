package io.eventbackbone.sandbox.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Home;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.eventbridge.model.BusId;
import io.eventbackbone.sandbox.eventbridge.model.BusPolicy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusPolicyTest {

  private static final BusId BUS = new BusId(new Home("111111111111", "eu-west-1"), "global-bus");

  private static final String STATEMENT =
      "'Sid': 's', 'Effect': 'Allow', 'Principal': {'AWS': '222222222222'},"
          + " 'Action': 'events:PutEvents', 'Resource': '"
          + BUS.arn()
          + "'";

  @Test
  void writesBareAccountsAsRootsAndAStatementAsAList() {
    String given = " { 'Version' : '2012-10-17', 'Statement' : { " + STATEMENT + " } } ";

    assertThat(parse(given))
        .isEqualTo(
            EventBridgeFixture.quoted(
                "{'Version':'2012-10-17','Statement':[{'Sid':'s','Effect':'Allow',"
                    + "'Principal':{'AWS':'arn:aws:iam::222222222222:root'},"
                    + "'Action':'events:PutEvents',"
                    + "'Resource':'arn:aws:events:eu-west-1:111111111111:event-bus/global-bus'}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'*'                                            | '*'",
        "{'AWS':'*'}                                    | {'AWS':'*'}",
        "{'AWS':['333333333333','222222222222']}"
            + " | {'AWS':['arn:aws:iam::333333333333:root','arn:aws:iam::222222222222:root']}",
        "{'AWS':'arn:aws:iam::222222222222:role/a/b'}   | {'AWS':'arn:aws:iam::222222222222:role/a/b'}",
        "{'Service':'events.amazonaws.com'}             | {'Service':'events.amazonaws.com'}",
      })
  void normalisesPrincipals(String given, String expected) {
    String policy =
        "{'Version': '2012-10-17', 'Statement': [{"
            + STATEMENT.replace("{'AWS': '222222222222'}", given)
            + "}]}";

    assertThat(parse(policy)).contains(EventBridgeFixture.quoted("'Principal':" + expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Sid': 's',             |                              | Missing required field Sid",
        "'Sid': 's'              | 'Sid': ''                    | Missing required field Sid",
        "'Effect': 'Allow'       | 'Effect': 'Maybe'            | Invalid effect: Maybe",
        "'Action'                | 'NotAction'                  | Has prohibited field NotAction",
        "'Resource'              | 'NotResource'                | Has prohibited field NotResource",
        "'222222222222'          | '22'                         | Policy contains an invalid principal",
        "'222222222222'          | 'arn:aws:s3:::b'             | Policy contains an invalid principal",
        "{'AWS': '222222222222'} | '222222222222'               | Policy contains an invalid principal",
        "events:PutEvents        | sqs:SendMessage              | inconsistent with specified vendor",
        "events:PutEvents        | events:PutPermission         | action names are invalid",
        "events:PutEvents        | events:DeleteEventBus        | action names are invalid",
        "event-bus/global-bus    | event-bus/other              | is invalid",
        "event-bus/global-bus    | rule/other/r                 | is invalid",
      })
  void refuses(String part, String replacement, String message) {
    String statement = STATEMENT.replace(part, replacement == null ? "" : replacement);

    AwsException refusal = refusal("{'Version': '2012-10-17', 'Statement': [{" + statement + "}]}");

    assertThat(refusal.code()).isEqualTo("ValidationException");
    assertThat(refusal).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"events:Put*", "events:*", "*", "EVENTS:putevents"})
  void takesPatternsOfGovernableActions(String action) {
    String statement = STATEMENT.replace("events:PutEvents", action);

    assertThat(parse("{'Version': '2012-10-17', 'Statement': {" + statement + "}}"))
        .contains(action);
  }

  @Test
  void takesRulesOfTheBusAsResources() {
    String statement = STATEMENT.replace("event-bus/global-bus", "rule/global-bus/*");

    assertThat(parse("{'Version': '2012-10-17', 'Statement': {" + statement + "}}"))
        .contains("rule/global-bus/*");
  }

  @Test
  void refusesTwoStatementsOfOneSidAndADocumentWithoutVersion() {
    assertThat(
            refusal(
                "{'Version': '2012-10-17', 'Statement': [{%s}, {%s}]}"
                    .formatted(STATEMENT, STATEMENT)))
        .hasMessageContaining("unique");
    assertThat(refusal("{'Statement': [{" + STATEMENT + "}]}"))
        .hasMessage("Missing required field Version");
    assertThat(refusal("policy")).hasMessageContaining("not a JSON object");
  }

  @Test
  void keepsNoOrderOfInsertion() {
    List<String> sids = IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();
    BusPolicy policy = BusPolicy.NONE;
    for (String sid : sids) {
      policy = policy.with(sid, statement(sid), BUS);
    }
    List<String> kept = policy.document().orElseThrow().findValuesAsText("Sid").stream().toList();

    assertThat(kept)
        .containsExactlyInAnyOrderElementsOf(sids)
        .isNotEqualTo(sids)
        .isNotEqualTo(sids.stream().sorted().toList());
  }

  @Test
  void replacesAStatementOfTheSameSidAndForgetsTheLastOne() {
    BusPolicy policy = BusPolicy.NONE.with("s", statement("s"), BUS);
    ObjectNode other = statement("s");
    other.put("Principal", "*");

    assertThat(policy.with("s", other, BUS).document().orElseThrow().get("Statement")).hasSize(1);
    assertThat(policy.without("s").document()).isEmpty();
    AwsException unknown = catchThrowableOfType(AwsException.class, () -> policy.without("other"));
    assertThat(unknown.code()).isEqualTo("ResourceNotFoundException");
  }

  @Test
  void measuresWhatItWritesNotWhatWasSent() {
    assertThat(parse(withAccounts(304).replace(" ", " ".repeat(100)))).contains(":root");
    assertThat(refusal(withAccounts(305)).code()).isEqualTo("PolicyLengthExceededException");
  }

  @Test
  void holdsAsManyOneAccountStatementsAsAWSWasSeenTo() {
    BusPolicy policy = BusPolicy.NONE;
    int statements = 0;
    try {
      while (true) {
        String sid = "event-backbone-account-%012d".formatted(statements);
        policy = policy.with(sid, statement(sid), BUS);
        statements++;
      }
    } catch (AwsException full) {
      assertThat(full.code()).isEqualTo("PolicyLengthExceededException");
    }
    assertThat(policy.document().orElseThrow().toString().length()).isBetween(10_000, 10_240);
    assertThat(statements).isBetween(40, 55);
  }

  private static String withAccounts(int number) {
    String accounts =
        IntStream.range(0, number)
            .mapToObj(i -> "'%012d'".formatted(i))
            .collect(Collectors.joining(","));
    return "{'Version': '2012-10-17', 'Statement': [{"
        + STATEMENT.replace("'222222222222'", "[" + accounts + "]")
        + "}]}";
  }

  private static ObjectNode statement(String sid) {
    return EventBridgeFixture.object("{" + STATEMENT + "}").put("Sid", sid);
  }

  private static String parse(String policy) {
    return BusPolicy.parse(EventBridgeFixture.quoted(policy), BUS)
        .document()
        .orElseThrow()
        .toString();
  }

  private static AwsException refusal(String policy) {
    return catchThrowableOfType(AwsException.class, () -> parse(policy));
  }
}
