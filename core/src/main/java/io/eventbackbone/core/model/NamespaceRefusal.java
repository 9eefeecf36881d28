package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Admissions.describe;

import io.eventbackbone.api.v1alpha1.AllowedNamespaces;
import io.eventbackbone.api.v1alpha1.AllowedReferents;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Optional;

/**
 * Tells a referrer that the object it refers to does not admit its namespace, and which labels
 * would change that.
 */
record NamespaceRefusal(HasMetadata referent, String field, Optional<LabelSelector> selector) {

  static NamespaceRefusal by(AwsAccount account) {
    AllowedNamespaces allowed = account.getSpec().allowedNamespaces();
    return new NamespaceRefusal(
        account,
        "spec.allowedNamespaces",
        allowed.labels().filter(it -> allowed.from() == AllowedNamespaces.From.SELECTOR));
  }

  static NamespaceRefusal by(EventBackbone backbone) {
    return new NamespaceRefusal(
        backbone, "spec.allowedBuses", selector(backbone.getSpec().allowedBuses()));
  }

  static NamespaceRefusal by(ServiceAccountBus bus) {
    return new NamespaceRefusal(
        bus, "spec.allowedSubscriptions", selector(bus.getSpec().allowedSubscriptions()));
  }

  private static Optional<LabelSelector> selector(AllowedReferents allowed) {
    return allowed.labels().filter(it -> allowed.from() == AllowedReferents.From.SELECTOR);
  }

  <T> Admission<T> of(HasMetadata referrer, Inventory inventory) {
    String namespace = referrer.getMetadata().getNamespace();
    Optional<String> change =
        selector.flatMap(it ->
            inventory.namespaceLabels(namespace).flatMap(labels -> LabelChange.of(it, labels)));
    return new Refused<>(
        Reason.REFERENCE_NOT_ALLOWED,
        change
            .map(it ->
                "%s does not admit namespace %s: %s, or have its owner admit it in %s"
                    .formatted(describe(referent), namespace, it, field))
            .orElseGet(() ->
                "%s does not admit namespace %s: its owner must admit it in %s"
                    .formatted(describe(referent), namespace, field)));
  }
}
