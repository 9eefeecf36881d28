package io.eventbackbone.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
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
          eu-west-1  |                                                     |                                                      | 300 | 10240
          af-south-1 |                                                     |                                                      | 100 | 10240
          eu-south-1 |                                                     |                                                      | 100 | 10240
          eu-west-1  | rulesPerEventBus: 500                               |                                                      | 500 | 10240
          eu-west-1  | rulesPerEventBus: 500, eventBusPolicyCharacters: 20 |                                                      | 500 | 20
          af-south-1 | rulesPerEventBus: 300                               |                                                      | 300 | 10240
          eu-west-1  | rulesPerEventBus: 500                               | rulesPerEventBus: 200                                | 200 | 10240
          eu-west-1  | rulesPerEventBus: 500                               | eventBusPolicyCharacters: 30                         | 500 | 30
          eu-west-1  | rulesPerEventBus: 500, eventBusPolicyCharacters: 20 | rulesPerEventBus: 9, eventBusPolicyCharacters: 30000 | 9   | 30000
          us-east-1  |                                                     |                                                      | 1   | 1
          """)
  void precedence(String region, String applied, String stated, int rules, int characters) {
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
                  - {region: us-east-1, rulesPerEventBus: 1, eventBusPolicyCharacters: 1}
                  %s
                """
                    .formatted(
                        stated == null ? "" : stated,
                        applied == null ? "" : "- {region: %s, %s}".formatted(region, applied)));
    assertThat(BusQuotas.of(account, region)).isEqualTo(new BusQuotas(rules, characters));
  }
}
