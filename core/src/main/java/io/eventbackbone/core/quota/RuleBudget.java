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
 * What a global bus has of the rules that AWS allows it.
 *
 * @param used rules, those of others included
 * @param withWildcards how many of the backbone's own rules have wildcards in their patterns
 * @param others rules that nothing of the backbone asks for
 */
public record RuleBudget(int used, int withWildcards, int others, int limit) {

  /**
   * Of a backbone with the buses that joined it, by their statuses, with the rules that AWS keeps
   * for an archive and a discoverer. Whether AWS counts the latter is not documented: if it does
   * not, one rule is held back too early, instead of being refused again and again if it does.
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

  /** The rules that AWS keeps for itself on a bus with what the backbone asks for. */
  private static int managed(AdmittedBackbone backbone) {
    return (backbone.spec().archive().enabled() ? 1 : 0)
        + (backbone.spec().schemaDiscovery().enabled() ? 1 : 0);
  }

  /**
   * The rules on the bus that nothing of the backbone asks for.
   *
   * @param buses of the backbone, whether they are admitted or not
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

  /** For the status. */
  public Usage usage() {
    return new Usage(used, limit);
  }

  /** Of a quota that only few come near: it is told of once it is used. */
  public Optional<Usage> wildcardUsage() {
    return Optional.of(new Usage(withWildcards, BusQuotas.WILDCARD_RULES))
        .filter(wildcards -> wildcards.used() > 0);
  }

  /** Said when less than a tenth of the rules is left, as of the policy. */
  public Optional<String> warning(AdmittedBackbone backbone) {
    return (limit - used) * 9 < used
        ? Optional.of(
            "bus %s has %d of the %d rules that AWS allows it: before others join, %s"
                .formatted(backbone.spec().busName(), used, limit, BusQuotas.MORE_RULES))
        : Optional.empty();
  }
}
