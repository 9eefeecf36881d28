package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.AwsAccountStatus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.operator.aws.AwsSessions;
import io.eventbackbone.operator.aws.CallerIdentity;
import io.eventbackbone.operator.aws.failure.AwsFailure;
import io.eventbackbone.operator.aws.failure.AwsFailureException;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.reconcile.apply.Accounts;
import io.eventbackbone.operator.reconcile.apply.FailureReasons;
import io.eventbackbone.operator.reconcile.apply.QuotaReadings;
import io.eventbackbone.operator.reconcile.apply.Reschedule;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Enters the account, and says whether it has the number in the spec. */
@ControllerConfiguration(name = "awsaccount")
final class AwsAccountReconciler extends ResourceReconciler<AwsAccount, AwsAccountStatus>
    implements Cleaner<AwsAccount> {

  /**
   * The operator enters again after this time: no event tells of a changed role or trust policy.
   */
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private final Inventory inventory;
  private final Admissions admissions;
  private final AwsSessions sessions;
  private final QuotaReadings quotas;
  private final String region;

  /**
   * @param region the Region of STS, as long as no backbone names a Region
   */
  AwsAccountReconciler(
      Inventory inventory,
      AwsSessions sessions,
      QuotaReadings quotas,
      String region,
      ReconcilerContext shared) {
    super(AwsAccount.class, shared);
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.sessions = sessions;
    this.quotas = quotas;
    this.region = region;
  }

  @Override
  ReconcileResult<AwsAccountStatus> decide(
      AwsAccount account, Conditions conditions, Context<AwsAccount> context) {
    return switch (admissions.account(account)) {
      case Refused<AwsAccount>(Reason reason, String message) -> {
        conditions.no(Conditions.ACCEPTED, reason, message);
        yield ReconcileResult.untilChange(status(account, null, List.of(), conditions.summed("")));
      }
      case Admitted<AwsAccount> ignored -> enter(account, conditions);
    };
  }

  private ReconcileResult<AwsAccountStatus> enter(AwsAccount account, Conditions conditions) {
    conditions.accepted(SpecCheck.selectorsOf(account), "the spec is valid");
    try {
      return ready(
          account, conditions, sessions.session(Accounts.access(account), region).identity());
    } catch (AwsFailureException e) {
      return failed(account, conditions, e.failure());
    }
  }

  private ReconcileResult<AwsAccountStatus> ready(
      AwsAccount account, Conditions conditions, CallerIdentity caller) {
    conditions.yes(
        Conditions.CREDENTIALS_READY, Reason.CREDENTIALS_VALID, "acts as " + caller.arn());
    return new ReconcileResult<>(
        status(
            account,
            caller.arn(),
            quotas.of(account),
            conditions.summed("the operator gets into the account")),
        new Reschedule.Recheck(RECHECK));
  }

  private ReconcileResult<AwsAccountStatus> failed(
      AwsAccount account, Conditions conditions, AwsFailure failure) {
    Reason reason = FailureReasons.of(failure);
    if (conditions.isNews(Conditions.CREDENTIALS_READY, failure.message())) {
      shared.events().record(account, EventType.WARNING, reason, failure.message());
    }
    conditions.no(Conditions.CREDENTIALS_READY, reason, failure.message());
    return new ReconcileResult<>(
        with(conditions.summed(""), account.getStatus(), account),
        Reschedule.after(failure, RECHECK));
  }

  @Override
  AwsAccountStatus with(List<Condition> conditions, AwsAccountStatus status, AwsAccount account) {
    return status(account, status.callerArn(), status.quotas(), conditions);
  }

  private static AwsAccountStatus status(
      AwsAccount account,
      String callerArn,
      List<AppliedQuotas> quotas,
      List<Condition> conditions) {
    return new AwsAccountStatus(
        account.getMetadata().getGeneration(), callerArn, quotas, conditions);
  }

  @Override
  public DeleteControl cleanup(AwsAccount account, Context<AwsAccount> context) {
    return cleanUp(
        account,
        context,
        report -> {
          List<HasMetadata> users = users(account);
          return users.isEmpty()
              ? DeleteControl.defaultDelete()
              : shared.finalization().waitFor(users, report);
        });
  }

  private List<HasMetadata> users(AwsAccount account) {
    String name = account.getMetadata().getName();
    return Stream.concat(
            inventory.backbonesOfAccount(name).stream(), inventory.busesOfAccount(name).stream())
        .filter(user -> admissions.isAdmitted(user, account))
        .<HasMetadata>map(user -> user)
        .toList();
  }
}
