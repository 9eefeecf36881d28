package io.eventbackbone.cli.difference;

import io.eventbackbone.cli.answer.Difference;
import io.eventbackbone.cli.answer.Difference.AwsChange;
import io.eventbackbone.cli.answer.Difference.Problem;
import io.eventbackbone.cli.answer.Difference.ReceptionChange;
import io.eventbackbone.cli.answer.Difference.State;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.difference.Problems.Found;
import io.eventbackbone.cli.reception.Reception;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Two states of a cluster. */
public record Comparison(Sight before, Sight after) {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::state)
          .thenComparing(Problem::object)
          .thenComparing(Problem::message);

  /** What is different in the second. */
  public Difference difference() {
    Reception then = new Reception(before);
    Reception now = then.in(after);
    // Two cores halve the time that a person waits.
    CompletableFuture<List<AwsChange>> aws = CompletableFuture.supplyAsync(() -> plan(then, now));
    List<ReceptionChange> reception =
        ReceptionProfiles.changes(
            new ReceptionProfiles(before.snapshot(), then),
            new ReceptionProfiles(after.snapshot(), now));
    ReplayChanges replays = new ReplayChanges(before, after);
    Set<Found> found = Problems.of(after, now);
    found.addAll(replays.refusals());
    List<Problem> problems = problems(Problems.of(before, then), found);
    return new Difference(before.unseen(), reception, aws.join(), replays.starts(), problems);
  }

  private List<AwsChange> plan(Reception then, Reception now) {
    return AwsPlan.between(
        new WantedStates(before.snapshot(), then), new WantedStates(after.snapshot(), now));
  }

  private static List<Problem> problems(Set<Found> then, Set<Found> now) {
    List<Problem> problems = new ArrayList<>();
    now.forEach(it -> problems.add(it.as(then.contains(it) ? State.UNCHANGED : State.NEW)));
    then.stream()
        .filter(it -> !now.contains(it))
        .map(it -> it.as(State.SOLVED))
        .forEach(problems::add);
    return problems.stream().sorted(ORDER).toList();
  }
}
