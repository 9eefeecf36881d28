package io.eventbackbone.operator.reconcile;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Messages;
import io.eventbackbone.operator.cluster.serialization.HashedSecret;
import io.eventbackbone.operator.reconcile.Binding.Ownership;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the Secrets that workloads bind to. A subscription's Secret is the one of its name, and no
 * other: a copy carries the same label and owner reference.
 */
final class Bindings {

  /**
   * Secrets in one answer of the API server, which the client reads as a whole. A Secret has up to
   * 2 MiB of JSON (Kubernetes documentation, "Restriction on Secret data size": 1 MiB of data).
   */
  private static final long PAGE = 10;

  /** The operator does not watch Secrets of others, so nothing tells that one is gone. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final EventRecorder events;

  Bindings(EventRecorder events) {
    this.events = events;
  }

  /** The event source that wakes a subscription when its Secret changes. */
  static EventSource<HashedSecret, EventSubscription> watched(
      EventSourceContext<EventSubscription> context) {
    InformerEventSourceConfiguration<HashedSecret> secrets =
        InformerEventSourceConfiguration.from(HashedSecret.class, EventSubscription.class)
            .withLabelSelector(Binding.MANAGED_BY_LABEL + "=" + Binding.MANAGED_BY)
            .withInformerListLimit(PAGE)
            .withSecondaryToPrimaryMapper(Bindings::subscriptionOf)
            .<EventSubscription>withPrimaryToSecondaryMapper(Bindings::secretOf)
            .build();
    return new InformerEventSource<>(secrets, context);
  }

  private static Set<ResourceID> subscriptionOf(HashedSecret secret) {
    ObjectMeta metadata = secret.getMetadata();
    return Names.subscriptionOfBinding(metadata.getName())
        .map(name -> Set.of(new ResourceID(name, metadata.getNamespace())))
        .orElse(Set.of());
  }

  private static Set<ResourceID> secretOf(EventSubscription subscription) {
    ObjectMeta metadata = subscription.getMetadata();
    return Set.of(new ResourceID(Names.bindingSecret(metadata.getName()), metadata.getNamespace()));
  }

  /**
   * Makes the subscription's Secret what it should be, or says in the conditions why it is not.
   *
   * @return when to look again
   */
  Reschedule keep(
      AdmittedSubscription subscription,
      SyncResult sync,
      Conditions conditions,
      Context<EventSubscription> context) {
    Binding binding = Binding.of(subscription, sync);
    if (context.getSecondaryResource(HashedSecret.class).filter(binding::isIn).isPresent()) {
      return sync.next();
    }
    try {
      return write(binding, context.getClient())
          .map(foreign -> {
            tell(binding, Reason.RESOURCE_CONFLICT, conflict(binding, foreign), conditions);
            return Reschedule.sooner(sync.next(), new Reschedule.Recheck(LOOK_AGAIN));
          })
          .orElse(sync.next());
    } catch (KubernetesClientException e) {
      String message =
          "Secret %s is refused, and tried again: %s".formatted(binding.name(), Messages.of(e));
      tell(binding, Reason.BINDING_REFUSED, message, conditions);
      return new Reschedule.RetrySoon(message);
    }
  }

  /**
   * Writes the Secret, unless somebody else's has its name. A patch carries the resourceVersion of
   * what was judged: what has changed since is never overwritten.
   */
  private static Optional<Ownership.SomebodyElses> write(Binding binding, KubernetesClient client) {
    Secret wanted = binding.secret();
    Secret found = client.resource(wanted).get();
    if (found == null) {
      client.resource(wanted).create();
      return Optional.empty();
    }
    if (binding.ownershipOf(found) instanceof Ownership.SomebodyElses foreign) {
      return Optional.of(foreign);
    }
    if (!binding.isIn(found)) {
      client.resource(binding.repair(found)).patch(PatchContext.of(PatchType.JSON_MERGE));
    }
    return Optional.empty();
  }

  private static String conflict(Binding binding, Ownership.SomebodyElses foreign) {
    return "Secret %s exists and is not this subscription's: %s. Save what you need of it under another name and delete it; the operator then writes its own"
        .formatted(binding.name(), foreign.why());
  }

  private void tell(Binding binding, Reason reason, String message, Conditions conditions) {
    if (conditions.isNews(Conditions.PROGRAMMED, message)) {
      events.record(binding.owner(), EventType.WARNING, reason, message);
    }
    conditions.no(Conditions.PROGRAMMED, reason, message);
  }
}
