package io.eventbackbone.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.operator.topology.Packing.Entry;
import io.eventbackbone.operator.topology.Packing.Member;
import io.eventbackbone.operator.topology.Packing.Wish;
import io.eventbackbone.operator.topology.pattern.EventPattern;
import io.eventbackbone.operator.topology.pattern.PatternQuota;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Packs are written as {@code 1:P a b +c -d}: pack 1 has the pattern P, a and b are inside, c
 * joins, d leaves. Members are written as {@code a=P}: a needs P and is ready; {@code ~} it is not,
 * {@code ?} for a pattern nobody knows, {@code !} for none; and {@code @1} if its status names pack
 * 1.
 */
class PackingTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          the first ones              | ''                     | b=P a=P                         | 9 | 1:P +a +b
          five at most                | ''                     | a=P b=P c=P d=P e=P f=P         | 9 | 1:P +a +b +c +d +e; 2:P +f
          one pattern a pack          | ''                     | a=P b=Q c=P                     | 9 | 1:P +a +c; 2:Q +b
          who is not ready waits      | ''                     | a=P b~P                         | 9 | 1:P +a
          who needs none has none     | ''                     | a=! b=?                         | 9 | ''
          no room for another rule    | ''                     | a=P b=Q                         | 1 | 1:P +a
          no room, but a place        | 1:P a                  | a=P@1 b=P c=Q                   | 0 | 1:P a +b
          everyone stays              | 1:P a b; 2:P c         | a=P@1 b=P@1 c=P@2               | 9 | 1:P a b; 2:P c
          places are filled           | 1:P a; 2:P b c         | a=P@1 b=P@2 c=P@2 d=P           | 9 | 1:P a +d; 2:P b c
          who is gone goes            | 1:P a b                | a=P@1                           | 9 | 1:P a
          an empty pack, to be taken  | 1:P a                  | ''                              | 9 | 1:P
          a number is used again      | 2:P a                  | a=P@2 b=Q                       | 9 | 1:Q +b; 2:P a
          joining goes on             | 1:P +a                 | a=P                             | 9 | 1:P +a
          joining is called off       | 1:P a +b               | a=P@1 b~P                       | 9 | 1:P a
          it changes for all          | 1:P a b                | a=Q@1 b=Q@1                     | 9 | 1:Q a b
          most of them keep the rule  | 1:P a b c              | a=P@1 b=Q@1 c=Q@1               | 9 | 1:P b c -a
          then it changes             | 1:P b c -a             | a=P b=Q@1 c=Q@1                 | 9 | 1:Q b c
          of two halves the old one   | 1:P a b                | a=P@1 b=Q@1                     | 9 | 1:P a -b
          who leaves holds it         | 1:P b c -a             | a=P@1 b=Q@1 c=Q@1               | 9 | 1:P b c -a
          nobody enters meanwhile     | 1:P b c -a             | a=P@1 b=Q@1 c=Q@1 d=P e=Q       | 9 | 1:P b c -a; 2:P +d; 3:Q +e
          or who needs what is there  | 1:P b -a               | a=!@1 b=P@1 d=P                 | 9 | 1:P b +d -a
          who has not said it relies  | 1:P a b                | a=!globalToA b=P@1              | 9 | 1:P a b
          and then it may leave       | 1:P a b                | a=!@1 b=P@1                     | 9 | 1:P b -a
          it leaves until it says so  | 1:P b -a               | a=!@1 b=P@1                     | 9 | 1:P b -a
          it has left                 | 1:P b -a               | a=!globalToA b=P@1              | 9 | 1:P b
          it comes back after that    | 1:P b -a               | a=P@1 b=P@1                     | 9 | 1:P b -a
          nobody knows: it stays      | 1:P a b                | a=?@1 b=P@1                     | 9 | 1:P a b
          and others go               | 1:P a b c              | a=?@1 b=Q@1 c=Q@1               | 9 | 1:P a -b -c
          a freed place is not yet    | 1:P a b c d e          | a=P@1 b=P@1 c=P@1 d=P@1 f=P     | 0 | 1:P a b c d
          and then it is              | 1:P a b c d            | a=P@1 b=P@1 c=P@1 d=P@1 f=P     | 0 | 1:P a b c d +f
          whoever had it              | 1:P a b c d -e         | a=P@1 b=P@1 c=P@1 d=P@1 e=! f=P | 0 | 1:P a b c d
          or was about to             | 1:P a b c d +e         | a=P@1 b=P@1 c=P@1 d=P@1 e~P f=P | 0 | 1:P a b c d
          it is worth the wait        | 1:P a b c d e          | a=P@1 b=P@1 c=P@1 d=P@1 f=P     | 9 | 1:P a b c d
          for as many as it takes     | 1:P a b c d e          | a=P@1 b=P@1 c=P@1 d=P@1 f=P g=P | 9 | 1:P a b c d; 2:P +g
          """)
  void packs(String what, String recorded, String members, int room, String wanted) {
    assertThat(texts(Packing.of(packs(recorded), members(members), new RuleCount(room, 9))))
        .isEqualTo(wanted);
  }

  /** W and V are patterns with wildcards. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          one has room                | ''                     | a=W b=V c=W                     | 1 | 1:W +a +c
          none has, and others do     | ''                     | a=W b=P                         | 0 | 1:P +b
          a place is no other rule    | 1:W a                  | a=W@1 b=W                       | 0 | 1:W a +b
          who has it may change it    | 1:W a b                | a=V@1 b=V@1                     | 0 | 1:V a b
          it changes for all          | 1:P a b                | a=W@1 b=W@1                     | 1 | 1:W a b
          it stays without room       | 1:P a b                | a=W@1 b=W@1                     | 0 | 1:P a b
          nobody leaves for nothing   | 1:P a b                | a=W@1 b=P@1                     | 0 | 1:P a b
          who needs another leaves    | 1:P a b                | a=W@1 b=Q@1                     | 0 | 1:P a -b
          nobody comes meanwhile      | 1:P a b                | a=W@1 b=W@1 c=W                 | 0 | 1:P a b
          the first takes it          | 1:P a; 2:P b           | a=W@1 b=W@2                     | 1 | 1:W a; 2:P b
          before who comes            | 1:P a                  | a=W@1 b=V                       | 1 | 1:W a
          and what is freed is later  | 1:W a; 2:P b           | a=P@1 b=W@2                     | 0 | 1:P a; 2:P b
          who comes first has it      | 1:P b g                | a=W b=W@2 g=Q@1                 | 1 | 1:P b -g; 2:W +a
          who leaves is waited for    | 1:P a b c              | a=P@1 b=W@1 c=W@1               | 1 | 1:P b c -a
          by those who come, too      | 1:P a b c              | a=P@1 b=W@1 c=W@1 d=V           | 1 | 1:P b c -a
          """)
  void wildcards(String what, String recorded, String members, int room, String wanted) {
    assertThat(texts(Packing.of(packs(recorded), members(members), new RuleCount(9, room))))
        .isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          a new pack              | ''          | 1:P +a      | 1:P +a
          a joining bus           | 1:P a       | 1:P a +b    | 1:P a +b
          a leaving bus           | 1:P a b     | 1:P a -b    | 1:P a -b
          what goes is told yet   | 1:P a b +c  | 1:P a       | 1:P a b +c
          an empty pack, too      | 1:P a       | 1:P         | 1:P a
          a pattern comes after   | 1:P a       | 1:Q a       | 1:P a
          """)
  void whatTheStatusMustSayFirst(String what, String recorded, String wanted, String ahead) {
    assertThat(texts(Packing.recordedAhead(packs(recorded), packs(wanted)))).isEqualTo(ahead);
  }

  @Property(tries = 1_000)
  void noPackIsOverfullAndNoBusIsInTwoOrMovedAtOnce(@ForAll("steps") List<List<Member>> steps) {
    List<PackedRule> packs = List.of();
    for (List<Member> members : steps) {
      List<PackedRule> wanted = Packing.of(packs, members, roomBeside(packs));
      RuleCount count = new RuleCount(0, 0).with(wanted);
      assertThat(count.all()).isLessThanOrEqualTo(3);
      assertThat(count.withWildcards()).as("%s of %s", wanted, packs).isLessThanOrEqualTo(1);
      List<String> all = wanted.stream().flatMap(Packing::all).toList();
      assertThat(all).doesNotHaveDuplicates();
      assertThat(wanted).allMatch(pack -> Packing.all(pack).count() <= BusQuotas.TARGETS_OF_A_RULE);
      Set<String> there = members.stream().map(Member::bus).collect(Collectors.toSet());
      Set<String> inside = names(packs.stream().flatMap(pack -> pack.buses().stream()));
      inside.retainAll(there);
      assertThat(all).as("%s of %s", wanted, packs).containsAll(inside);
      List<PackedRule> ahead = Packing.recordedAhead(packs, wanted);
      assertThat(ahead)
          .as("what AWS may have on the way")
          .allMatch(pack -> Packing.all(pack).count() <= BusQuotas.TARGETS_OF_A_RULE);
      assertThat(Packing.recordedAhead(ahead, Packing.of(ahead, members, roomBeside(ahead))))
          .isEqualTo(ahead);
      packs = brought(ahead, members);
    }
  }

  /** The backbone's reconciler goes on at once as long as the next round would do something. */
  @Property(tries = 1_000)
  void theRoundsEnd(@ForAll("steps") List<List<Member>> steps) {
    List<PackedRule> packs = List.of();
    for (List<Member> members : steps) {
      int rounds = 0;
      do {
        assertThat(rounds++).as("%s with %s", packs, members).isLessThan(4);
        packs = brought(ahead(packs, members), members);
      } while (!packs.equals(ahead(packs, members)));
    }
  }

  private static List<PackedRule> ahead(List<PackedRule> packs, List<Member> members) {
    return Packing.recordedAhead(packs, Packing.of(packs, members, roomBeside(packs)));
  }

  private static List<PackedRule> brought(List<PackedRule> ahead, List<Member> members) {
    return Packing.of(ahead, members, roomBeside(ahead)).stream()
        .map(Packing::settled)
        .filter(pack -> Packing.all(pack).count() > 0)
        .toList();
  }

  /** For three packs, of which one may have wildcards. */
  private static RuleCount roomBeside(List<PackedRule> packs) {
    return new RuleCount(0, BusQuotas.WILDCARD_RULES - 1)
        .with(packs)
        .room(new BusQuotas(3, 0, PatternQuota.HIGHEST));
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(Collectors.toCollection(HashSet::new));
  }

  @Provide
  Arbitrary<List<List<Member>>> steps() {
    Arbitrary<Member> member =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d", "e", "f", "g"),
                Arbitraries.of("=P", "=P", "=Q", "=W", "=W", "=V", "~P", "=!", "=?"),
                Arbitraries.of("@1", "@2", "globalToIt", ""))
            .as((bus, wish, rule) -> member(bus + wish + rule));
    return member
        .list()
        .ofMaxSize(7)
        .map(members -> List.copyOf(byBus(members)))
        .list()
        .ofMaxSize(6);
  }

  private static List<Member> byBus(List<Member> members) {
    Set<String> seen = new HashSet<>();
    return members.stream().filter(it -> seen.add(it.bus())).toList();
  }

  private static List<PackedRule> packs(String text) {
    return Arrays.stream(text.split("; *"))
        .filter(it -> !it.isEmpty())
        .map(PackingTest::pack)
        .toList();
  }

  private static PackedRule pack(String text) {
    List<String> words = List.of(text.split(" "));
    List<String> head = List.of(words.get(0).split(":"));
    List<String> buses = new ArrayList<>();
    List<String> joining = new ArrayList<>();
    List<String> leaving = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      switch (word.charAt(0)) {
        case '+' -> joining.add(word.substring(1));
        case '-' -> leaving.add(word.substring(1));
        default -> buses.add(word);
      }
    }
    return new PackedRule(
        Names.pack(Integer.parseInt(head.get(0))), pattern(head.get(1)), buses, joining, leaving);
  }

  private static String pattern(String letter) {
    return (letter.matches("[VW]")
            ? "{'source':[{'wildcard':'*%s'}]}"
            : "{'source':[{'suffix':'%s'}]}")
        .formatted(letter)
        .replace('\'', '"');
  }

  private static String letter(String pattern) {
    return pattern.replaceAll("[^A-Z]", "");
  }

  private static String texts(List<PackedRule> packs) {
    return packs.stream().map(PackingTest::text).collect(Collectors.joining("; "));
  }

  private static String text(PackedRule pack) {
    return Stream.of(
            Stream.of(Names.packNumber(pack.rule()) + ":" + letter(pack.pattern())),
            pack.buses().stream(),
            pack.joining().stream().map("+"::concat),
            pack.leaving().stream().map("-"::concat))
        .flatMap(it -> it)
        .collect(Collectors.joining(" "));
  }

  private static List<Member> members(String text) {
    return Arrays.stream(text.split(" "))
        .filter(it -> !it.isEmpty())
        .map(PackingTest::member)
        .toList();
  }

  private static Member member(String text) {
    String bus = text.substring(0, 1);
    String rule = text.substring(3);
    Wish wish =
        switch (text.charAt(2)) {
          case '!' -> new Wish.Alone();
          case '?' -> new Wish.AsItIs();
          default ->
              new Wish.Shared(
                  new EventPattern(pattern(text.substring(2, 3))),
                  text.charAt(1) == '~' ? Entry.NOT_YET : Entry.READY);
        };
    return new Member(
        bus,
        wish,
        rule.isEmpty()
            ? Optional.empty()
            : Optional.of(rule.startsWith("@") ? "globalTo-pack-" + rule.substring(1) : rule));
  }
}
