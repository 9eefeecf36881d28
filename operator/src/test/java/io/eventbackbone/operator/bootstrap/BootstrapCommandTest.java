package io.eventbackbone.operator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.bootstrap.Bootstrap.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --account=123                             | --account 123 is not valid: an account number has 12 digits
          --format=terraform                        | --account is missing
          --external-id=a b                         | --external-id a b is not valid
          --operator-role-arn=event-backbone        | ARN of an IAM role
          --operator-role-arn=arn:aws:iam::999999999999:user/me | ARN of an IAM role
          --region=Ireland                          | a Region such as eu-west-1
          --region=eu-west-1,cn-north-1             | not of partition aws-cn
          --role-name=a/b                           | --role-name a/b is not valid
          --forwarding-role-name=a/b                | --forwarding-role-name a/b is not valid
          --global-bus-name=default                 | default bus
          --local-bus-name=*                        | default bus
          --local-bus-name=de*                      | default bus
          --local-bus-name=a/b                      | --local-bus-name a/b is not valid
          --log-group-name=*                        | every log group
          --bus-log-group-name=*                    | every log group
          --tag-key=aws:createdBy                   | must not begin with aws:
          --kind=global                             | '--kind'
          """)
  void saysWhatIsWrong(String option, String message) {
    String own = option.substring(0, option.indexOf('='));
    Answer answer =
        Bootstrap.runAlone(
            Stream.concat(
                    Stream.of(
                            "--kind=backbone",
                            "--region=eu-west-1",
                            "--operator-role-arn=" + Bootstrap.OPERATOR,
                            "--external-id=" + Bootstrap.EXTERNAL_ID)
                        .filter(given -> !given.startsWith(own + "=")),
                    Stream.of(option))
                .toArray(String[]::new));
    assertThat(answer.err()).contains(message);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"--kind", "--region", "--operator-role-arn", "--external-id"})
  void namesWhatIsMissing(String option) {
    assertThat(Bootstrap.runAlone().err()).contains("Missing required options").contains(option);
  }

  @Test
  void aPolicyThatIamWouldNotTakeIsRefused() {
    String regions = "eu-west-1" + ",eu-central-1".repeat(20);
    Answer answer =
        Bootstrap.runAlone(
            "--kind=service",
            "--region=" + regions,
            "--operator-role-arn=" + Bootstrap.OPERATOR,
            "--external-id=id");
    assertThat(answer.err()).contains("of which IAM takes 10240: name fewer Regions");
  }

  @ParameterizedTest
  @CsvSource({"backbone", "service"})
  void twoRegionsFit(String kind) {
    assertThat(
            Bootstrap.runAlone(
                    "--kind=" + kind,
                    "--region=eu-west-1,ap-southeast-1",
                    "--operator-role-arn=" + Bootstrap.OPERATOR,
                    "--external-id=id")
                .exitCode())
        .isZero();
  }

  @Test
  void withoutAnAccountTheTemplateIsOfWhicheverAccountItIsUsedIn() {
    assertThat(Bootstrap.run("service").out())
        .contains("Fn::Sub: \"arn:aws:events:eu-west-1:${AWS::AccountId}:event-bus/local-bus-*\"");
    assertThat(Bootstrap.run("service", "--account=222222222222").out())
        .contains("arn:aws:events:eu-west-1:222222222222:event-bus/local-bus-*")
        .doesNotContain("Fn::Sub");
  }

  @Test
  void namesGoWhereTheyBelong() {
    assertThat(
            Bootstrap.run(
                    "backbone",
                    "--role-name=ops",
                    "--global-bus-name=corp",
                    "--local-bus-name=team-*",
                    "--log-group-name=/corp/events",
                    "--bus-log-group-name=/corp/log",
                    "--forwarding-role-name=forward",
                    "--tag-key=team",
                    "--tag-key=Cost Center")
                .out())
        .contains(
            "RoleName: ops",
            ":event-bus/corp",
            ":rule/corp/globalTo*",
            ":corp-dlq",
            ":log-group:/corp/events",
            ":log-group:/corp/log",
            ":delivery-source:event-backbone-corp-*-logs",
            ":archive/event-backbone-corp",
            ":event-bus/team-*",
            "RoleName: forward",
            "- team",
            "- Cost Center",
            "- eventbackbone.io/tag-keys",
            ":role/forward")
        .doesNotContain("global-bus", "local-bus");
  }

  /** Of bus names with a dot the names of what belongs to them end with a hash. */
  @Test
  void thePatternOfBusesWithDotsCoversTheirQueues() {
    assertThat(
            Bootstrap.run("service", "--account=222222222222", "--local-bus-name=com.acme.*").out())
        .contains(
            ":222222222222:com-acme-*-????????-dlq",
            ":delivery-source:event-backbone-com-acme-*-????????-*-logs",
            ":delivery-destination:event-backbone-com-acme-*-????????")
        .doesNotContain("c03dc376");
  }

  @Test
  void thePartitionIsThatOfTheRegion() {
    assertThat(
            Bootstrap.runAlone(
                    "--kind=backbone",
                    "--region=cn-north-1",
                    "--operator-role-arn=arn:aws-cn:iam::999999999999:role/event-backbone",
                    "--external-id=id")
                .out())
        .contains("arn:aws-cn:iam::${AWS::AccountId}:role/event-backbone-forwarding")
        .doesNotContain("arn:aws:");
  }
}
