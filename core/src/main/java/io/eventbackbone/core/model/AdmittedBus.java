package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.Audit;
import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.DeletionPolicy;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.DeadLetter;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.ServiceAccountBusSpec;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.wanted.BusEncryption;
import io.eventbackbone.core.wanted.BusLog;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A local bus that its backbone and its account admit. */
public record AdmittedBus(
    ServiceAccountBus resource, AdmittedBackbone backbone, AwsAccount account) {

  private ServiceAccountBusSpec spec() {
    return resource.getSpec();
  }

  public AccountScope scope() {
    return new AccountScope(account.getSpec().accountId(), backbone.spec().region());
  }

  /** The quotas of the local bus. */
  BusQuotas quotas() {
    return BusQuotas.of(account, backbone.spec().region());
  }

  /** The Source that the account's services publish with. */
  public String identifier() {
    return identifier(resource);
  }

  public String busName() {
    return busName(resource);
  }

  public EventBusKey busKey() {
    return new EventBusKey(scope(), busName());
  }

  public QueueKey deadLetterQueueKey() {
    return new QueueKey(scope(), Names.deadLetterQueue(busName()));
  }

  /** The rule on the global bus that forwards to this bus alone. */
  public RuleKey forwardingRuleKey() {
    return forwardingRuleKey(resource, backbone);
  }

  public Audit audit() {
    return spec().audit().over(backbone.spec().audit());
  }

  public String logGroupName() {
    return audit().logGroup().orElse(Names.logGroup(busName()));
  }

  /** The log of what EventBridge does with the bus's events. */
  public BusLog busLog() {
    return BusLog.of(
        busKey(),
        spec().logging().over(backbone.spec().logging()),
        Optional.ofNullable(resource.getStatus().busLogGroupName()));
  }

  public DeadLetter deadLetter() {
    return spec().deadLetter().over(backbone.spec().deadLetter());
  }

  public BusEncryption encryption() {
    return new BusEncryption(
        spec().encryption().customerKey().or(backbone.spec().encryption()::customerKey),
        Optional.ofNullable(resource.getStatus().kmsKeyIdentifier()));
  }

  public BusArchive archive() {
    return new BusArchive(busKey(), spec().archive().settings(), quotas().patterns(), encryption());
  }

  /**
   * Whether the bus has had an archive. Where there never was one AWS is not asked for it: roles
   * from before there were archives of local buses may not ask.
   */
  public boolean hadArchive() {
    return resource.getStatus().archiveArn() != null;
  }

  /** The tags in the specs of the bus and its backbone. */
  public NavigableMap<String, String> tags() {
    NavigableMap<String, String> tags = new TreeMap<>(backbone.spec().tags());
    tags.putAll(spec().tags());
    return tags;
  }

  public DeletionPolicy deletionPolicy() {
    return spec().ownDeletionPolicy().orElse(backbone.spec().deletionPolicy());
  }

  /** Whether its status names a rule that forwards to no other bus. */
  public boolean hasOwnRule() {
    return Optional.ofNullable(resource.getStatus().forwardingRuleArn())
        .filter(arn -> arn.endsWith("/" + Names.forwardingRule(identifier())))
        .isPresent();
  }

  /** Whether that rule has wildcards, as far as its status tells. */
  public boolean hasOwnRuleWithWildcards() {
    return hasOwnRule() && !resource.getStatus().wildcardRoutes().isEmpty();
  }

  /** The identifier of a bus, admitted or not. */
  public static String identifier(ServiceAccountBus bus) {
    return bus.getSpec().identifierOr(bus.getMetadata().getName());
  }

  /** The name of a bus's rule on the global bus; the bus may be admitted or not. */
  public static String forwardingRule(ServiceAccountBus bus) {
    return Names.forwardingRule(identifier(bus));
  }

  static String busName(ServiceAccountBus bus) {
    return bus.getSpec().requestedBusName().orElse(Names.localBus(identifier(bus)));
  }

  public static RuleKey forwardingRuleKey(ServiceAccountBus bus, AdmittedBackbone backbone) {
    return backbone.busKey().rule(forwardingRule(bus));
  }
}
