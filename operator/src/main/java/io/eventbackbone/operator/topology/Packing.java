package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.operator.topology.Packing.Wish.AsItIs;
import io.eventbackbone.operator.topology.Packing.Wish.Shared;
import io.eventbackbone.operator.topology.pattern.EventPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which buses share a rule of the global bus. A bus keeps its place as long as the rule's pattern
 * is the one that it needs: every move is a moment at which events come twice.
 */
public final class Packing {

  private Packing() {}

  /** What a bus wants of packs. */
  public sealed interface Wish {

    /**
     * To be in one with the pattern.
     *
     * @param entry whether it can enter now
     */
    record Shared(EventPattern pattern, Entry entry) implements Wish {}

    /** To stay where it is, by the pattern that is there. */
    record AsItIs() implements Wish {}

    /** To be in none. */
    record Alone() implements Wish {}
  }

  /** Whether the rules of a bus leave its own events out already. */
  public enum Entry {
    READY,
    NOT_YET
  }

  /**
   * A bus of the backbone.
   *
   * @param bus {@code namespace/name}
   * @param reliesOn name of the rule that its status names, if any
   */
  public record Member(String bus, Wish wish, Optional<String> reliesOn) {}

  /**
   * The packs as they are to be. Who takes the place of another enters after that one is recorded
   * as gone: until then AWS may have the targets of both.
   *
   * @param recorded as the status has them
   * @param members all buses of the backbone that are to receive anything
   * @param room for so many more rules
   */
  public static List<PackedRule> of(
      List<PackedRule> recorded, Collection<Member> members, RuleCount room) {
    Map<String, Member> byName =
        members.stream().collect(Collectors.toMap(Member::bus, Function.identity()));
    int free = room.withWildcards();
    Map<Integer, Pack> inside = inside(recorded, byName, free);
    Map<Integer, Pack> all =
        withNewcomers(inside, members, new RuleCount(room.all(), free - gained(inside)));
    int taken = gained(all) - gained(inside);
    // What is recorded of those who come is not free for those inside from the next round on.
    Map<Integer, Pack> stable =
        taken == 0
            ? all
            : withNewcomers(
                inside(recorded, byName, free - taken), members, new RuleCount(room.all(), taken));
    return stable.values().stream().map(Pack::withinTargets).toList();
  }

  private static Map<Integer, Pack> inside(
      List<PackedRule> recorded, Map<String, Member> members, int freeForWildcards) {
    Map<Integer, Pack> packs = new TreeMap<>();
    int free = freeForWildcards;
    for (PackedRule before : recorded) {
      boolean mayHaveWildcards = free > 0 || RuleCount.hasWildcards(before);
      Pack pack = Pack.of(before, mayHaveWildcards ? members : withoutWildcards(members));
      free -= pack.gainsWildcards() ? 1 : 0;
      packs.put(Names.packNumber(before.rule()), pack);
    }
    return packs;
  }

  private static Map<Integer, Pack> withNewcomers(
      Map<Integer, Pack> inside, Collection<Member> members, RuleCount room) {
    Map<Integer, Pack> packs = new TreeMap<>(inside);
    int free = room.all();
    int freeForWildcards = room.withWildcards();
    Set<String> placed =
        inside.values().stream().flatMap(pack -> all(pack.recorded())).collect(Collectors.toSet());
    for (Member newcomer : newcomers(members, placed)) {
      EventPattern wanted = ((Shared) newcomer.wish()).pattern();
      String pattern = wanted.text();
      Optional<Integer> seat =
          packs.entrySet().stream()
              .filter(it -> it.getValue().hasSeatFor(pattern))
              .map(Map.Entry::getKey)
              .findFirst();
      boolean isRoom = free > 0 && (freeForWildcards > 0 || !wanted.hasWildcards());
      if (seat.isEmpty() && isRoom) {
        free--;
        freeForWildcards -= wanted.hasWildcards() ? 1 : 0;
        seat = Optional.of(unused(packs.keySet()));
        packs.put(seat.get(), Pack.empty(seat.get(), pattern));
      }
      seat.ifPresent(
          number -> packs.computeIfPresent(number, (it, pack) -> pack.with(newcomer.bus())));
    }
    return packs;
  }

  /** How many have wildcards that had none, those that are new included. */
  private static int gained(Map<Integer, Pack> packs) {
    return Math.toIntExact(packs.values().stream().filter(Pack::gainsWildcards).count());
  }

  /**
   * What the status must say before AWS is brought to the packs: the next process has to know of
   * every rule and target that this one may have made. What goes stays recorded until it is gone.
   */
  public static List<PackedRule> recordedAhead(List<PackedRule> recorded, List<PackedRule> wanted) {
    Map<String, PackedRule> before = byRule(recorded);
    return wanted.stream()
        .map(
            pack ->
                Optional.ofNullable(before.get(pack.rule()))
                    .map(old -> ahead(old, pack))
                    .orElse(pack))
        .toList();
  }

  private static PackedRule ahead(PackedRule recorded, PackedRule wanted) {
    return new PackedRule(
        recorded.rule(),
        recorded.pattern(),
        recorded.buses().stream().filter(bus -> !wanted.leaving().contains(bus)).toList(),
        union(recorded.joining(), wanted.joining()),
        union(recorded.leaving(), wanted.leaving()));
  }

  /** A pack once AWS has it. */
  public static PackedRule settled(PackedRule pack) {
    return new PackedRule(
        pack.rule(),
        pack.pattern(),
        union(pack.buses(), pack.joining()),
        List.of(),
        pack.leaving());
  }

  /** Whether a pack has room for one more. */
  public static boolean hasSeat(PackedRule pack) {
    return all(pack).count() < BusQuotas.TARGETS_OF_A_RULE;
  }

  /** Every bus that a pack forwards to, or may forward to. */
  public static Stream<String> all(PackedRule pack) {
    return Stream.of(pack.buses(), pack.joining(), pack.leaving()).flatMap(List::stream);
  }

  /**
   * A pack as it is to be.
   *
   * @param rule with all that have a place, or wait for one that gets free
   * @param pattern that those inside need; the rule has it once those that need another have left
   */
  private record Pack(PackedRule recorded, PackedRule rule, String pattern) {

    static Pack empty(int number, String pattern) {
      PackedRule empty =
          new PackedRule(Names.pack(number), pattern, List.of(), List.of(), List.of());
      return new Pack(empty, empty, pattern);
    }

    /** Without those that are gone, and have those leave that need another pattern. */
    static Pack of(PackedRule recorded, Map<String, Member> members) {
      Predicate<String> isThere = members::containsKey;
      List<String> inside = recorded.buses().stream().filter(isThere).toList();
      String pattern = mostWanted(recorded, inside, members);
      List<String> strangers =
          inside.stream()
              .filter(bus -> !fits(members.get(bus).wish(), recorded.pattern(), pattern))
              .toList();
      // Who does not say yet that it relies on the pack may be about to give up its own rule.
      List<String> going =
          strangers.stream().filter(bus -> reliesOn(members.get(bus), recorded)).toList();
      List<String> leaving =
          union(
              going,
              recorded.leaving().stream()
                  .filter(isThere)
                  .filter(bus -> reliesOn(members.get(bus), recorded))
                  .toList());
      String kept = strangers.isEmpty() && leaving.isEmpty() ? pattern : recorded.pattern();
      return new Pack(
          recorded,
          new PackedRule(
              recorded.rule(),
              kept,
              inside.stream().filter(bus -> !going.contains(bus)).toList(),
              recorded.joining().stream()
                  .filter(isThere)
                  .filter(bus -> kept.equals(pattern))
                  .filter(bus -> isEntering(members.get(bus).wish(), pattern))
                  .toList(),
              leaving),
          pattern);
    }

    /** Whether it is to have wildcards, and AWS has it without, or has no such rule. */
    boolean gainsWildcards() {
      boolean isNew = all(recorded).findAny().isEmpty();
      return new EventPattern(pattern).hasWildcards()
          && (isNew || !RuleCount.hasWildcards(recorded));
    }

    boolean hasSeatFor(String wanted) {
      return rule.pattern().equals(wanted) && pattern.equals(wanted) && Packing.hasSeat(rule);
    }

    Pack with(String bus) {
      return new Pack(recorded, joinedBy(union(rule.joining(), List.of(bus))), pattern);
    }

    /** Without those whose place AWS may have somebody else in. */
    PackedRule withinTargets() {
      Set<String> targets = all(recorded).collect(Collectors.toCollection(TreeSet::new));
      List<String> entering = new ArrayList<>();
      for (String bus : rule.joining()) {
        if (targets.contains(bus) || targets.size() < BusQuotas.TARGETS_OF_A_RULE) {
          targets.add(bus);
          entering.add(bus);
        }
      }
      return joinedBy(entering);
    }

    private PackedRule joinedBy(List<String> buses) {
      return new PackedRule(rule.rule(), rule.pattern(), rule.buses(), buses, rule.leaving());
    }
  }

  /**
   * What most of those inside need; of two that are needed as often, the one that is there. It
   * stays while one is inside that can't say what it needs.
   */
  private static String mostWanted(
      PackedRule pack, List<String> inside, Map<String, Member> members) {
    if (inside.stream().anyMatch(bus -> members.get(bus).wish() instanceof AsItIs)) {
      return pack.pattern();
    }
    Map<String, Long> votes =
        inside.stream()
            .flatMap(bus -> pattern(members.get(bus).wish(), pack.pattern()).stream())
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    return votes.entrySet().stream()
        .max(
            Comparator.comparing((Map.Entry<String, Long> vote) -> vote.getValue())
                .thenComparing(vote -> vote.getKey().equals(pack.pattern())))
        .map(Map.Entry::getKey)
        .orElse(pack.pattern());
  }

  private static boolean fits(Wish wish, String recorded, String pattern) {
    return pattern(wish, recorded).filter(pattern::equals).isPresent();
  }

  private static Optional<String> pattern(Wish wish, String recorded) {
    if (wish instanceof Shared shared) {
      return Optional.of(shared.pattern().text());
    }
    return wish instanceof AsItIs ? Optional.of(recorded) : Optional.empty();
  }

  private static boolean isEntering(Wish wish, String pattern) {
    return wish instanceof Shared shared
        && shared.entry() == Entry.READY
        && shared.pattern().text().equals(pattern);
  }

  private static boolean reliesOn(Member member, PackedRule pack) {
    return member.reliesOn().filter(pack.rule()::equals).isPresent();
  }

  /** Who would need wildcards, for which there is no room, stays by the pattern that is there. */
  private static Map<String, Member> withoutWildcards(Map<String, Member> members) {
    Map<String, Member> without = new HashMap<>(members);
    without.replaceAll(
        (bus, member) ->
            member.wish() instanceof Shared shared && shared.pattern().hasWildcards()
                ? new Member(bus, new AsItIs(), member.reliesOn())
                : member);
    return without;
  }

  private static List<Member> newcomers(Collection<Member> members, Set<String> placed) {
    return members.stream()
        .filter(member -> !placed.contains(member.bus()))
        .filter(member -> member.wish() instanceof Shared shared && shared.entry() == Entry.READY)
        .sorted(Comparator.comparing(Member::bus))
        .toList();
  }

  private static int unused(Set<Integer> numbers) {
    return IntStream.iterate(1, number -> number + 1)
        .filter(number -> !numbers.contains(number))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, PackedRule> byRule(List<PackedRule> packs) {
    return packs.stream().collect(Collectors.toMap(PackedRule::rule, Function.identity()));
  }

  private static List<String> union(List<String> some, List<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return new ArrayList<>(all);
  }
}
