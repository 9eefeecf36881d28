package io.eventbackbone.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.Rule;
import io.eventbackbone.core.resource.Rule.Target;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing.Extent;
import io.eventbackbone.core.routing.Routing.Forwarded;
import io.eventbackbone.core.wanted.WantedState.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerPacksTest {

  private static final AccountScope SCOPE = new AccountScope("111111111111", "eu-west-1");
  private static final Forwarding RULE =
      new Forwarding.Rule(EventPattern.EVERYTHING, List.of("ns/fan-out"));
  private static final Map<String, Optional<Forwarded>> BUSES =
      Map.of(
          "not of the backbone", Optional.empty(),
          "receives nothing", Optional.of(forwarded(new Forwarding.Nothing())),
          "receives", Optional.of(forwarded(RULE)),
          "routes refused", Optional.of(forwarded(RULE, "ns/wrong")),
          "all routes refused", Optional.of(forwarded(new Forwarding.Nothing(), "ns/wrong")),
          "pattern refused",
              Optional.of(forwarded(new Forwarding.Refused("too large", List.of("ns/fan-out")))));
  private static final Map<String, List<Rule>> OWN_RULES =
      Map.of(
          "none", List.of(),
          "its own",
              List.of(rule("globalToOrders", Rule.State.ENABLED, target("Target0", "orders"))),
          "disabled",
              List.of(rule("globalToOrders", Rule.State.DISABLED, target("Target0", "orders"))),
          "without target", List.of(rule("globalToOrders", Rule.State.ENABLED)),
          "to another bus",
              List.of(rule("globalToOrders", Rule.State.ENABLED, target("Target0", "stock"))),
          "of another bus",
              List.of(rule("globalToStock", Rule.State.ENABLED, target("Target0", "orders"))));

  @ParameterizedTest(name = "a bus that {0} with the rule: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          receives            | none           | stays
          receives            | its own        | goes
          receives            | disabled       | stays
          receives            | without target | stays
          receives            | to another bus | stays
          receives            | of another bus | stays
          receives nothing    | none           | goes
          not of the backbone | none           | goes
          routes refused      | its own        | stays
          all routes refused  | none           | stays
          pattern refused     | none           | stays
          pattern refused     | its own        | stays
          """)
  void aPackGoesWhenNoBusNeedsIt(String bus, String ownRule, String fate) {
    Rule pack = rule("globalTo-pack-1", Rule.State.ENABLED, target("globalToOrders", "orders"));
    Map<String, Forwarded> forwarded =
        BUSES.get(bus).map(it -> Map.of("globalToOrders", it)).orElse(Map.of());
    assertThat(FormerPacks.leftovers(List.of(pack), OWN_RULES.get(ownRule), forwarded))
        .isEqualTo(fate.equals("goes") ? List.of(new Wanted.Absent(pack.key())) : List.of());
  }

  @Test
  void oneBusHoldsUpItsOwnPackAlone() {
    Rule first =
        rule(
            "globalTo-pack-1",
            Rule.State.ENABLED,
            target("globalToOrders", "orders"),
            target("globalToStock", "stock"));
    Rule second = rule("globalTo-pack-2", Rule.State.ENABLED, target("globalToBilling", "billing"));
    Rule empty = rule("globalTo-pack-3", Rule.State.ENABLED);
    List<Rule> ownRules =
        List.of(
            rule("globalToOrders", Rule.State.ENABLED, target("Target0", "orders")),
            rule("globalToBilling", Rule.State.ENABLED, target("Target0", "billing")));
    Map<String, Forwarded> forwarded =
        Stream.of("globalToOrders", "globalToStock", "globalToBilling")
            .collect(Collectors.toMap(it -> it, it -> forwarded(RULE)));
    assertThat(FormerPacks.leftovers(List.of(first, second, empty), ownRules, forwarded))
        .containsExactly(new Wanted.Absent(second.key()), new Wanted.Absent(empty.key()));
  }

  @Test
  void packsAreToldByTheirNames() {
    assertThat(FormerPacks.isPack(new EventBusKey(SCOPE, "global-bus").rule("globalTo-pack-1")))
        .isTrue();
    assertThat(FormerPacks.isPack(new EventBusKey(SCOPE, "global-bus").rule("globalToPack1")))
        .isFalse();
    assertThat(FormerPacks.isPack(new EventBusKey(SCOPE, "globalTo-pack-1").rule("orders")))
        .isFalse();
  }

  private static Forwarded forwarded(Forwarding forwarding, String... refused) {
    return new Forwarded(
        forwarding, List.of("fan-out"), List.of(), List.of(refused), new Extent.AsRouted());
  }

  private static Rule rule(String name, Rule.State state, Target... targets) {
    return new Rule(new EventBusKey(SCOPE, "global-bus").rule(name), "{}", state, Set.of(targets));
  }

  private static Target target(String id, String bus) {
    return new Target(
        id,
        "arn:aws:events:eu-west-1:222222222222:event-bus/" + bus,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
