package io.eventbackbone.core.quota;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Archive;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.api.v1alpha1.Usage;
import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.model.AdmittedBus;
import io.eventbackbone.core.model.BusQuotas;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.Names;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How many rules a global bus has, and how many AWS allows it (EventBridge User Guide, "EventBridge
 * quotas").
 *
 * @param used the number of all rules, also of those that the operator did not make
 * @param withWildcards the number of the backbone's own rules that have wildcards in their patterns
 * @param others the number of rules that no custom resource of the backbone asks for
 * @param limit the quota
 */
public record RuleBudget(int used, int withWildcards, int others, int limit) {

  /**
   * Counts the rules of a backbone: those of its buses by their statuses, and those that AWS keeps
   * for an archive and a discoverer. AWS does not document whether it counts a discoverer's rule.
   * The budget counts that rule, so at worst a bus waits for a place that AWS would have granted.
   */
  public static RuleBudget of(AdmittedBackbone backbone, List<AdmittedBus> buses, int others) {
    Archive archive = backbone.spec().archive();
    long own = buses.stream().filter(AdmittedBus::hasOwnRule).count();
    long ownWithWildcards = buses.stream().filter(AdmittedBus::hasOwnRuleWithWildcards).count();
    boolean hasArchiveWildcards =
        archive.enabled() && archive.archived().filter(Filters::hasWildcards).isPresent();
    return new RuleBudget(
        Math.toIntExact(own)
            + (backbone.spec().audit().enabled() ? 1 : 0)
            + managed(backbone)
            + others,
        Math.toIntExact(ownWithWildcards) + (hasArchiveWildcards ? 1 : 0),
        others,
        backbone.quotas().rules());
  }

  /** The number of rules that AWS itself keeps on the bus, for the archive and the discoverer. */
  private static int managed(AdmittedBackbone backbone) {
    return (backbone.spec().archive().enabled() ? 1 : 0)
        + (backbone.spec().schemaDiscovery().enabled() ? 1 : 0);
  }

  /**
   * Counts the rules on the bus that no custom resource of the backbone asks for.
   *
   * @param buses the buses that name the backbone, admitted or refused
   */
  public static int others(
      ListedRules listed, AdmittedBackbone backbone, Collection<ServiceAccountBus> buses) {
    Set<String> names = new HashSet<>(listed.names());
    buses.stream().map(AdmittedBus::forwardingRule).forEach(names::remove);
    if (backbone.spec().audit().enabled()) {
      names.remove(Names.GLOBAL_LOG_RULE);
    }
    return names.size() + Math.max(0, listed.managed().size() - managed(backbone));
  }

  /** The figures for the status. */
  public Usage usage() {
    return new Usage(used, limit);
  }

  /** Rules with wildcards in their patterns; empty while there are none. */
  public Optional<Usage> wildcardUsage() {
    return Optional.of(new Usage(withWildcards, BusQuotas.WILDCARD_RULES))
        .filter(wildcards -> wildcards.used() > 0);
  }

  /** Warns people when less than a tenth of the quota is left. */
  public Optional<String> warning(AdmittedBackbone backbone) {
    return (limit - used) * 9 < used
        ? Optional.of(
            "bus %s has %d of the %d rules that AWS allows it: before others join, %s"
                .formatted(backbone.spec().busName(), used, limit, BusQuotas.MORE_RULES))
        : Optional.empty();
  }
}
