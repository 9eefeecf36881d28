package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.plan.Fingerprint;
import io.eventbackbone.core.wanted.WantedState;

/**
 * What a custom resource asks AWS for, and by which policies.
 *
 * @param accounts that the wanted state is in
 * @param backbone spec of the backbone, which says how AWS is managed
 * @param deletionPolicy of the custom resource
 */
public record Intent(
    WantedState wanted,
    Accounts accounts,
    EventBackboneSpec backbone,
    DeletionPolicy deletionPolicy) {

  /** For what belongs to the global bus, in its account alone. */
  public static Intent ofGlobalBus(WantedState wanted, AdmittedBackbone backbone) {
    return new Intent(
        wanted, Accounts.of(backbone.account()), backbone.spec(), backbone.spec().deletionPolicy());
  }

  public String fingerprint() {
    return Fingerprint.of(wanted);
  }
}
