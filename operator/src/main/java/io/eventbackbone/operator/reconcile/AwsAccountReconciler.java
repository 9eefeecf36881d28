package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.AppliedQuotas;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.AwsAccountStatus;
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
import io.eventbackbone.operator.reconcile.Reconciled.Next;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Gets into the account, and says whether it is the one that was meant. */
@ControllerConfiguration(name = "awsaccount")
final class AwsAccountReconciler implements Reconciler<AwsAccount>, Cleaner<AwsAccount> {

  /** Roles and trust policies change without telling; so they are looked at now and then. */
  private static final Duration RECHECK = Duration.ofMinutes(5);

  private final Inventory inventory;
  private final Admissions admissions;
  private final AwsSessions sessions;
  private final QuotaReadings quotas;
  private final ReconcilerContext surroundings;

  AwsAccountReconciler(
      Inventory inventory,
      AwsSessions sessions,
      QuotaReadings quotas,
      ReconcilerContext surroundings) {
    this.inventory = inventory;
    this.admissions = new Admissions(inventory);
    this.sessions = sessions;
    this.quotas = quotas;
    this.surroundings = surroundings;
  }

  @Override
  public List<EventSource<?, AwsAccount>> prepareEventSources(
      EventSourceContext<AwsAccount> context) {
    return List.of(surroundings.wakes().sourceOf(AwsAccount.class));
  }

  @Override
  public UpdateControl<AwsAccount> reconcile(AwsAccount account, Context<AwsAccount> context) {
    return surroundings.reconcile(
        account, () -> reconciled(account).publish(account, context, surroundings));
  }

  private Reconciled<AwsAccountStatus> reconciled(AwsAccount account) {
    return admissions.account(account) instanceof Refused<AwsAccount> refused
        ? refused(account, refused)
        : entered(account);
  }

  @Override
  public DeleteControl cleanup(AwsAccount account, Context<AwsAccount> context) {
    return surroundings.cleanUp(
        account, (reason, message) -> waiting(account, reason, message), () -> cleanedUp(account));
  }

  private DeleteControl cleanedUp(AwsAccount account) {
    String name = account.getMetadata().getName();
    List<HasMetadata> users =
        Stream.concat(
                inventory.backbonesOfAccount(name).stream(),
                inventory.busesOfAccount(name).stream())
            .filter(user -> admissions.isAdmitted(user, account))
            .<HasMetadata>map(user -> user)
            .toList();
    return users.isEmpty()
        ? DeleteControl.defaultDelete()
        : surroundings
            .deletion()
            .waitFor(users, account, (reason, message) -> waiting(account, reason, message));
  }

  private AwsAccountStatus waiting(AwsAccount account, Reason reason, String message) {
    return status(
        account,
        account.getStatus().callerArn(),
        account.getStatus().quotas(),
        conditions(account).waiting(reason, message));
  }

  @Override
  public ErrorStatusUpdateControl<AwsAccount> updateErrorStatus(
      AwsAccount account, Context<AwsAccount> context, Exception failure) {
    return surroundings.publishFailure(
        account, failure, context, (reason, message) -> waiting(account, reason, message));
  }

  private Reconciled<AwsAccountStatus> refused(AwsAccount account, Refused<AwsAccount> refused) {
    Conditions conditions =
        conditions(account).no(Conditions.ACCEPTED, refused.reason(), refused.message());
    return new Reconciled<>(
        status(account, null, List.of(), conditions.summed("")), new Next.OnChange());
  }

  private Reconciled<AwsAccountStatus> entered(AwsAccount account) {
    Conditions conditions =
        conditions(account).accepted(SpecCheck.selectorsOf(account), "the spec is valid");
    try {
      return ready(
          account,
          conditions,
          sessions.session(Accounts.access(account), surroundings.region()).identity());
    } catch (AwsFailureException e) {
      return failed(account, conditions, e.failure());
    }
  }

  private Reconciled<AwsAccountStatus> ready(
      AwsAccount account, Conditions conditions, CallerIdentity caller) {
    conditions.yes(
        Conditions.CREDENTIALS_READY, Reason.CREDENTIALS_VALID, "acts as " + caller.arn());
    return new Reconciled<>(
        status(
            account,
            caller.arn(),
            quotas.of(account),
            conditions.summed("the operator gets into the account")),
        new Next.Recheck(RECHECK));
  }

  private Reconciled<AwsAccountStatus> failed(
      AwsAccount account, Conditions conditions, AwsFailure failure) {
    Reason reason = Failures.reason(failure);
    if (conditions.isNews(Conditions.CREDENTIALS_READY, failure.message())) {
      surroundings.events().record(account, EventType.WARNING, reason, failure.message());
    }
    conditions.no(Conditions.CREDENTIALS_READY, reason, failure.message());
    return new Reconciled<>(
        status(
            account,
            account.getStatus().callerArn(),
            account.getStatus().quotas(),
            conditions.summed("")),
        Reconciled.after(failure, RECHECK));
  }

  private Conditions conditions(AwsAccount account) {
    return surroundings.conditions(account, account.getStatus());
  }

  private static AwsAccountStatus status(
      AwsAccount account,
      String callerArn,
      List<AppliedQuotas> quotas,
      List<io.fabric8.kubernetes.api.model.Condition> conditions) {
    return new AwsAccountStatus(
        account.getMetadata().getGeneration(), callerArn, quotas, conditions);
  }
}
