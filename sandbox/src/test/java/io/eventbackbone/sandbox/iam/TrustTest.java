package io.eventbackbone.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.iam.Trust.Assumption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who becomes a role of account 111111111111, which declares its roles. */
class TrustTest {

  private static final String OWNER = "111111111111";
  private static final String OPERATOR = "222222222222";
  private static final String ROLE = "arn:aws:iam::111111111111:role/backbone/operator";
  private static final Principal.Account CALLER = root(OPERATOR);

  private final Roles roles = new Roles();
  private final Trust trust = new Trust(roles, new PolicyAuthorizer(roles));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Principal: {AWS: '222222222222'}                                                                                   | ''        | true
          Principal: {AWS: 'arn:aws:iam::222222222222:root'}                                                                 | ''        | true
          Principal: {AWS: 'arn:aws:iam::333333333333:root'}                                                                 | ''        | false
          Principal: {Service: events.amazonaws.com}                                                                         | ''        | false
          Principal: {AWS: '222222222222'}, Condition: {StringEquals: {'sts:ExternalId': secret}}                            | secret    | true
          Principal: {AWS: '222222222222'}, Condition: {StringEquals: {'sts:ExternalId': secret}}                            | other     | false
          Principal: {AWS: '222222222222'}, Condition: {StringEquals: {'sts:ExternalId': secret}}                            | ''        | false
          Principal: {AWS: '*'}, Condition: {StringEquals: {'aws:PrincipalOrgID': o-backbone}}                               | ''        | true
          Principal: {AWS: '*'}, Condition: {StringEquals: {'aws:PrincipalOrgID': o-another}}                                | ''        | false
          Principal: {AWS: '*'}, Condition: {ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::222222222222:*'}}                   | ''        | true
          """)
  void theTrustPolicyDecides(String elements, String externalId, boolean isTrusted) {
    roles.joinOrganization(OPERATOR, "o-backbone");
    declare("{Effect: Allow, " + elements + ", Action: 'sts:AssumeRole'}");
    Optional<String> sent = Optional.of(externalId).filter(id -> !id.isEmpty());

    if (isTrusted) {
      assertThat(trust.assume(CALLER, assumption(ROLE, sent)).arn())
          .isEqualTo("arn:aws:sts::111111111111:assumed-role/operator/me");
    } else {
      assertThatThrownBy(() -> trust.assume(CALLER, assumption(ROLE, sent)))
          .isInstanceOf(AwsException.class)
          .hasMessage(
              "User: arn:aws:iam::222222222222:root is not authorized to perform: sts:AssumeRole"
                  + " on resource: "
                  + ROLE);
    }
  }

  @Test
  void theCallersOwnAccountMustAllowToo() {
    declare("{Effect: Allow, Principal: {AWS: '222222222222'}, Action: 'sts:AssumeRole'}");
    roles.put(
        Policies.role(
            OPERATOR,
            "/",
            "pod",
            "{Effect: Allow, Principal: {AWS: '*'}, Action: 'sts:AssumeRole'}",
            "{Effect: Allow, Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/other'}"));
    Principal.Account pod =
        new Principal.Account(OPERATOR, "arn:aws:sts::222222222222:assumed-role/pod/me");

    assertThatThrownBy(() -> trust.assume(pod, assumption(ROLE, Optional.empty())))
        .hasMessageContaining("because no identity-based policy allows the sts:AssumeRole action");
  }

  @Test
  void aRoleThatIsNotDeclaredIsRefusedLikeOneThatDoesNotTrust() {
    declare("{Effect: Allow, Principal: {AWS: '*'}, Action: 'sts:AssumeRole'}");

    assertThatThrownBy(() ->
            trust.assume(
                CALLER, assumption("arn:aws:iam::111111111111:role/operator", Optional.empty())))
        .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
  }

  @Test
  void anAccountWithoutRolesHasAnyRole() {
    String role = "arn:aws:iam::333333333333:role/any";

    assertThat(trust.assume(CALLER, assumption(role, Optional.empty())).arn())
        .isEqualTo("arn:aws:sts::333333333333:assumed-role/any/me");
    assertThat(trust.assumeAsService("events.amazonaws.com", role).accountId())
        .isEqualTo("333333333333");
  }

  @Test
  void aSourceIdentityMustBeAllowedToo() {
    Assumption named =
        new Assumption(
            ROLE,
            "me",
            Optional.empty(),
            Optional.of("cluster"),
            Optional.empty(),
            Duration.ofHours(1));
    declare("{Effect: Allow, Principal: {AWS: '222222222222'}, Action: 'sts:AssumeRole'}");
    assertThatThrownBy(() -> trust.assume(CALLER, named))
        .hasMessage(
            "User: arn:aws:iam::222222222222:root is not authorized to perform:"
                + " sts:SetSourceIdentity on resource: "
                + ROLE);

    declare(
        "{Effect: Allow, Principal: {AWS: '222222222222'}, Action: 'sts:*', Condition:"
            + " {StringEquals: {'sts:SourceIdentity': cluster}}}");
    assertThat(trust.assume(CALLER, named).accountId()).isEqualTo(OWNER);
  }

  @Test
  void aServiceIsTrustedByItsName() {
    declare(
        "{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sts:AssumeRole'}");

    assertThat(trust.assumeAsService("events.amazonaws.com", ROLE).accountId()).isEqualTo(OWNER);
    assertThatThrownBy(() -> trust.assumeAsService("lambda.amazonaws.com", ROLE))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("lambda.amazonaws.com is not authorized");
  }

  @Test
  void aSessionIsNoLongerThanTheRoleAllows() {
    declare("{Effect: Allow, Principal: {AWS: '*'}, Action: 'sts:AssumeRole'}");
    Assumption twoHours =
        new Assumption(
            ROLE, "me", Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofHours(2));

    assertThatThrownBy(() -> trust.assume(CALLER, twoHours))
        .hasMessageContaining("exceeds the MaxSessionDuration set for this role");
  }

  private void declare(String trustPolicy) {
    roles.put(Policies.role(OWNER, "/backbone/", "operator", trustPolicy, ""));
  }

  private static Assumption assumption(String roleArn, Optional<String> externalId) {
    return new Assumption(
        roleArn, "me", externalId, Optional.empty(), Optional.empty(), Duration.ofHours(1));
  }

  private static Principal.Account root(String account) {
    return new Principal.Account(account, "arn:aws:iam::" + account + ":root");
  }
}
