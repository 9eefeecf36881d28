package io.eventbackbone.operator.reconcile.binding;

import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.cluster.serialization.HashedSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Secret that a workload binds to: what it needs to publish and to receive. Its type and keys
 * follow "Service Binding Specification for Kubernetes"; the keys are environment variables too, so
 * that {@code envFrom} takes them as they are. It holds no credentials: a workload has its own
 * identity in its account.
 *
 * @param data the entries, values in base64
 */
record Binding(BoundOwner owner, Map<String, String> data) implements BoundObject<Secret> {

  static final String TYPE = "servicebinding.io/eventbackbone";

  private static final String QUEUE_ARN = "EVENT_QUEUE_ARN";

  /**
   * Of a subscription.
   *
   * @param addresses URLs of its queues
   */
  static Binding of(AdmittedSubscription subscription, Map<ResourceKey, String> addresses) {
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
    entries.put("EVENT_QUEUE_URL", addresses.get(subscription.queueKey()));
    entries.put("EVENT_DEAD_LETTER_QUEUE_URL", addresses.get(subscription.deadLetterQueueKey()));
    entries.replaceAll((key, value) -> encoded(value));
    return new Binding(new BoundOwner(subscription.resource()), entries);
  }

  @Override
  public Secret wanted() {
    return new SecretBuilder()
        .withMetadata(owner.metadata(Names.bindingSecret(owner.name())))
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /** Whether the Secret is as it should be. It has the label, because only such are watched. */
  boolean isIn(HashedSecret secret) {
    return secret.holds(data) && secret.type().equals(TYPE) && owner.controls(secret);
  }

  /**
   * Besides what the metadata must say, a Secret must have the type that only this operator gives.
   * A restored Secret must have no entries besides those of a binding, and must name this
   * subscription's queue.
   */
  @Override
  public Ownership ownershipOf(Secret secret) {
    return owner.ownershipBy(secret.getMetadata()).orElseGet(() -> ownershipByContent(secret));
  }

  private Ownership ownershipByContent(Secret secret) {
    if (!TYPE.equals(secret.getType())) {
      return new Ownership.SomebodyElses(
          "its type is %s, not %s".formatted(secret.getType(), TYPE));
    }
    return owner.isNamedBy(secret.getMetadata()) || holdsOwnEntriesOnly(secret)
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
        arn.substring(arn.lastIndexOf(':') + 1), owner.namespace(), owner.name());
  }

  @Override
  public boolean isIn(Secret secret) {
    return data.equals(secret.getData())
        && TYPE.equals(secret.getType())
        && owner.isIn(secret.getMetadata());
  }

  @Override
  public Secret repair(Secret secret) {
    return new SecretBuilder(wanted())
        .withMetadata(owner.repaired(secret.getMetadata()))
        .withData(BoundOwner.replacing(secret.getData(), data))
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
