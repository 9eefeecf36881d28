package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.operator.aws.client.AccountAccess;
import io.eventbackbone.operator.cluster.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts that one reconciliation acts in, with the access to each. */
public record Accounts(Map<String, AccountAccess> byId) {

  public static Accounts of(AwsAccount... accounts) {
    return new Accounts(
        Arrays.stream(accounts)
            .map(Accounts::access)
            .collect(
                Collectors.toUnmodifiableMap(
                    AccountAccess::accountId, Function.identity(), (one, same) -> one)));
  }

  public static AccountAccess access(AwsAccount account) {
    return new AccountAccess(
        account.getSpec().accountId(),
        account.getSpec().assumedRole(),
        account.getSpec().trustedExternalId());
  }

  public AccountAccess access(String accountId) {
    return Optional.ofNullable(byId.get(accountId))
        .orElseThrow(() -> new IllegalStateException("no access to account " + accountId));
  }

  /** Whether the operator has yet to enter an account; its users are woken when it has. */
  public static boolean areUnseen(AwsAccount... accounts) {
    return Arrays.stream(accounts)
        .anyMatch(account -> account.getStatus().condition(Conditions.READY).isEmpty());
  }

  /** Why the operator does not get into the first account that is not ready. */
  public static Optional<String> unready(AwsAccount... accounts) {
    return Arrays.stream(accounts)
        .filter(account -> !Conditions.isTrue(account.getStatus(), Conditions.READY))
        .map(account ->
            "AwsAccount %s is not ready: %s"
                .formatted(
                    account.getMetadata().getName(),
                    account
                        .getStatus()
                        .condition(Conditions.READY)
                        .map(Condition::getMessage)
                        .orElse("it was not looked at yet")))
        .findFirst();
  }
}
