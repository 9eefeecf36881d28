package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.FanOut;
import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.Usage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a global bus has of the rules that AWS allows it.
 *
 * @param count of all of them
 * @param others those of them that somebody else has on the bus
 */
public record RuleBudget(RuleCount count, int others, int limit) {

  /** Of a backbone with the buses that joined it, packs aside. */
  public static RuleBudget of(AdmittedBackbone backbone, List<AdmittedBus> buses, int others) {
    return new RuleBudget(
        RuleCount.besidesPacks(backbone, buses, others), others, backbone.quotas().rules());
  }

  /**
   * Those of the rules on the bus that are somebody else's.
   *
   * @param buses of the backbone, whether they are admitted or not
   */
  public static int others(
      ListedRules listed, AdmittedBackbone backbone, Collection<ServiceAccountBus> buses) {
    Set<String> names = new HashSet<>(listed.names());
    buses.stream().map(AdmittedBus::forwardingRule).forEach(names::remove);
    backbone.resource().getStatus().packs().stream().map(PackedRule::rule).forEach(names::remove);
    if (backbone.spec().audit().enabled()) {
      names.remove(Names.GLOBAL_LOG_RULE);
    }
    return names.size() + Math.max(0, listed.managed() - RuleCount.managed(backbone));
  }

  /** With these, too. */
  public RuleBudget with(Collection<PackedRule> packs) {
    return new RuleBudget(count.with(packs), others, limit);
  }

  /** For the status. */
  public Usage usage() {
    return new Usage(count.all(), limit);
  }

  /** Of a quota that only few come near: it is told of once it is used. */
  public Optional<Usage> wildcardUsage() {
    return Optional.of(new Usage(count.withWildcards(), BusQuotas.WILDCARD_RULES))
        .filter(wildcards -> wildcards.used() > 0);
  }

  /** Said when less than a tenth of the rules is left, as of the policy. */
  public Optional<String> warning(AdmittedBackbone backbone) {
    int used = count.all();
    return (limit - used) * 9 < used
        ? Optional.of(
            "bus %s has %d of the %d rules that AWS allows it: before others join, %s%s"
                .formatted(
                    backbone.spec().busName(),
                    used,
                    limit,
                    backbone.spec().fanOut() == FanOut.PACKED ? "" : "set fanOut to Packed, or ",
                    BusQuotas.MORE_RULES))
        : Optional.empty();
  }
}
