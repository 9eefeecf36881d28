package io.eventbackbone.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedTest {

  @TempDir private Path folder;

  private final Roles roles = new Roles();

  @Test
  void plantsRolesAndTheOrganization() throws IOException {
    plant(
        """
        organization: {id: o-backbone, accounts: ["111111111111", "222222222222"]}
        accounts:
          "111111111111":
            roles:
              operator:
                trustPolicy:
                  Statement: {Effect: Allow, Principal: {AWS: "222222222222"}, Action: "sts:AssumeRole"}
                policies:
                  all: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}
        """);

    assertThat(roles.organizationOf("222222222222")).contains("o-backbone");
    assertThat(roles.areDeclared("222222222222")).isFalse();
    assertThat(roles.find("111111111111", "operator"))
        .hasValueSatisfying(role -> {
          assertThat(role.arn()).isEqualTo("arn:aws:iam::111111111111:role/operator");
          assertThat(role.policies()).containsOnlyKeys("all");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          organisation: {id: o-1}                                                                       | organisation
          accounts: {'111111111111': {roles: {r: {trust: {}}}}}                                         | trust
          accounts: {'1111': {roles: {r: {trustPolicy: {Statement: []}}}}}                              | 1111 is no account number
          accounts: {'111111111111': {roles: {r: {}}}}                                                  | role r of account 111111111111: it has no trustPolicy
          accounts: {'111111111111': {roles: {r: {trustPolicy: {}}}}}                                   | role r of account 111111111111: a policy is a JSON object with a Statement
          accounts: {'111111111111': {roles: {r: {trustPolicy: {Statement: {Effect: Allow, Action: x}}}}}} | Missing required field Principal
          """)
  void saysWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> plant(text)).hasMessageContaining(why);
  }

  private void plant(String text) throws IOException {
    Seed.plant(Files.writeString(folder.resolve("seed.yaml"), text), roles, Clock.systemUTC());
  }
}
