package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.EventBackboneSpec.AdoptionPolicy;
import io.eventbackbone.cli.answer.Difference.Attribute;
import io.eventbackbone.cli.answer.Difference.AwsChange;
import io.eventbackbone.core.plan.Change;
import io.eventbackbone.core.plan.ObservedState;
import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the operator would do to AWS, if AWS is as the specs of before say. */
final class AwsPlan {

  private final Map<ResourceKey, Observed> observed = new HashMap<>();

  private AwsPlan(List<WantedState> before) {
    before.forEach(this::observe);
  }

  /**
   * Plans the objects whose wanted state differs. Each plan starts from the resources that these
   * objects wanted before, and from those that other objects want in the same accounts.
   */
  static List<AwsChange> between(WantedStates before, WantedStates after) {
    Set<String> differing = WantedStates.differing(before, after);
    Set<String> met = new HashSet<>(differing);
    met.addAll(before.in(before.homes(differing)));
    met.addAll(before.in(after.homes(differing)));
    AwsPlan plan = new AwsPlan(before.of(met));
    return after.of(differing).stream().flatMap(plan::changes).toList();
  }

  /** An owner looks at the resources that it wants, and at no others. */
  private Stream<AwsChange> changes(WantedState wanted) {
    Map<ResourceKey, Observed> looked = new HashMap<>();
    wanted.keys().stream()
        .filter(observed::containsKey)
        .forEach(key -> looked.put(key, observed.get(key)));
    return Plan.of(wanted, new ObservedState(looked), AdoptionPolicy.FAIL).changes().stream()
        .map(AwsPlan::change);
  }

  private static AwsChange change(Change change) {
    ResourceKey key = change.key();
    return new AwsChange(
        key.scope().accountId(),
        "%s %s".formatted(key.type().title(), key.qualifiedName()),
        change.getClass().getSimpleName(),
        change.differences().stream()
            .map(it -> new Attribute(it.attribute(), it.from(), it.to()))
            .toList());
  }

  private void observe(WantedState state) {
    state
        .resources()
        .forEach(it -> {
          if (it instanceof Wanted.Present present) {
            observed.put(present.key(), observed(present, state.tags()));
          }
        });
  }

  private static Observed observed(Wanted.Present present, Tags tags) {
    return new Observed(
        present.resource(), present.key().type().isTaggable() ? tags.all() : Map.of());
  }
}
