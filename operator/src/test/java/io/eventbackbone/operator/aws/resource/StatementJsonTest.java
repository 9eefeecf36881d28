package io.eventbackbone.operator.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.PolicyStatement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementJsonTest {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * All that a comparison by meaning overlooks: lists of one, the order of fields and of values.
   */
  private static final String THEIRS =
      """
      {"Effect":"Deny","Sid":"theirs","Principal":{"AWS":["*"]},"NotAction":["sqs:SendMessage"],\
      "Resource":["arn:q"],"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":["o-2","o-1"]},\
      "Bool":{"aws:SecureTransport":"false"}}}\
      """;

  private static final String WITHOUT_SID =
      "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:q\"}";

  private static final String FORMER =
      "{\"Sid\":\"event-backbone-former\",\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\"}";

  private static final String OURS =
      "{\"Sid\":\"event-backbone-rule\",\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\"}";

  @ParameterizedTest
  @NullAndEmptySource
  void withoutAPolicyThereIsOneOfTheOperatorsStatements(String policy) {
    assertThat(merged(policy, OURS)).isEqualTo(policy("2012-10-17", OURS));
  }

  @Test
  void statementsOfOthersStayToTheLetterAndThoseOfTheOperatorAreReplaced() {
    assertThat(merged(policy("2012-10-17", THEIRS, FORMER, WITHOUT_SID), OURS))
        .isEqualTo(policy("2012-10-17", THEIRS, WITHOUT_SID, OURS));
  }

  @Test
  void oneStatementNeedNotBeInAList() {
    assertThat(merged("{\"Version\":\"2012-10-17\",\"Statement\":" + THEIRS + "}", OURS))
        .isEqualTo(policy("2012-10-17", THEIRS, OURS));
  }

  /** What a variable in a condition means depends on the version. */
  @ParameterizedTest
  @ValueSource(strings = {"2008-10-17\",\"Id\":\"by-console", "2012-10-17"})
  void whatElseADocumentSaysStays(String version) {
    assertThat(merged(policy(version, THEIRS), OURS)).isEqualTo(policy(version, THEIRS, OURS));
  }

  @Test
  void withoutStatementsThereIsNoPolicy() {
    assertThat(StatementJson.merged(policy("2012-10-17", FORMER), List.of())).isEmpty();
  }

  private static String merged(String policy, String statement) {
    return StatementJson.merged(
        policy, List.of(new PolicyStatement("event-backbone-rule", json(statement))));
  }

  private static String policy(String version, String... statements) {
    return "{\"Version\":\"%s\",\"Statement\":[%s]}"
        .formatted(version, String.join(",", statements));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
