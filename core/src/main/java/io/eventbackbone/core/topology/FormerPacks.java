package io.eventbackbone.core.topology;

import io.eventbackbone.core.model.AdmittedBackbone;
import io.eventbackbone.core.resource.ListedRules;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packs: rules of a global bus that former versions let forward to up to five local buses each. The
 * Id of each target is the name of the rule that now forwards to that bus alone.
 */
public final class FormerPacks {

  private FormerPacks() {}

  /** The listed rules that have the name of a pack; their tags say whose they are. */
  public static List<RuleKey> listed(ListedRules rules, AdmittedBackbone backbone) {
    return rules.names().stream()
        .filter(Names::isPack)
        .sorted()
        .map(rule -> key(backbone, rule))
        .toList();
  }

  /** The rules that must forward to the buses of a pack before the pack goes. */
  public static List<RuleKey> successors(Rule pack, AdmittedBackbone backbone) {
    return pack.targets().stream().map(target -> key(backbone, target.id())).toList();
  }

  /** Whether a rule of a global bus has the name of a pack. */
  public static boolean isPack(ResourceKey key) {
    return key instanceof RuleKey rule && Names.isPack(rule.name());
  }

  private static RuleKey key(AdmittedBackbone backbone, String rule) {
    return backbone.busKey().rule(rule);
  }

  /**
   * The packs that must go: those that no bus needs any more. A bus needs its pack until AWS has
   * the bus's own rule, with all that the routes ask for.
   *
   * @param packs of the backbone
   * @param successors those of their successors that AWS has
   * @param forwarded to each bus of the backbone, by the name of the bus's own rule
   */
  public static List<Wanted> leftovers(
      Collection<Rule> packs, Collection<Rule> successors, Map<String, Forwarded> forwarded) {
    return packs.stream()
        .filter(pack ->
            pack.targets().stream()
                .noneMatch(target ->
                    isNeeded(target, Optional.ofNullable(forwarded.get(target.id())), successors)))
        .<Wanted>map(pack -> new Wanted.Absent(pack.key()))
        .toList();
  }

  private static boolean isNeeded(
      Target target, Optional<Forwarded> forwarded, Collection<Rule> successors) {
    return forwarded
        .filter(it -> !(it.forwarding() instanceof Forwarding.Nothing && it.isWhole()))
        .filter(
            it -> !it.isWhole() || successors.stream().noneMatch(rule -> isSuccessor(rule, target)))
        .isPresent();
  }

  private static boolean isSuccessor(Rule rule, Target target) {
    return rule.key().name().equals(target.id())
        && rule.state() == Rule.State.ENABLED
        && rule.targets().stream().map(Target::arn).anyMatch(target.arn()::equals);
  }
}
