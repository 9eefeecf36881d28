package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The custom resources and namespace labels of the cluster, as the operator knows them now. */
public interface Inventory {

  Optional<AwsAccount> account(String name);

  /** Whether an AwsAccount of the name is stored that can't be read. */
  boolean isUnreadableAccount(String name);

  /** All that claim the account number; one of them may. */
  List<AwsAccount> accountsWithId(String accountId);

  Optional<EventBackbone> backbone(String namespace, String name);

  Optional<ServiceAccountBus> bus(String namespace, String name);

  /** Backbones whose accountRef names the AwsAccount. */
  List<EventBackbone> backbonesOfAccount(String accountName);

  /** Buses whose accountRef names the AwsAccount. */
  List<ServiceAccountBus> busesOfAccount(String accountName);

  /** Buses whose backboneRef names the backbone, admitted or not. */
  List<ServiceAccountBus> busesOf(EventBackbone backbone);

  /** Those of the backbone's buses, admitted or not, that would have the rule on its global bus. */
  List<ServiceAccountBus> busesWithRule(EventBackbone backbone, String forwardingRule);

  /** Routes whose backboneRef names the backbone. */
  List<EventRoute> routesOf(EventBackbone backbone);

  /** Subscriptions whose busRef names the bus, admitted or not. */
  List<EventSubscription> subscriptionsOf(ServiceAccountBus bus);

  Optional<EventSubscription> subscription(String namespace, String name);

  /** Event types of the bus's namespace whose busRef names the bus, admitted or not. */
  List<EventType> typesOf(ServiceAccountBus bus);

  /** Event types of the detail type, of all backbones, admitted or not. */
  List<EventType> typesNamed(String detailType);

  /** Replays of the subscription's namespace that name it, admitted or not. */
  List<EventReplay> replaysOf(EventSubscription subscription);

  /** Replays of the backbone's namespace that name it, admitted or not. */
  List<EventReplay> replaysOf(EventBackbone backbone);

  List<EventBackbone> backbonesIn(String namespace);

  List<ServiceAccountBus> busesIn(String namespace);

  List<EventSubscription> subscriptionsIn(String namespace);

  /** Labels of a namespace; empty: the namespace is not known. */
  Optional<Map<String, String>> namespaceLabels(String namespace);
}
