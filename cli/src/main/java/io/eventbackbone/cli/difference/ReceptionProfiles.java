package io.eventbackbone.cli.difference;

import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Difference.ReceptionChange;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Verdict;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.cli.reception.Facts;
import io.eventbackbone.cli.reception.Reception;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each subscription receives, by detail types, and how two states of a cluster differ in it.
 */
final class ReceptionProfiles {

  /** Stands for all detail types that no filter names. */
  private static final String EVERY_OTHER = "every other event";

  /** The conditions of what comes always. */
  private static final String ALWAYS = "";

  private final Snapshot snapshot;
  private final Reception reception;
  private final Map<String, EventSubscription> subscriptions = new TreeMap<>();

  ReceptionProfiles(Snapshot snapshot, Reception reception) {
    this.snapshot = snapshot;
    this.reception = reception;
    snapshot.all(EventSubscription.class).forEach(it -> subscriptions.put(Snapshot.key(it), it));
  }

  static List<ReceptionChange> changes(ReceptionProfiles then, ReceptionProfiles now) {
    Set<String> named = new TreeSet<>(then.namedTypes());
    named.addAll(now.namedTypes());
    Set<String> names = new TreeSet<>(then.subscriptions.keySet());
    names.addAll(now.subscriptions.keySet());
    return names.stream()
        .filter(name -> !then.isSame(name, now))
        .map(name -> change(name, then.profile(name, named), now.profile(name, named)))
        .filter(it -> !it.gains().isEmpty() || !it.loses().isEmpty())
        .toList();
  }

  private boolean isSame(String name, ReceptionProfiles other) {
    EventSubscription mine = subscriptions.get(name);
    return mine != null
        && mine.equals(other.subscriptions.get(name))
        && reception.isSame(mine, other.reception);
  }

  private static ReceptionChange change(
      String subscription, Map<String, Set<String>> then, Map<String, Set<String>> now) {
    List<String> gains = new ArrayList<>();
    List<String> loses = new ArrayList<>();
    Set<String> types = new TreeSet<>(then.keySet());
    types.addAll(now.keySet());
    for (String type : types) {
      Set<String> former = then.getOrDefault(type, Set.of());
      Set<String> latter = now.getOrDefault(type, Set.of());
      gains.addAll(surplus(type, latter, former));
      loses.addAll(surplus(type, former, latter));
    }
    return new ReceptionChange(subscription, gains, loses);
  }

  /** What of the detail type comes under some conditions and not under the others. */
  private static List<String> surplus(String type, Set<String> some, Set<String> others) {
    if (others.contains(ALWAYS)) {
      return List.of();
    }
    if (some.contains(ALWAYS)) {
      return List.of(others.isEmpty() ? type : type + " unless " + String.join(", or ", others));
    }
    return some.stream()
        .filter(condition -> !others.contains(condition))
        .map(condition -> type + " if " + condition)
        .toList();
  }

  /** Detail types, and under which conditions they come, a text for each way. */
  private Map<String, Set<String>> profile(String name, Set<String> named) {
    EventSubscription subscription = subscriptions.get(name);
    if (subscription == null || subscription.getSpec() == null) {
      return Map.of();
    }
    Map<String, Set<String>> profile = new TreeMap<>();
    Optional<Set<String>> listed = exactTypes(filter(subscription));
    for (String type : listed.orElse(named)) {
      put(profile, type, ways(subscription, Facts.ofType(type)));
    }
    if (listed.isEmpty()) {
      put(
          profile,
          EVERY_OTHER,
          ways(subscription, Facts.none()).stream()
              .filter(ReceptionProfiles::isOfMoreThanNamedTypes)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return profile;
  }

  private static void put(Map<String, Set<String>> profile, String type, Set<String> ways) {
    if (!ways.isEmpty()) {
      profile.put(type, ways);
    }
  }

  private Set<String> ways(EventSubscription subscription, Facts facts) {
    Set<String> ways =
        reception.of(subscription, facts).stream()
            .filter(it -> it.verdict().receives())
            .map(ReceptionProfiles::way)
            .collect(Collectors.toCollection(TreeSet::new));
    return ways.contains(ALWAYS) ? Set.of(ALWAYS) : ways;
  }

  private static String way(Receiver receiver) {
    return receiver.verdict() == Verdict.CONDITIONAL && receiver.conditions().isEmpty()
        ? receiver.message().orElseThrow()
        : String.join(" and ", receiver.conditions());
  }

  /** Named types are asked for one by one. */
  private static boolean isOfMoreThanNamedTypes(String conditions) {
    return Stream.of(conditions.split(" and "))
        .noneMatch(it ->
            it.startsWith(Filters.DETAIL_TYPE + " = ")
                || it.startsWith(Filters.DETAIL_TYPE + " in "));
  }

  private Set<String> namedTypes() {
    return Stream.concat(
            subscriptions.values().stream()
                .filter(it -> it.getSpec() != null)
                .map(ReceptionProfiles::filter),
            snapshot.readable(EventRoute.class).map(it -> it.getSpec().filterOrEverything()))
        .flatMap(filter -> exactTypes(filter).stream())
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static EventFilter filter(EventSubscription subscription) {
    return Optional.ofNullable(subscription.getSpec().filter()).orElseGet(EventFilter::everything);
  }

  /** All detail types that pass, if the filter lists them. */
  private static Optional<Set<String>> exactTypes(EventFilter filter) {
    if (!filter.detailTypes().isEmpty()) {
      return Optional.of(new TreeSet<>(filter.detailTypes()));
    }
    List<PatternFields.Field> fields =
        PatternFields.of(filter.pattern()).within(Filters.DETAIL_TYPE);
    return fields.size() == 1
            && fields.get(0).place().equals(Filters.DETAIL_TYPE)
            && fields.get(0).values().valueStream().allMatch(it -> it.isTextual())
        ? Optional.of(
            fields
                .get(0)
                .values()
                .valueStream()
                .map(it -> it.textValue())
                .collect(Collectors.toCollection(TreeSet::new)))
        : Optional.empty();
  }
}
