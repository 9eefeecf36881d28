package io.eventbackbone.cli.difference;

import io.eventbackbone.cli.answer.Difference;
import io.eventbackbone.cli.answer.Difference.Problem;
import io.eventbackbone.cli.answer.Difference.State;
import io.eventbackbone.cli.cluster.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Two states of a cluster. */
public record Comparison(Sight before, Sight after) {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::state)
          .thenComparing(Problem::object)
          .thenComparing(Problem::message);

  /** What is different in the second. */
  public Difference difference() {
    return new Difference(
        before.unseen(),
        ReceptionProfiles.changes(before, after),
        AwsPlan.between(before.snapshot(), after.snapshot()),
        problems());
  }

  private List<Problem> problems() {
    Set<Problems.Found> then = Problems.of(before);
    Set<Problems.Found> now = Problems.of(after);
    List<Problem> problems = new ArrayList<>();
    now.forEach(it -> problems.add(it.as(then.contains(it) ? State.UNCHANGED : State.NEW)));
    then.stream()
        .filter(it -> !now.contains(it))
        .map(it -> it.as(State.SOLVED))
        .forEach(problems::add);
    return problems.stream().sorted(ORDER).toList();
  }
}
