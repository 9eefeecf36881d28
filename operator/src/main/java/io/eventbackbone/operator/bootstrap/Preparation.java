package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.AccountScope;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an account that gets its roles. Names of buses and log groups may be patterns of
 * IAM.
 *
 * @param accountId twelve digits, or what a template language writes for the account it is used in
 * @param regions of the backbones that the account takes part in
 * @param tagKeys of the tags that specs ask for
 * @param logGroupName of the audit log; empty: named after the bus
 * @param busLogGroupName of the bus's own log; empty: named after the bus
 */
record Preparation(
    AccountKind kind,
    String accountId,
    List<String> regions,
    Trusted operator,
    String roleName,
    String globalBusName,
    String localBusName,
    Optional<String> logGroupName,
    Optional<String> busLogGroupName,
    String forwardingRoleName,
    List<String> tagKeys) {

  /**
   * Who may assume the operator's role.
   *
   * @param externalId what the operator must send with it
   */
  record Trusted(String roleArn, String externalId) {}

  Preparation {
    regions = List.copyOf(regions);
    tagKeys = List.copyOf(tagKeys);
  }

  /** The account in each of its Regions. */
  List<AccountScope> scopes() {
    return regions.stream().map(region -> new AccountScope(accountId, region)).toList();
  }

  /** The bus that the operator manages here. */
  String busName() {
    return kind == AccountKind.BACKBONE ? globalBusName : localBusName;
  }
}
