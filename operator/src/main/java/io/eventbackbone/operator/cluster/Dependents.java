package io.eventbackbone.operator.cluster;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ForwardingMode;
import io.eventbackbone.api.v1alpha1.EventBackboneStatus;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusStatus;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.routing.Routing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The custom resources that a change in the cluster concerns, and that the operator wakes. */
final class Dependents {

  private final Inventory inventory;
  private final Set<HasMetadata> found = new LinkedHashSet<>();
  private final TypeDependents types;

  private Dependents(Inventory inventory) {
    this.inventory = inventory;
    this.types = new TypeDependents(inventory, found);
  }

  static Set<HasMetadata> of(
      Optional<HasMetadata> before, Optional<HasMetadata> after, Inventory inventory) {
    Dependents dependents = new Dependents(inventory);
    dependents.addNewPublishers(before, after);
    dependents.addWaitingSubscriptions(before, after);
    dependents.addTellerOfPatterns(before, after);
    Optional<Digest> then = before.map(Digest::of);
    Optional<Digest> now = after.map(Digest::of);
    if (then.equals(now)) {
      return dependents.found;
    }
    boolean asksTheSame = then.map(Digest::asked).equals(now.map(Digest::asked));
    Stream.concat(before.stream(), after.stream())
        .forEach(object -> dependents.add(object, asksTheSame));
    dependents.addReplays(Stream.concat(before.stream(), after.stream()));
    if (asksTheSame) {
      after.ifPresent(dependents::exclude);
    }
    return dependents.found;
  }

  /** A replay reads what its subscription or backbone reads, and their statuses. */
  private void addReplays(Stream<HasMetadata> changed) {
    Stream.concat(changed, List.copyOf(found).stream())
        .flatMap(object ->
            switch (object) {
              case EventSubscription subscription -> inventory.replaysOf(subscription).stream();
              case EventBackbone backbone -> inventory.replaysOf(backbone).stream();
              default -> Stream.<EventReplay>empty();
            })
        .forEach(found::add);
  }

  /** Don't wake an object because of its own status. */
  private void exclude(HasMetadata self) {
    found.removeIf(other -> self.getMetadata().getUid().equals(other.getMetadata().getUid()));
  }

  /** Buses that the policy of the global bus lets publish now, or no longer. */
  private void addNewPublishers(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    if (after.isEmpty() || !(after.get() instanceof EventBackbone backbone)) {
      return;
    }
    Set<String> then = publishers(before);
    Set<String> now = publishers(after);
    if (!then.equals(now)) {
      inventory.busesOf(backbone).stream()
          .filter(bus -> {
            String identifier = AdmittedBus.identifier(bus);
            return then.contains(identifier) != now.contains(identifier);
          })
          .forEach(found::add);
    }
  }

  /** With forwarding Subscribed, subscriptions wait for the rule that forwards to their bus. */
  private void addWaitingSubscriptions(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    if (after.isPresent()
        && after.get() instanceof ServiceAccountBus bus
        && !appliedHash(before).equals(appliedHash(after))) {
      backboneOf(bus)
          .filter(backbone -> backbone.getSpec().forwarding() == ForwardingMode.SUBSCRIBED)
          .ifPresent(backbone -> found.addAll(inventory.subscriptionsOf(bus)));
    }
  }

  /** The status of a backbone has the length of the longest pattern of its buses. */
  private void addTellerOfPatterns(Optional<HasMetadata> before, Optional<HasMetadata> after) {
    if (after.isPresent()
        && after.get() instanceof ServiceAccountBus bus
        && !patternCharacters(before).equals(patternCharacters(after))) {
      backboneOf(bus).ifPresent(this::addIfItLooks);
    }
  }

  private static Optional<Integer> patternCharacters(Optional<HasMetadata> object) {
    return object
        .map(bus -> ((ServiceAccountBus) bus).getStatus())
        .flatMap(ServiceAccountBusStatus::ownPatternCharacters);
  }

  private static Optional<String> appliedHash(Optional<HasMetadata> object) {
    return object
        .map(bus -> ((ServiceAccountBus) bus).getStatus())
        .map(ServiceAccountBusStatus::appliedHash);
  }

  private static Set<String> publishers(Optional<HasMetadata> object) {
    return object
        .map(backbone -> ((EventBackbone) backbone).getStatus())
        .map(EventBackboneStatus::publishers)
        .map(totals -> Set.copyOf(totals.identifiers()))
        .orElse(Set.of());
  }

  private void add(HasMetadata changed, boolean asksTheSame) {
    if (changed instanceof AwsAccount account) {
      ofAccount(account);
      if (!asksTheSame) {
        ofAccountSpec(account);
      }
    } else if (changed instanceof EventBackbone backbone) {
      ofBackbone(backbone);
      if (!asksTheSame) {
        types.ofBackbone(backbone);
        // The account reads its quotas in the backbone's Region.
        inventory.account(backbone.getSpec().accountRef().name()).ifPresent(found::add);
      }
    } else if (changed instanceof ServiceAccountBus bus) {
      ofBus(bus);
      if (!asksTheSame) {
        ofBusSpec(bus);
      }
    } else if (changed instanceof EventRoute route) {
      backboneOf(route)
          .ifPresent(backbone -> {
            reachedBy(route, backbone);
            types.ofBackbone(backbone);
          });
    } else if (changed instanceof EventSubscription subscription) {
      busOf(subscription).ifPresent(found::add);
      if (!asksTheSame) {
        busOf(subscription)
            .flatMap(this::backboneOf)
            .ifPresent(backbone -> types.ofSubscription(subscription, backbone));
      }
    } else if (changed instanceof EventType type) {
      types.ofSchema(type);
      if (!asksTheSame) {
        types.ofType(type);
      }
    } else if (changed instanceof Namespace namespace) {
      ofNamespace(namespace.getMetadata().getName());
    }
  }

  /** The objects that read the status of an account. */
  private void ofAccount(AwsAccount account) {
    String name = account.getMetadata().getName();
    for (EventBackbone backbone : inventory.backbonesOfAccount(name)) {
      found.add(backbone);
      ofBackbone(backbone);
    }
    for (ServiceAccountBus bus : inventory.busesOfAccount(name)) {
      found.add(bus);
      found.addAll(inventory.subscriptionsOf(bus));
      backboneOf(bus).ifPresent(this::addIfItLooks);
    }
  }

  /** Before its account is ready, a backbone that is not being deleted reads no other object. */
  private void addIfItLooks(EventBackbone backbone) {
    boolean isReady =
        inventory
            .account(backbone.getSpec().accountRef().name())
            .filter(account -> Conditions.isTrue(account.getStatus(), Conditions.READY))
            .isPresent();
    if (isReady || backbone.isMarkedForDeletion()) {
      found.add(backbone);
    }
  }

  /** The buses that an account admits, and the accounts of the same number. */
  private void ofAccountSpec(AwsAccount account) {
    String name = account.getMetadata().getName();
    inventory.accountsWithId(account.getSpec().accountId()).stream()
        .filter(rival -> !rival.getMetadata().getName().equals(name))
        .forEach(found::add);
    for (ServiceAccountBus bus : inventory.busesOfAccount(name)) {
      ofBus(bus);
      ofBusSpec(bus);
    }
  }

  private void ofBackbone(EventBackbone backbone) {
    ofLeaving(backbone.getSpec().accountRef().name());
    found.addAll(inventory.routesOf(backbone));
    types.ofRegistry(backbone);
    for (ServiceAccountBus bus : inventory.busesOf(backbone)) {
      found.add(bus);
      found.addAll(inventory.subscriptionsOf(bus));
    }
  }

  /** An account that is being deleted waits for the last of its users to go. */
  private void ofLeaving(String account) {
    inventory.account(account).filter(HasMetadata::isMarkedForDeletion).ifPresent(found::add);
  }

  /** The objects that read the status of a bus. */
  private void ofBus(ServiceAccountBus bus) {
    ofLeaving(bus.getSpec().accountRef().name());
    found.addAll(inventory.subscriptionsOf(bus));
    backboneOf(bus)
        .ifPresent(backbone -> {
          addIfItLooks(backbone);
          inventory.routesOf(backbone).stream()
              .filter(route -> Routing.reaches(route, bus))
              .forEach(found::add);
        });
  }

  /** The buses whose own rules change with a bus: its rivals, and the receivers of its events. */
  private void ofBusSpec(ServiceAccountBus bus) {
    backboneOf(bus)
        .ifPresent(backbone -> {
          types.ofBus(bus, backbone);
          found.addAll(inventory.busesWithRule(backbone, AdmittedBus.forwardingRule(bus)));
          inventory.routesOf(backbone).stream()
              .filter(route -> Routing.selectsProducer(route, bus))
              .forEach(route -> reachedBy(route, backbone));
        });
  }

  /** The buses that a route reaches, and their subscriptions: some may get nothing now. */
  private void reachedBy(EventRoute route, EventBackbone backbone) {
    inventory.busesOf(backbone).stream()
        .filter(bus -> Routing.reaches(route, bus))
        .forEach(bus -> {
          found.add(bus);
          found.addAll(inventory.subscriptionsOf(bus));
        });
  }

  /** The labels of a namespace decide whether others admit its objects. */
  private void ofNamespace(String namespace) {
    for (EventBackbone backbone : inventory.backbonesIn(namespace)) {
      found.add(backbone);
      ofBackbone(backbone);
    }
    for (ServiceAccountBus bus : inventory.busesIn(namespace)) {
      found.add(bus);
      ofBus(bus);
      ofBusSpec(bus);
    }
    for (EventSubscription subscription : inventory.subscriptionsIn(namespace)) {
      found.add(subscription);
      busOf(subscription).ifPresent(found::add);
    }
  }

  private Optional<EventBackbone> backboneOf(ServiceAccountBus bus) {
    return inventory.backbone(
        bus.getSpec().backboneRef().namespaceOr(bus.getMetadata().getNamespace()),
        bus.getSpec().backboneRef().name());
  }

  private Optional<EventBackbone> backboneOf(EventRoute route) {
    return inventory.backbone(
        route.getMetadata().getNamespace(), route.getSpec().backboneRef().name());
  }

  private Optional<ServiceAccountBus> busOf(EventSubscription subscription) {
    return inventory.bus(
        subscription.getSpec().busRef().namespaceOr(subscription.getMetadata().getNamespace()),
        subscription.getSpec().busRef().name());
  }
}
