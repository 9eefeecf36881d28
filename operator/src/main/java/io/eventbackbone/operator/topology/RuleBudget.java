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
 * How many rules a global bus has, packs aside, of those that AWS allows it.
 *
 * @param own those of the operator, and those that AWS keeps for its archive and discoverer.
 *     Whether AWS counts the latter is not documented: if it does not, one rule is held back too
 *     early, instead of being refused again and again if it does.
 * @param others those that somebody else has on the bus
 */
public record RuleBudget(int own, int others, int limit) {

  /** The budget of a backbone with the buses that joined it. */
  public static RuleBudget of(AdmittedBackbone backbone, List<AdmittedBus> buses, int others) {
    long forwarding = buses.stream().filter(AdmittedBus::hasOwnRule).count();
    return new RuleBudget(
        Math.toIntExact(forwarding) + logRules(backbone) + managedRules(backbone),
        others,
        backbone.quotas().rules());
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
    return names.size() + Math.max(0, listed.managed() - managedRules(backbone));
  }

  private static int logRules(AdmittedBackbone backbone) {
    return backbone.spec().audit().enabled() ? 1 : 0;
  }

  private static int managedRules(AdmittedBackbone backbone) {
    return (backbone.spec().archive().enabled() ? 1 : 0)
        + (backbone.spec().schemaDiscovery().enabled() ? 1 : 0);
  }

  /** All that are there besides packs. */
  public int besidesPacks() {
    return own + others;
  }

  /** With the packs, for the status. */
  public Usage usage(int packs) {
    return new Usage(besidesPacks() + packs, limit);
  }

  /** Said when less than a tenth of the rules is left, as of the policy. */
  public Optional<String> warning(AdmittedBackbone backbone, int packs) {
    int used = usage(packs).used();
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
