package io.eventbackbone.cli.graph;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.cli.answer.Graph.NodeType;
import io.eventbackbone.cli.answer.Matches;
import io.eventbackbone.cli.answer.Matches.Match;
import io.eventbackbone.cli.answer.Matches.MatchType;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds event types, accounts and objects by a part of their name. */
public final class Search {

  /** A person reads no longer list. */
  private static final int MOST = 30;

  private Search() {}

  /** The names that contain the text, in upper or lower case. */
  public static Matches of(String text, Sight sight) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    List<Match> matches =
        Stream.of(detailTypes(sight.snapshot()), accounts(sight.snapshot()), objects(sight))
            .flatMap(it -> it)
            .filter(it -> it.name().toLowerCase(Locale.ROOT).contains(wanted))
            .distinct()
            .toList();
    return new Matches(
        sight.unseen(), matches.stream().limit(MOST).toList(), Math.max(0, matches.size() - MOST));
  }

  private static Stream<Match> detailTypes(Snapshot snapshot) {
    Stream<Optional<EventFilter>> ofSubscriptions =
        snapshot
            .readable(EventSubscription.class)
            .map(it -> Optional.ofNullable(it.getSpec().filter()));
    Stream<Optional<EventFilter>> ofRoutes =
        snapshot.readable(EventRoute.class).map(it -> it.getSpec().writtenFilter());
    return Stream.concat(ofSubscriptions, ofRoutes)
        .flatMap(Optional::stream)
        .flatMap(it -> it.detailTypes().stream())
        .sorted()
        .map(it -> new Match(MatchType.EVENT_TYPE, it));
  }

  private static Stream<Match> accounts(Snapshot snapshot) {
    return snapshot
        .readable(AwsAccount.class)
        .map(it -> it.getSpec().accountId())
        .sorted()
        .map(it -> new Match(MatchType.ACCOUNT, it));
  }

  private static Stream<Match> objects(Sight sight) {
    return TopologyGraph.whole(sight).nodes().stream()
        .filter(it -> it.type() != NodeType.PRODUCER)
        .map(it -> new Match(type(it.type()), it.name()));
  }

  private static MatchType type(NodeType type) {
    return switch (type) {
      case SUBSCRIPTION -> MatchType.SUBSCRIPTION;
      case BUS, PRODUCER, GROUP -> MatchType.BUS;
      case ROUTE -> MatchType.ROUTE;
      case BACKBONE -> MatchType.BACKBONE;
    };
  }
}
