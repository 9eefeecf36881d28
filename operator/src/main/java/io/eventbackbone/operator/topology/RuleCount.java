package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec;
import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.operator.topology.pattern.EventPattern;
import io.eventbackbone.operator.topology.pattern.Filters;
import java.util.Collection;

/**
 * Rules of a global bus.
 *
 * @param all of them
 * @param withWildcards how many of them, those of others aside, have wildcards in their patterns
 */
public record RuleCount(int all, int withWildcards) {

  /**
   * Those besides packs, by the statuses of the buses, with those that AWS keeps for an archive and
   * a discoverer. Whether AWS counts the latter is not documented: if it does not, one rule is held
   * back too early, instead of being refused again and again if it does.
   *
   * @param others those that somebody else has on the bus
   */
  public static RuleCount besidesPacks(
      AdmittedBackbone backbone, Collection<AdmittedBus> buses, int others) {
    EventBackboneSpec.Archive archive = backbone.spec().archive();
    long own = buses.stream().filter(AdmittedBus::hasOwnRule).count();
    long ownWithWildcards = buses.stream().filter(AdmittedBus::hasOwnRuleWithWildcards).count();
    return new RuleCount(
        Math.toIntExact(own)
            + (backbone.spec().audit().enabled() ? 1 : 0)
            + managed(backbone)
            + others,
        Math.toIntExact(ownWithWildcards)
            + (archive.enabled() && archive.archived().filter(Filters::hasWildcards).isPresent()
                ? 1
                : 0));
  }

  /** Those that AWS keeps for itself on a bus with what the backbone asks for. */
  static int managed(AdmittedBackbone backbone) {
    return (backbone.spec().archive().enabled() ? 1 : 0)
        + (backbone.spec().schemaDiscovery().enabled() ? 1 : 0);
  }

  /** With these, too. */
  public RuleCount with(Collection<PackedRule> packs) {
    return new RuleCount(
        all + packs.size(),
        withWildcards + Math.toIntExact(packs.stream().filter(RuleCount::hasWildcards).count()));
  }

  /** How many more there may be. */
  public RuleCount room(BusQuotas quotas) {
    return new RuleCount(
        Math.max(0, quotas.rules() - all), Math.max(0, BusQuotas.WILDCARD_RULES - withWildcards));
  }

  static boolean hasWildcards(PackedRule pack) {
    return new EventPattern(pack.pattern()).hasWildcards();
  }
}
