package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.operator.topology.AdmittedSubscription;
import io.eventbackbone.operator.topology.Names;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Secret that a workload binds to: what it needs to publish and to receive. Its type and keys
 * follow "Service Binding Specification for Kubernetes"; the keys are environment variables too, so
 * that {@code envFrom} takes them as they are. It holds no credentials: a workload has its own
 * identity in its account.
 */
final class Binding {

  static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  static final String MANAGED_BY = "event-backbone-operator";

  private static final String TYPE = "servicebinding.io/eventbackbone";

  private Binding() {}

  static Secret secret(AdmittedSubscription subscription, Verdict verdict) {
    EventSubscription resource = subscription.resource();
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(resource.getMetadata().getNamespace())
        .withName(Names.bindingSecret(resource.getMetadata().getName()))
        .addToLabels(MANAGED_BY_LABEL, MANAGED_BY)
        .withOwnerReferences(ownerReference(resource))
        .endMetadata()
        .withType(TYPE)
        .withStringData(entries(subscription, verdict))
        .build();
  }

  /** Whether the Secret is the subscription's, and not one that was there before. */
  static boolean isOwned(Secret secret, EventSubscription owner) {
    return secret.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getUid().equals(owner.getMetadata().getUid()));
  }

  private static Map<String, String> entries(AdmittedSubscription subscription, Verdict verdict) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("type", "eventbackbone");
    entries.put("provider", "eventbridge");
    entries.put("AWS_REGION", subscription.bus().scope().region());
    entries.put("EVENT_BUS_ARN", subscription.bus().backbone().busKey().arn());
    entries.put("EVENT_BUS_NAME", subscription.bus().backbone().spec().busName());
    entries.put("EVENT_SOURCE", subscription.bus().identifier());
    entries.put("EVENT_QUEUE_ARN", subscription.queueKey().arn());
    entries.put("EVENT_QUEUE_URL", verdict.address(subscription.queueKey()));
    entries.put("EVENT_DEAD_LETTER_QUEUE_URL", verdict.address(subscription.deadLetterQueueKey()));
    return entries;
  }

  private static OwnerReference ownerReference(EventSubscription owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
