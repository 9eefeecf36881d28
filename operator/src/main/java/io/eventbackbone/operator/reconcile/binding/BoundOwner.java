package io.eventbackbone.operator.reconcile.binding;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.operator.reconcile.binding.BoundObject.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A subscription as the owner of the objects that workloads bind to. */
record BoundOwner(EventSubscription subscription) {

  static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  static final String MANAGED_BY = "event-backbone-operator";

  String namespace() {
    return subscription.getMetadata().getNamespace();
  }

  String name() {
    return subscription.getMetadata().getName();
  }

  /** The metadata of a new object. */
  ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace())
        .withName(name)
        .addToLabels(MANAGED_BY_LABEL, MANAGED_BY)
        .withOwnerReferences(reference())
        .build();
  }

  /** The metadata of a patch that makes a found object the subscription's. */
  ObjectMeta repaired(ObjectMeta found) {
    return new ObjectMetaBuilder(metadata(found.getName()))
        .withResourceVersion(found.getResourceVersion())
        .withOwnerReferences(withOwner(found.getOwnerReferences()))
        .build();
  }

  /** The entries of a JSON merge patch that leaves no others than the wanted ones. */
  static Map<String, String> replacing(Map<String, String> found, Map<String, String> wanted) {
    Map<String, String> entries = new TreeMap<>();
    Optional.ofNullable(found).ifPresent(it -> it.keySet().forEach(key -> entries.put(key, null)));
    entries.putAll(wanted);
    return entries;
  }

  /** Whether the metadata of an object is as it should be. */
  boolean isIn(ObjectMeta metadata) {
    return MANAGED_BY.equals(metadata.getLabels().get(MANAGED_BY_LABEL))
        && withOwner(metadata.getOwnerReferences()).equals(metadata.getOwnerReferences());
  }

  /** Whether a watched object, of which the operator keeps the controller alone, is owned. */
  boolean controls(HasMetadata watched) {
    return watched.getMetadata().getOwnerReferences().contains(reference());
  }

  /**
   * The owner of an object, by its metadata. An object that names an earlier subscription of this
   * name stays until the garbage collector deletes it. An object that a backup restores has no
   * owner reference. Both must also have the label that only this operator gives. Empty: the
   * metadata speak for the subscription, and prove nothing.
   */
  Optional<Ownership> ownershipBy(ObjectMeta metadata) {
    Optional<OwnerReference> other =
        metadata.getOwnerReferences().stream()
            .filter(it -> Boolean.TRUE.equals(it.getController()) && !names(it))
            .findFirst();
    if (other.isPresent()) {
      return Optional.of(
          new Ownership.SomebodyElses(
              "%s %s controls it".formatted(other.get().getKind(), other.get().getName())));
    }
    if (metadata.getOwnerReferences().stream().anyMatch(this::isThis)) {
      return Optional.of(new Ownership.Own());
    }
    return MANAGED_BY.equals(metadata.getLabels().get(MANAGED_BY_LABEL))
        ? Optional.empty()
        : Optional.of(
            new Ownership.SomebodyElses(
                "it has no label %s: %s".formatted(MANAGED_BY_LABEL, MANAGED_BY)));
  }

  /** Whether an owner is the subscription, or was one of its name. */
  boolean isNamedBy(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream().anyMatch(this::names);
  }

  private List<OwnerReference> withOwner(List<OwnerReference> references) {
    return Stream.concat(
            references.stream().map(it -> names(it) ? reference() : it), Stream.of(reference()))
        .distinct()
        .toList();
  }

  private boolean isThis(OwnerReference reference) {
    return names(reference) && subscription.getMetadata().getUid().equals(reference.getUid());
  }

  private boolean names(OwnerReference reference) {
    return reference.getApiVersion().startsWith(HasMetadata.getGroup(subscription.getClass()) + "/")
        && subscription.getKind().equals(reference.getKind())
        && name().equals(reference.getName());
  }

  private OwnerReference reference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(subscription.getApiVersion())
        .withKind(subscription.getKind())
        .withName(name())
        .withUid(subscription.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
