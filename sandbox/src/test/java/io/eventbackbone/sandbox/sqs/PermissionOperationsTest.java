package io.eventbackbone.sandbox.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.sandbox.errors.AwsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements of a queue's policy, one by one. */
class PermissionOperationsTest {

  private final SqsDriver sqs = new SqsDriver();

  @BeforeEach
  void createQueue() {
    sqs.createQueue("orders", "{}");
  }

  @Test
  void aPermissionIsAStatementOfThePolicy() {
    add("send", "'111111111111','333333333333'", "'SendMessage'");
    add("read", "'111111111111'", "'ReceiveMessage','DeleteMessage'");

    assertThat(sqs.attribute("orders", "Policy"))
        .isEqualTo(
            """
            {'Version':'2012-10-17','Id':'%1$s/SQSDefaultPolicy','Statement':[\
            {'Sid':'send','Effect':'Allow','Principal':{'AWS':['arn:aws:iam::111111111111:root','arn:aws:iam::333333333333:root']},\
            'Action':'SQS:SendMessage','Resource':'%1$s'},\
            {'Sid':'read','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:root'},\
            'Action':['SQS:ReceiveMessage','SQS:DeleteMessage'],'Resource':'%1$s'}]}\
            """
                .formatted(SqsDriver.arn("orders"))
                .replace('\'', '"'));
  }

  @Test
  void whoRemovesTheLastPermissionRemovesThePolicy() {
    add("a", "'111111111111'", "'*'");
    add("b", "'111111111111'", "'*'");

    sqs.on("orders", "RemovePermission", "{'Label':'a'}");
    assertThat(sqs.attribute("orders", "Policy")).contains("\"b\"").doesNotContain("\"a\"");
    sqs.on("orders", "RemovePermission", "{'Label':'b'}");
    assertThat(sqs.attribute("orders", "Policy")).isEqualTo("absent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Label':'x y','AWSAccountIds':['111111111111'],'Actions':['*']          | InvalidParameterValueException    | Label
          'AWSAccountIds':['111111111111'],'Actions':['*']                        | MissingRequiredParameterException | Label
          'Label':'x','Actions':['*']                                             | MissingRequiredParameterException | AWSAccountIds
          'Label':'x','AWSAccountIds':['111111111111']                            | MissingRequiredParameterException | Actions
          'Label':'x','AWSAccountIds':['1'],'Actions':['*']                       | InvalidParameterValueException    | PrincipalId
          'Label':'x','AWSAccountIds':['111111111111'],'Actions':['DeleteQueue']  | InvalidParameterValueException    | Only the queue owner
          'Label':'x','AWSAccountIds':['111111111111'],'Actions':['*','*','*','*','*','*','*','*'] | OverLimit        | maximum allowed is 7
          'Label':'there','AWSAccountIds':['111111111111'],'Actions':['*']        | InvalidParameterValueException    | Already exists
          """)
  void refuses(String members, String code, String message) {
    add("there", "'111111111111'", "'*'");

    AwsException refusal = sqs.refusalOn("orders", "AddPermission", "{" + members + "}");

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  void aLabelThatIsNotThereCannotBeRemoved() {
    assertThat(sqs.refusalOn("orders", "RemovePermission", "{'Label':'x'}"))
        .hasMessage("Value x for parameter Label is invalid. Reason: can't find label.");
  }

  private void add(String label, String accounts, String actions) {
    sqs.on(
        "orders",
        "AddPermission",
        "{'Label':'%s','AWSAccountIds':[%s],'Actions':[%s]}".formatted(label, accounts, actions));
  }
}
