package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.cluster.serialization.HashedSecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Secret that a workload binds to: what it needs to publish and to receive. Its type and keys
 * follow "Service Binding Specification for Kubernetes"; the keys are environment variables too, so
 * that {@code envFrom} takes them as they are. It holds no credentials: a workload has its own
 * identity in its account.
 *
 * @param owner the subscription
 * @param data the entries, values in base64
 */
record Binding(EventSubscription owner, Map<String, String> data) {

  static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  static final String MANAGED_BY = "event-backbone-operator";
  static final String TYPE = "servicebinding.io/eventbackbone";

  private static final String QUEUE_ARN = "EVENT_QUEUE_ARN";

  /** The owner of a Secret that has the binding's name. */
  sealed interface Ownership {

    /** The subscription, or an earlier subscription of its name. */
    record Own() implements Ownership {}

    /**
     * Nothing proves that the Secret is the subscription's.
     *
     * @param why half a sentence
     */
    record SomebodyElses(String why) implements Ownership {}
  }

  static Binding of(AdmittedSubscription subscription, SyncResult sync) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("type", "eventbackbone");
    entries.put("provider", "eventbridge");
    String region = subscription.bus().scope().region();
    entries.put("AWS_REGION", region);
    // boto3 and version 1 of the AWS CLI read this variable alone (boto3's guide, "Configuration").
    entries.put("AWS_DEFAULT_REGION", region);
    entries.put("EVENT_BUS_ARN", subscription.bus().backbone().busKey().arn());
    entries.put("EVENT_BUS_NAME", subscription.bus().backbone().spec().busName());
    entries.put("EVENT_SOURCE", subscription.bus().identifier());
    entries.put(QUEUE_ARN, subscription.queueKey().arn());
    entries.put("EVENT_QUEUE_URL", sync.address(subscription.queueKey()));
    entries.put("EVENT_DEAD_LETTER_QUEUE_URL", sync.address(subscription.deadLetterQueueKey()));
    entries.replaceAll((key, value) -> encoded(value));
    return new Binding(subscription.resource(), entries);
  }

  String name() {
    return Names.bindingSecret(owner.getMetadata().getName());
  }

  /** The Secret to create. */
  Secret secret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name())
        .addToLabels(MANAGED_BY_LABEL, MANAGED_BY)
        .withOwnerReferences(ownerReference())
        .endMetadata()
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /** Whether the Secret is as it should be. It has the label, because only such are watched. */
  boolean isIn(HashedSecret secret) {
    return secret.holds(data)
        && secret.type().equals(TYPE)
        && secret.getMetadata().getOwnerReferences().contains(ownerReference());
  }

  /**
   * The owner of a Secret that has the binding's name, by its owner reference. A Secret that names
   * an earlier subscription of this name stays until the garbage collector deletes it. A Secret
   * that a backup restores has no owner reference. Both must also have the label and the type that
   * only this operator gives. The restored Secret must have no entries besides those of a binding,
   * and must name this subscription's queue.
   */
  Ownership ownershipOf(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    Optional<OwnerReference> other =
        metadata.getOwnerReferences().stream()
            .filter(it -> Boolean.TRUE.equals(it.getController()) && !namesOwner(it))
            .findFirst();
    if (other.isPresent()) {
      return new Ownership.SomebodyElses(
          "%s %s controls it".formatted(other.get().getKind(), other.get().getName()));
    }
    if (metadata.getOwnerReferences().stream().anyMatch(this::isOwner)) {
      return new Ownership.Own();
    }
    if (!MANAGED_BY.equals(metadata.getLabels().get(MANAGED_BY_LABEL))) {
      return new Ownership.SomebodyElses(
          "it has no label %s: %s".formatted(MANAGED_BY_LABEL, MANAGED_BY));
    }
    if (!TYPE.equals(secret.getType())) {
      return new Ownership.SomebodyElses(
          "its type is %s, not %s".formatted(secret.getType(), TYPE));
    }
    return metadata.getOwnerReferences().stream().anyMatch(this::namesOwner)
            || holdsOwnEntriesOnly(secret)
        ? new Ownership.Own()
        : new Ownership.SomebodyElses("its entries are not those of this subscription's binding");
  }

  private boolean holdsOwnEntriesOnly(Secret secret) {
    Map<String, String> found = Optional.ofNullable(secret.getData()).orElse(Map.of());
    return data.keySet().containsAll(found.keySet())
        && Optional.ofNullable(found.get(QUEUE_ARN))
            .flatMap(Binding::decoded)
            .filter(this::isQueueArn)
            .isPresent();
  }

  /** In whichever account and Region: a backup may come back to another one. */
  private boolean isQueueArn(String arn) {
    return Names.isSubscriptionQueue(
        arn.substring(arn.lastIndexOf(':') + 1),
        owner.getMetadata().getNamespace(),
        owner.getMetadata().getName());
  }

  /** Whether the Secret is as it should be. */
  boolean isIn(Secret secret) {
    ObjectMeta metadata = secret.getMetadata();
    return data.equals(secret.getData())
        && TYPE.equals(secret.getType())
        && MANAGED_BY.equals(metadata.getLabels().get(MANAGED_BY_LABEL))
        && withOwner(metadata.getOwnerReferences()).equals(metadata.getOwnerReferences());
  }

  /**
   * A JSON merge patch that makes the Secret what it should be, if it still has the version that
   * was read. Labels, annotations and owners that others added stay.
   */
  Secret repair(Secret secret) {
    Map<String, String> entries = new TreeMap<>();
    Optional.ofNullable(secret.getData())
        .ifPresent(found -> found.keySet().forEach(key -> entries.put(key, null)));
    entries.putAll(data);
    return new SecretBuilder(secret())
        .editMetadata()
        .withResourceVersion(secret.getMetadata().getResourceVersion())
        .withOwnerReferences(withOwner(secret.getMetadata().getOwnerReferences()))
        .endMetadata()
        .withData(entries)
        .build();
  }

  private List<OwnerReference> withOwner(List<OwnerReference> references) {
    return Stream.concat(
            references.stream().map(it -> namesOwner(it) ? ownerReference() : it),
            Stream.of(ownerReference()))
        .distinct()
        .toList();
  }

  private boolean isOwner(OwnerReference reference) {
    return namesOwner(reference) && owner.getMetadata().getUid().equals(reference.getUid());
  }

  /** Whether it is the subscription, or was one of its name. */
  private boolean namesOwner(OwnerReference reference) {
    return reference.getApiVersion().startsWith(HasMetadata.getGroup(owner.getClass()) + "/")
        && owner.getKind().equals(reference.getKind())
        && owner.getMetadata().getName().equals(reference.getName());
  }

  private OwnerReference ownerReference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .build();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
