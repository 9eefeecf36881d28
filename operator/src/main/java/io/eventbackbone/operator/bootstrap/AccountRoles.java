package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.AccountScope;
import java.util.List;

/** The roles of an account: the operator's, and in the backbone's account EventBridge's. */
final class AccountRoles {

  /** The service that forwards events from the global bus. */
  static final String EVENTBRIDGE = "events.amazonaws.com";

  private AccountRoles() {}

  static List<IamRole> of(Preparation account) {
    return switch (account.kind()) {
      case BACKBONE -> List.of(operator(account), forwarding(account));
      case SERVICE -> List.of(operator(account));
    };
  }

  private static IamRole operator(Preparation account) {
    ObjectNode trust = IamRole.policyDocument();
    ObjectNode statement = allow(trust, "sts:AssumeRole");
    statement.putObject("Principal").put("AWS", account.operator().roleArn());
    statement
        .putObject("Condition")
        .putObject("StringEquals")
        .put("sts:ExternalId", account.operator().externalId());
    allow(trust, "sts:SetSourceIdentity")
        .putObject("Principal")
        .put("AWS", account.operator().roleArn());
    return new IamRole(
        "operator",
        account.roleName(),
        "Assumed by the event backbone operator",
        trust,
        OperatorGrants.of(account));
  }

  /** The policy of each local bus must admit the role's account as well. */
  private static IamRole forwarding(Preparation account) {
    ObjectNode trust = IamRole.policyDocument();
    allow(trust, "sts:AssumeRole").putObject("Principal").put("Service", EVENTBRIDGE);
    Grant grant =
        new Grant(
            "ForwardEvents",
            "put events on the local buses of all accounts whose policies let it",
            List.of("events:PutEvents"),
            account.regions().stream()
                .map(region -> new AccountScope("*", region))
                .map(everyAccount ->
                    everyAccount.arn("events", "event-bus/" + account.localBusName()))
                .toList(),
            List.of());
    return new IamRole(
        "forwarding",
        account.forwardingRoleName(),
        "Assumed by EventBridge to forward events of the event backbone",
        trust,
        List.of(grant));
  }

  private static ObjectNode allow(ObjectNode policy, String action) {
    return policy
        .withArrayProperty("Statement")
        .addObject()
        .put("Effect", "Allow")
        .put("Action", action);
  }
}
