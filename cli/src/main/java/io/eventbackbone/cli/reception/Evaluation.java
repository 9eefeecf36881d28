package io.eventbackbone.cli.reception;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether an event meets a pattern, as far as the event is known. */
sealed interface Evaluation {

  /** Whatever is in the fields that are not known. */
  record Met() implements Evaluation {}

  /**
   * Whatever is in the fields that are not known.
   *
   * @param mismatches a field each, for people
   */
  record Unmet(List<String> mismatches) implements Evaluation {
    public Unmet {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * If the event meets all conditions.
   *
   * @param conditions for people
   */
  record Open(List<String> conditions) implements Evaluation {
    public Open {
      conditions = List.copyOf(conditions);
    }
  }

  Evaluation MET = new Met();

  /** All of them at once. */
  static Evaluation all(List<Evaluation> parts) {
    List<String> mismatches = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (Evaluation part : parts) {
      switch (part) {
        case Met met -> {}
        case Unmet unmet -> mismatches.addAll(unmet.mismatches());
        case Open open -> conditions.addAll(open.conditions());
      }
    }
    if (!mismatches.isEmpty()) {
      return new Unmet(mismatches);
    }
    return conditions.isEmpty() ? MET : new Open(conditions.stream().distinct().toList());
  }

  /** One of them at least. */
  static Evaluation any(List<Evaluation> alternatives) {
    List<String> mismatches = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (Evaluation alternative : alternatives) {
      switch (alternative) {
        case Met met -> {
          return met;
        }
        case Unmet unmet -> mismatches.addAll(unmet.mismatches());
        case Open open -> conditions.add(String.join(" and ", open.conditions()));
      }
    }
    if (conditions.isEmpty()) {
      return new Unmet(mismatches);
    }
    return new Open(
        List.of(
            conditions.size() == 1
                ? conditions.get(0)
                : conditions.stream().distinct().collect(Collectors.joining(") or (", "(", ")"))));
  }
}
