package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.operator.topology.pattern.Filters;
import io.eventbackbone.operator.topology.pattern.PatternProblem;
import io.eventbackbone.operator.topology.pattern.PatternQuota;
import java.util.Optional;

/** A backbone whose account admits it. */
public record AdmittedBackbone(EventBackbone resource, AwsAccount account) {

  public EventBackboneSpec spec() {
    return resource.getSpec();
  }

  public AccountScope scope() {
    return new AccountScope(account.getSpec().accountId(), spec().region());
  }

  /** What AWS allows the global bus. */
  public BusQuotas quotas() {
    return BusQuotas.of(account, spec().region());
  }

  public ResourceKey busKey() {
    return new ResourceKey(ResourceKey.Type.EVENT_BUS, scope(), spec().busName());
  }

  public ResourceKey deadLetterQueueKey() {
    return new ResourceKey(
        ResourceKey.Type.QUEUE, scope(), Names.deadLetterQueue(spec().busName()));
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

  /** What is wrong with the archive's pattern; the archive stays as it was. */
  public Optional<String> archiveProblem() {
    return archiveProblem(resource, quotas().patterns());
  }

  static Optional<String> archiveProblem(EventBackbone backbone, PatternQuota quota) {
    return backbone
        .getSpec()
        .archive()
        .archived()
        .map(pattern -> Filters.problems(pattern, quota))
        .filter(problems -> !problems.isEmpty())
        .map(problems -> "spec.archive." + PatternProblem.texts(problems));
  }

  public ResourceKey discovererKey() {
    return new ResourceKey(ResourceKey.Type.DISCOVERER, scope(), spec().busName());
  }

  /**
   * Whether the bus has had a discoverer. Where there never was one AWS is not asked for it: roles
   * from before there was schema discovery may not ask.
   */
  boolean hadDiscoverer() {
    return resource.getStatus().discovererArn() != null;
  }

  String forwardingRoleArn() {
    return spec().forwardingRole().orElse(Names.forwardingRole(scope()));
  }
}
