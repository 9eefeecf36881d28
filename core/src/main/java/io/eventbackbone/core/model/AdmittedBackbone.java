package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey.DiscovererKey;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaKey;
import io.eventbackbone.core.resource.ResourceKey.SchemaRegistryKey;
import io.eventbackbone.core.wanted.BusEncryption;
import io.eventbackbone.core.wanted.BusLog;
import java.util.Optional;

/** A backbone whose account admits it. */
public record AdmittedBackbone(EventBackbone resource, AwsAccount account) {

  public EventBackboneSpec spec() {
    return resource.getSpec();
  }

  public AccountScope scope() {
    return new AccountScope(account.getSpec().accountId(), spec().region());
  }

  /** The quotas of the global bus. */
  public BusQuotas quotas() {
    return BusQuotas.of(account, spec().region());
  }

  public EventBusKey busKey() {
    return new EventBusKey(scope(), spec().busName());
  }

  public QueueKey deadLetterQueueKey() {
    return new QueueKey(scope(), Names.deadLetterQueue(spec().busName()));
  }

  public String logGroupName() {
    return spec().audit().logGroup().orElse(Names.logGroup(spec().busName()));
  }

  /** The log of what EventBridge does with the bus's events. */
  public BusLog busLog() {
    return BusLog.of(
        busKey(), spec().logging(), Optional.ofNullable(resource.getStatus().busLogGroupName()));
  }

  public BusEncryption encryption() {
    return new BusEncryption(
        spec().encryption().customerKey(),
        Optional.ofNullable(resource.getStatus().kmsKeyIdentifier()));
  }

  public BusArchive archive() {
    return new BusArchive(busKey(), spec().archive(), quotas().patterns(), encryption());
  }

  public DiscovererKey discovererKey() {
    return busKey().discoverer();
  }

  /**
   * Whether the bus has had a discoverer. Where there never was one AWS is not asked for it: roles
   * from before there was schema discovery may not ask.
   */
  public boolean hadDiscoverer() {
    return resource.getStatus().discovererArn() != null;
  }

  public SchemaRegistryKey schemaRegistryKey() {
    return new SchemaRegistryKey(scope(), Names.schemaRegistry(spec().busName()));
  }

  /** The schema of a detail type that a bus publishes; the bus may be admitted or not. */
  public SchemaKey schemaKey(EventType type, ServiceAccountBus bus) {
    return schemaRegistryKey()
        .schema(Names.schema(AdmittedBus.identifier(bus), type.getSpec().detailType()));
  }

  public String forwardingRoleArn() {
    return spec().forwardingRole().orElse(Names.forwardingRole(scope()));
  }
}
