package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts that one reconciliation acts in, and how it gets into each. */
record Accounts(Map<String, AccountAccess> byId) {

  static Accounts of(AwsAccount... accounts) {
    return new Accounts(
        Arrays.stream(accounts)
            .map(Accounts::access)
            .collect(
                Collectors.toUnmodifiableMap(
                    AccountAccess::accountId, Function.identity(), (one, same) -> one)));
  }

  static AccountAccess access(AwsAccount account) {
    return new AccountAccess(
        account.getSpec().accountId(),
        account.getSpec().assumedRole(),
        account.getSpec().trustedExternalId());
  }

  AccountAccess access(String accountId) {
    return Optional.ofNullable(byId.get(accountId))
        .orElseThrow(() -> new IllegalStateException("no access to account " + accountId));
  }

  /** Whether one was not looked at yet, which wakes who uses it when it was. */
  static boolean areUnseen(AwsAccount... accounts) {
    return Arrays.stream(accounts)
        .anyMatch(account -> Conditions.find(account.getStatus(), Conditions.READY).isEmpty());
  }

  /** What is wrong with the first account that the operator does not get into. */
  static Optional<String> unready(AwsAccount... accounts) {
    return Arrays.stream(accounts)
        .filter(account -> !Conditions.isTrue(account.getStatus(), Conditions.READY))
        .map(account ->
            "AwsAccount %s is not ready: %s"
                .formatted(
                    account.getMetadata().getName(),
                    Conditions.find(account.getStatus(), Conditions.READY)
                        .map(Condition::getMessage)
                        .orElse("it was not looked at yet")))
        .findFirst();
  }
}
