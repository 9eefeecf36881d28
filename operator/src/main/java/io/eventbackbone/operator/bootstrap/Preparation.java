package io.eventbackbone.operator.bootstrap;

import io.eventbackbone.core.resource.AccountScope;
import java.util.List;
import java.util.Optional;

/**
 * An account that needs roles. Names of buses and log groups may be IAM patterns.
 *
 * @param accountId twelve digits, or a template's expression for its own account
 * @param regions of the backbones that the account belongs to
 * @param tagKeys keys of the tags in specs
 * @param logGroupName for events; empty: named after the bus
 * @param busLogGroupName for the log of the bus; empty: named after the bus
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
   * The principal that may assume the operator's role.
   *
   * @param externalId the operator must send it
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

  /** The bus that the operator manages in the account. */
  String busName() {
    return kind == AccountKind.BACKBONE ? globalBusName : localBusName;
  }
}
