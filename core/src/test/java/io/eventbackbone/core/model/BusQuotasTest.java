package io.eventbackbone.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stated wins over what Service Quotas says, and that over AWS's defaults. */
class BusQuotasTest {

  @ParameterizedTest(name = "{1} in {0}, but {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          eu-west-1  |                                                     |                                                      | 300 | 10240 | 2048
          af-south-1 |                                                     |                                                      | 100 | 10240 | 2048
          eu-south-1 |                                                     |                                                      | 100 | 10240 | 2048
          eu-west-1  | rulesPerEventBus: 500                               |                                                      | 500 | 10240 | 2048
          eu-west-1  | rulesPerEventBus: 500, eventBusPolicyCharacters: 20 |                                                      | 500 | 20 | 2048
          af-south-1 | rulesPerEventBus: 300                               |                                                      | 300 | 10240 | 2048
          eu-west-1  | rulesPerEventBus: 500                               | rulesPerEventBus: 200                                | 200 | 10240 | 2048
          eu-west-1  | rulesPerEventBus: 500                               | eventBusPolicyCharacters: 30                         | 500 | 30 | 2048
          eu-west-1  | rulesPerEventBus: 500, eventBusPolicyCharacters: 20 | rulesPerEventBus: 9, eventBusPolicyCharacters: 30000 | 9   | 30000 | 2048
          eu-west-1  | eventPatternCharacters: 4096 | | 300 | 10240 | 4096
          eu-west-1  | eventPatternCharacters: 9999 | | 300 | 10240 | 4096
          eu-west-1  | eventPatternCharacters: 4096 | eventPatternCharacters: 3000 | 300 | 10240 | 3000
          us-east-1  |                                                     |                                                      | 1   | 1 | 1
          """)
  void precedence(
      String region, String applied, String stated, int rules, int characters, int pattern) {
    AwsAccount account =
        (AwsAccount)
            Cluster.read(
                """
                apiVersion: eventbackbone.io/v1alpha1
                kind: AwsAccount
                metadata: {name: backbone}
                spec:
                  accountId: "111111111111"
                  quotas: {%s}
                status:
                  quotas:
                  - {region: us-east-1, rulesPerEventBus: 1, eventBusPolicyCharacters: 1, eventPatternCharacters: 1}
                  %s
                """
                    .formatted(
                        stated == null ? "" : stated,
                        applied == null ? "" : "- {region: %s, %s}".formatted(region, applied)));
    BusQuotas quotas = BusQuotas.of(account, region);
    assertThat(List.of(quotas.rules(), quotas.policyCharacters(), quotas.patterns().characters()))
        .containsExactly(rules, characters, pattern);
    assertThat(quotas.patterns().more())
        .isEqualTo(
            pattern == 4_096
                ? ""
                : "in account 111111111111 have the EventBridge quota \"Event pattern size\" raised,"
                    + " and write the new value into spec.quotas of the AwsAccount unless its"
                    + " status.quotas shows it");
  }
}
