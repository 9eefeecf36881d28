package io.eventbackbone.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may put events on a bus of account 111111111111. */
class PolicyAuthorizerTest {

  private static final String OWN = "111111111111";
  private static final String OTHER = "222222222222";
  private static final String BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/bus";
  private static final Principal.Service EVENTS = new Principal.Service("events.amazonaws.com");

  private final Roles roles = new Roles();
  private final PolicyAuthorizer authorizer = new PolicyAuthorizer(roles);

  @BeforeEach
  void declareRoles() {
    String trust = "{Effect: Allow, Principal: {AWS: '*'}, Action: 'sts:AssumeRole'}";
    String allow = "{Effect: Allow, Action: 'events:Put*', Resource: '*'}";
    String deny = "{Effect: Deny, Action: 'events:PutEvents', Resource: '*'}";
    for (String account : new String[] {OWN, OTHER}) {
      roles.put(Policies.role(account, "/", "allowed", trust, allow));
      roles.put(Policies.role(account, "/team/", "silent", trust, ""));
      roles.put(Policies.role(account, "/", "denied", trust, allow + ", " + deny));
    }
    roles.joinOrganization(OTHER, "o-backbone");
  }

  @ParameterizedTest(name = "{0} of {1} with resource policy {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          root    | 111111111111 | none                      | yes
          root    | 111111111111 | deny-own                  | with an explicit deny in a resource-based policy
          allowed | 111111111111 | none                      | yes
          allowed | 111111111111 | deny-own                  | with an explicit deny in a resource-based policy
          silent  | 111111111111 | none                      | because no identity-based policy allows
          silent  | 111111111111 | own-root                  | because no identity-based policy allows
          silent  | 111111111111 | own-role                  | yes
          silent  | 111111111111 | own-session               | yes
          silent  | 111111111111 | anyone                    | yes
          denied  | 111111111111 | anyone                    | with an explicit deny in an identity-based policy
          unknown | 111111111111 | none                      | because no identity-based policy allows
          root    | 222222222222 | none                      | because no resource-based policy allows
          root    | 222222222222 | other-root                | yes
          root    | 222222222222 | other-number              | yes
          root    | 222222222222 | own-root                  | because no resource-based policy allows
          allowed | 222222222222 | none                      | because no resource-based policy allows
          allowed | 222222222222 | other-root                | yes
          allowed | 222222222222 | other-organization        | yes
          allowed | 222222222222 | another-organization      | because no resource-based policy allows
          allowed | 222222222222 | everyone-but-other        | because no resource-based policy allows
          allowed | 222222222222 | service                   | because no resource-based policy allows
          silent  | 222222222222 | other-root                | because no identity-based policy allows
          silent  | 222222222222 | other-role                | because no identity-based policy allows
          denied  | 222222222222 | other-root                | with an explicit deny in an identity-based policy
          any     | 333333333333 | anyone                    | yes
          any     | 333333333333 | other-organization        | because no resource-based policy allows
          """)
  void decidesForIdentities(String who, String account, String resourcePolicy, String verdict) {
    assertVerdict(identity(who, account), "events:PutEvents", resourcePolicy, verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none        | because no resource-based policy allows
          own-root    | because no resource-based policy allows
          service     | yes
          anyone      | yes
          deny-events | with an explicit deny in a resource-based policy
          """)
  void aServiceNeedsTheResourcePolicy(String resourcePolicy, String verdict) {
    assertVerdict(EVENTS, "events:PutEvents", resourcePolicy, verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allowed | {Effect: Allow, Action: 'events:PutEvents', Resource: '*'}                 | none     | yes
          allowed | {Effect: Allow, Action: 'events:PutRule', Resource: '*'}                   | none     | because no session policy allows
          allowed | {Effect: Allow, Action: '*', Resource: 'arn:aws:events:*:*:event-bus/no'}  | none     | because no session policy allows
          allowed | {Effect: Deny, Action: '*', Resource: '*'}                                 | none     | with an explicit deny in a session policy
          silent  | {Effect: Allow, Action: '*', Resource: '*'}                                | none     | because no identity-based policy allows
          silent  | {Effect: Allow, Action: 'events:PutRule', Resource: '*'}                   | own-role | because no session policy allows
          """)
  void aSessionPolicyOnlyNarrows(
      String role, String sessionPolicy, String resourcePolicy, String verdict) {
    Principal.Account limited =
        new Principal.Account(
            OWN, identity(role, OWN).arn(), Optional.of(Policies.policy(sessionPolicy)));

    assertVerdict(limited, "events:PutEvents", resourcePolicy, verdict);
  }

  @Test
  void aPolicyThatCannotBeEvaluatedAdmitsNobodyAndSaysWhy() {
    JsonNode policy =
        Policies.policy(
            "{Effect: Allow, Principal: '*', Action: '*',"
                + " Condition: {DateLessThan: {'aws:CurrentTime': '2030-01-01T00:00:00Z'}}}");

    assertThatThrownBy(() ->
            authorizer.authorize(
                EVENTS, Access.to("sqs:SendMessage", BUS, OWN).governedBy(Optional.of(policy))))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("resource-based policy can't be evaluated")
        .hasMessageContaining("DateLessThan");
  }

  @Test
  void aRefusalIsWordedAsAwsWordsIt() {
    assertThatThrownBy(() ->
            authorizer.authorize(identity("silent", OWN), Access.to("events:PutRule", BUS, OWN)))
        .isInstanceOfSatisfying(
            AwsException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("AccessDeniedException");
              assertThat(refusal)
                  .hasMessage(
                      "User: arn:aws:sts::111111111111:assumed-role/silent/me is not authorized to"
                          + " perform: events:PutRule on resource: "
                          + BUS
                          + " because no identity-based policy allows the events:PutRule action");
            });
  }

  private void assertVerdict(
      Principal principal, String action, String resourcePolicy, String verdict) {
    Optional<JsonNode> policy =
        Optional.ofNullable(RESOURCE_POLICIES.get(resourcePolicy)).map(Policies::policy);
    Access access = Access.to(action, BUS, OWN).governedBy(policy);
    if (verdict.equals("yes")) {
      assertThatCode(() -> authorizer.authorize(principal, access)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> authorizer.authorize(principal, access))
          .isInstanceOf(AwsException.class)
          .hasMessageContaining(verdict);
    }
  }

  private static Principal.Account identity(String who, String account) {
    return new Principal.Account(
        account,
        who.equals("root")
            ? "arn:aws:iam::" + account + ":root"
            : "arn:aws:sts::" + account + ":assumed-role/" + who + "/me");
  }

  private static String allow(String principal) {
    return "{Effect: Allow, Principal: " + principal + ", Action: 'events:*', Resource: '*'}";
  }

  private static String deny(String principal) {
    return "{Effect: Deny, Principal: " + principal + ", Action: 'events:*', Resource: '*'}";
  }

  private static String inOrganization(String id) {
    return "{Effect: Allow, Principal: '*', Action: 'events:PutEvents', Resource: '*',"
        + " Condition: {StringEquals: {'aws:PrincipalOrgID': "
        + id
        + "}}}";
  }

  private static final Map<String, String> RESOURCE_POLICIES =
      Map.ofEntries(
          Map.entry("anyone", allow("'*'")),
          Map.entry("own-root", allow("{AWS: 'arn:aws:iam::111111111111:root'}")),
          Map.entry("own-role", allow("{AWS: 'arn:aws:iam::111111111111:role/team/silent'}")),
          Map.entry(
              "own-session", allow("{AWS: 'arn:aws:sts::111111111111:assumed-role/silent/me'}")),
          Map.entry("other-root", allow("{AWS: ['arn:aws:iam::222222222222:root']}")),
          Map.entry("other-number", allow("{AWS: '222222222222'}")),
          Map.entry("other-role", allow("{AWS: 'arn:aws:iam::222222222222:role/team/silent'}")),
          Map.entry("other-organization", inOrganization("o-backbone")),
          Map.entry("another-organization", inOrganization("o-another")),
          Map.entry(
              "everyone-but-other",
              "{Effect: Allow, NotPrincipal: {AWS: 'arn:aws:iam::222222222222:role/allowed'},"
                  + " Action: '*', Resource: '*'}"),
          Map.entry("service", allow("{Service: events.amazonaws.com}")),
          Map.entry(
              "deny-own", allow("'*'") + ", " + deny("{AWS: 'arn:aws:iam::111111111111:root'}")),
          Map.entry(
              "deny-events", allow("'*'") + ", " + deny("{Service: [events.amazonaws.com]}")));
}
