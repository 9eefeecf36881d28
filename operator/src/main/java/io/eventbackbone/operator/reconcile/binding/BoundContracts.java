package io.eventbackbone.operator.reconcile.binding;

import io.eventbackbone.core.catalog.PublishedContracts;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.operator.cluster.serialization.HashedConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * The ConfigMap with the contracts of the events that a subscription's workload publishes. The
 * binding lets the workload publish as the services of the subscription's bus do.
 */
record BoundContracts(BoundOwner owner, Map<String, String> data)
    implements BoundObject<ConfigMap> {

  @Override
  public ConfigMap wanted() {
    return new ConfigMapBuilder()
        .withMetadata(owner.metadata(Names.contractsConfigMap(owner.name())))
        .withData(data)
        .build();
  }

  /** Whether the ConfigMap is as it should be. It has the label, because only such are watched. */
  boolean isIn(HashedConfigMap configMap) {
    return configMap.holds(data) && owner.controls(configMap);
  }

  /** Besides what the metadata must say, a restored ConfigMap must be made of contracts alone. */
  @Override
  public Ownership ownershipOf(ConfigMap configMap) {
    return owner
        .ownershipBy(configMap.getMetadata())
        .orElseGet(() ->
            owner.isNamedBy(configMap.getMetadata())
                    || PublishedContracts.isMadeOf(
                        Optional.ofNullable(configMap.getData()).orElse(Map.of()))
                ? new Ownership.Own()
                : new Ownership.SomebodyElses("its entries are not contracts"));
  }

  @Override
  public boolean isIn(ConfigMap configMap) {
    return data.equals(configMap.getData()) && owner.isIn(configMap.getMetadata());
  }

  @Override
  public ConfigMap repair(ConfigMap configMap) {
    return new ConfigMapBuilder(wanted())
        .withMetadata(owner.repaired(configMap.getMetadata()))
        .withData(BoundOwner.replacing(configMap.getData(), data))
        .build();
  }
}
