package io.eventbackbone.operator.reconcile.binding;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.catalog.PublishedContracts;
import io.eventbackbone.core.model.AdmittedSubscription;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.operator.cluster.Conditions;
import io.eventbackbone.operator.cluster.EventRecorder;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.eventbackbone.operator.cluster.Messages;
import io.eventbackbone.operator.cluster.serialization.HashedConfigMap;
import io.eventbackbone.operator.cluster.serialization.HashedObject;
import io.eventbackbone.operator.cluster.serialization.HashedSecret;
import io.eventbackbone.operator.reconcile.binding.BoundObject.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the Secrets that workloads bind to, and the ConfigMaps with their contracts. The name of
 * the subscription gives the name of both. Label and owner reference prove nothing: a copy of a
 * Secret has the same.
 */
public final class Bindings {

  /**
   * Objects in one answer of the API server, which the client reads as a whole. Such an object has
   * up to 2 MiB of JSON (Kubernetes documentation, "Restriction on Secret data size": 1 MiB of
   * data).
   */
  private static final long PAGE = 10;

  /** Why an object is not what it should be. */
  public sealed interface Problem {

    Reason reason();

    String message();

    /** Somebody else's object has its name. The operator does not watch that, and looks again. */
    record Foreign(String message) implements Problem {

      @Override
      public Reason reason() {
        return Reason.RESOURCE_CONFLICT;
      }
    }

    /** The API server refused it. */
    record Refused(String message) implements Problem {

      @Override
      public Reason reason() {
        return Reason.BINDING_REFUSED;
      }
    }
  }

  private final EventRecorder events;

  public Bindings(EventRecorder events) {
    this.events = events;
  }

  /** The event sources that wake a subscription when its Secret or its ConfigMap changes. */
  public static List<EventSource<?, EventSubscription>> watched(
      EventSourceContext<EventSubscription> context) {
    return List.of(
        watched(HashedSecret.class, Names::subscriptionOfBinding, Names::bindingSecret, context),
        watched(
            HashedConfigMap.class,
            Names::subscriptionOfContracts,
            Names::contractsConfigMap,
            context));
  }

  private static <H extends HashedObject> EventSource<H, EventSubscription> watched(
      Class<H> kind,
      Function<String, Optional<String>> subscriptionOf,
      UnaryOperator<String> nameOf,
      EventSourceContext<EventSubscription> context) {
    InformerEventSourceConfiguration<H> objects =
        InformerEventSourceConfiguration.from(kind, EventSubscription.class)
            .withLabelSelector(BoundOwner.MANAGED_BY_LABEL + "=" + BoundOwner.MANAGED_BY)
            .withInformerListLimit(PAGE)
            .withSecondaryToPrimaryMapper(found -> {
              ObjectMeta metadata = found.getMetadata();
              return subscriptionOf
                  .apply(metadata.getName())
                  .map(name -> Set.of(new ResourceID(name, metadata.getNamespace())))
                  .orElse(Set.of());
            })
            .<EventSubscription>withPrimaryToSecondaryMapper(subscription -> {
              ObjectMeta metadata = subscription.getMetadata();
              return Set.of(
                  new ResourceID(nameOf.apply(metadata.getName()), metadata.getNamespace()));
            })
            .build();
    return new InformerEventSource<>(objects, context);
  }

  /**
   * Makes the subscription's Secret and ConfigMap what they should be, or says in the conditions
   * why they are not. One of them does not hold up the other.
   *
   * @param addresses URLs of the subscription's queues
   * @param published contracts of the subscription's bus
   */
  public List<Problem> keep(
      AdmittedSubscription subscription,
      Map<ResourceKey, String> addresses,
      PublishedContracts published,
      Conditions conditions,
      Context<EventSubscription> context) {
    Binding binding = Binding.of(subscription, addresses);
    BoundContracts contracts = new BoundContracts(binding.owner(), published.entries());
    List<Problem> problems =
        Stream.of(
                context.getSecondaryResource(HashedSecret.class).filter(binding::isIn).isPresent()
                    ? Optional.<Problem>empty()
                    : keep(binding, context.getClient()),
                context
                        .getSecondaryResource(HashedConfigMap.class)
                        .filter(contracts::isIn)
                        .isPresent()
                    ? Optional.<Problem>empty()
                    : keep(contracts, context.getClient()))
            .flatMap(Optional::stream)
            .toList();
    if (!problems.isEmpty()) {
      tell(subscription.resource(), problems, conditions);
    }
    return problems;
  }

  private static <T extends HasMetadata> Optional<Problem> keep(
      BoundObject<T> object, KubernetesClient client) {
    try {
      return write(object, client)
          .<Problem>map(foreign -> new Problem.Foreign(conflict(object, foreign)));
    } catch (KubernetesClientException e) {
      String message =
          "%s is refused, and tried again: %s".formatted(described(object), Messages.of(e));
      return Optional.of(new Problem.Refused(message));
    }
  }

  /**
   * Writes the object, unless an object of another owner has its name. The patch carries the
   * resourceVersion of the object that was judged. If the object has changed since, the API server
   * refuses the patch.
   */
  private static <T extends HasMetadata> Optional<Ownership.SomebodyElses> write(
      BoundObject<T> object, KubernetesClient client) {
    T wanted = object.wanted();
    T found = client.resource(wanted).get();
    if (found == null) {
      client.resource(wanted).create();
      return Optional.empty();
    }
    if (object.ownershipOf(found) instanceof Ownership.SomebodyElses foreign) {
      return Optional.of(foreign);
    }
    if (!object.isIn(found)) {
      client.resource(object.repair(found)).patch(PatchContext.of(PatchType.JSON_MERGE));
    }
    return Optional.empty();
  }

  /** {@code Secret orders-binding}. */
  private static String described(BoundObject<?> object) {
    HasMetadata wanted = object.wanted();
    return wanted.getKind() + " " + wanted.getMetadata().getName();
  }

  private static String conflict(BoundObject<?> object, Ownership.SomebodyElses foreign) {
    return "%s exists and is not this subscription's: %s. Save what you need of it under another name and delete it; the operator then writes its own"
        .formatted(described(object), foreign.why());
  }

  private void tell(EventSubscription subscription, List<Problem> problems, Conditions conditions) {
    Reason reason = problems.get(0).reason();
    String message = problems.stream().map(Problem::message).collect(Collectors.joining("; "));
    if (conditions.isNews(Conditions.PROGRAMMED, message)) {
      events.record(subscription, EventType.WARNING, reason, message);
    }
    conditions.no(Conditions.PROGRAMMED, reason, message);
  }
}
