package io.eventbackbone.core.plan;

import io.eventbackbone.core.plan.ObservedState.Observed;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.wanted.Owner;
import io.eventbackbone.core.wanted.Tags;
import io.eventbackbone.core.wanted.WantedState;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one bus wants, and what AWS has of it. */
final class States {

  static final AccountScope SCOPE = new AccountScope("222222222222", "eu-west-1");
  static final Owner OWNER = new Owner("c1", "ServiceAccountBus", "orders", "orders");
  static final Tags TAGS = new Tags(OWNER, new TreeMap<>());

  private States() {}

  static WantedState wanted(Wanted... resources) {
    return new WantedState(TAGS, List.of(resources));
  }

  static ObservedState observed(Observed... resources) {
    return new ObservedState(
        Arrays.stream(resources)
            .collect(
                Collectors.<Observed, ResourceKey, Observed>toMap(
                    it -> it.resource().key(), Function.identity())));
  }
}
