package io.eventbackbone.cli.trace;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.trace.Witness.Logged;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.resource.AccountScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The audit log that contains the events of an object.
 *
 * @param group log group
 * @param isOfObject tells the object's events from the others in the log
 */
public record AuditLog(AccountScope scope, String group, Predicate<Logged> isOfObject) {

  /**
   * A backbone and a bus have a log of their own. The events of a subscription are in the log of
   * its bus: those that its filter matches. {@link View.Unseen} says why an object has no log.
   */
  public static View<AuditLog> of(HasMetadata object, Sight sight) {
    Admissions admissions = sight.snapshot().admissions();
    return switch (object) {
      case EventBackbone backbone ->
          ofAdmitted(
              admissions.backbone(backbone),
              it ->
                  it.spec().audit().enabled()
                      ? new View.Seen<>(new AuditLog(it.scope(), it.logGroupName(), any -> true))
                      : new View.Unseen<>(LogTexts.off(backbone)));
      case ServiceAccountBus bus -> ofAdmitted(admissions.bus(bus), it -> ofBus(it, any -> true));
      case EventSubscription subscription ->
          ofAdmitted(admissions.subscription(subscription), AuditLog::ofSubscription);
      default -> new View.Missing<>();
    };
  }

  private static <T> View<AuditLog> ofAdmitted(
      Admission<T> admission, Function<T, View<AuditLog>> log) {
    return switch (admission) {
      case Admitted<T> admitted -> log.apply(admitted.value());
      case Refused<T> refused -> new View.Unseen<>(refused.message());
    };
  }

  private static View<AuditLog> ofSubscription(AdmittedSubscription subscription) {
    var filter = Filters.conditions(subscription.resource().getSpec().filter());
    return ofBus(subscription.bus(), it -> Facts.ofEvent(it.event()).mismatches(filter).isEmpty());
  }

  private static View<AuditLog> ofBus(AdmittedBus bus, Predicate<Logged> isOfObject) {
    return bus.audit().enabled()
        ? new View.Seen<>(new AuditLog(bus.scope(), bus.logGroupName(), isOfObject))
        : new View.Unseen<>(LogTexts.off(bus.resource()));
  }
}
