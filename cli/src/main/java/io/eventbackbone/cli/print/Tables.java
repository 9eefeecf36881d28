package io.eventbackbone.cli.print;

import io.eventbackbone.cli.answer.Answer;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.Difference;
import io.eventbackbone.cli.answer.Health;
import io.eventbackbone.cli.answer.Receiver;
import io.eventbackbone.cli.answer.Receivers;
import io.eventbackbone.cli.answer.Redrive;
import io.eventbackbone.cli.answer.Replay;
import io.eventbackbone.cli.answer.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Answers as people read them in a terminal. */
public final class Tables {

  /** More subscriptions that receive nothing would push the receivers out of sight. */
  private static final int FEW = 20;

  private Tables() {}

  /** How much a table shows. */
  public enum Detail {
    /** The receivers, and the other subscriptions if they are few. */
    SHORT,
    EVERYTHING
  }

  /** The receivers of an event, and the reasons of the other subscriptions. */
  public static String of(Receivers answer, Detail detail) {
    List<Receiver> shown =
        detail == Detail.EVERYTHING || answer.receivers().size() <= FEW
            ? answer.receivers()
            : answer.receivers().stream().filter(it -> it.verdict() != Verdict.NEVER).toList();
    Table table = new Table("SUBSCRIPTION", "BUS", "ROUTE", "RECEIVES", "CODE", "WHY");
    shown.forEach(it ->
        table.row(
            it.subscription(),
            it.bus(),
            it.route().orElse("-"),
            it.verdict().text(),
            it.code().map(Code::text).orElse("-"),
            it.message().orElse("-")));
    int hidden = answer.receivers().size() - shown.size();
    return table.text()
        + summary(answer)
        + (hidden == 0
            ? ""
            : "%d more subscriptions never receive the event: --all lists them, each with its reason%n"
                .formatted(hidden))
        + unseen(answer);
  }

  private static String summary(Receivers answer) {
    String event =
        answer.detailType().orElse("the event") + answer.from().map(it -> " from " + it).orElse("");
    long receiving = answer.receiving();
    return receiving == 0
        ? "No subscription receives %s%s.%n"
            .formatted(event, answer.partial() ? ", of those you may see" : "")
        : "%d %s %s.%n"
            .formatted(
                receiving,
                receiving == 1 ? "subscription receives" : "subscriptions receive",
                event);
  }

  /**
   * The effect of manifests.
   *
   * @param ignored manifests of other kinds
   */
  public static String of(Difference answer, int ignored) {
    StringBuilder text = new StringBuilder();
    answer
        .reception()
        .forEach(it -> {
          it.gains()
              .forEach(event -> text.append("+ %s gains %s%n".formatted(it.subscription(), event)));
          it.loses()
              .forEach(event -> text.append("- %s loses %s%n".formatted(it.subscription(), event)));
        });
    answer.replays().forEach(it -> text.append(line(it)));
    if (answer.reception().isEmpty() && answer.replays().isEmpty()) {
      text.append("No subscription gains or loses an event.%n".formatted());
    }
    Table aws = new Table("ACCOUNT", "CHANGE", "RESOURCE", "WHAT");
    answer
        .aws()
        .forEach(it ->
            aws.row(
                it.account(),
                it.change(),
                it.resource(),
                it.attributes().stream()
                    .map(attribute ->
                        "%s: %s → %s".formatted(attribute.name(), attribute.from(), attribute.to()))
                    .collect(Collectors.joining("; "))));
    Table problems = new Table("PROBLEM", "OBJECT", "CODE", "WHAT");
    answer
        .problems()
        .forEach(
            it -> problems.row(title(it.state()), it.object(), it.code().text(), it.message()));
    return text
        + (answer.aws().isEmpty()
            ? "AWS stays as it is.%n".formatted()
            : "%n".formatted() + aws.text())
        + (answer.problems().isEmpty() ? "" : "%n".formatted() + problems.text())
        + (ignored == 0 ? "" : "%d manifests of other kinds were left out.%n".formatted(ignored))
        + unseen(answer);
  }

  private static String line(Difference.ReplayStart replay) {
    return "* %s replays the events from %s to %s to %s: they arrive in no order, and AWS bills each of them%n"
            .formatted(replay.replay(), replay.from(), replay.to(), replay.receiver())
        + replay.warnings().stream().map("  %s%n"::formatted).collect(Collectors.joining());
  }

  private static String title(Difference.State state) {
    return switch (state) {
      case NEW -> "new";
      case SOLVED -> "solved";
      case UNCHANGED -> "unchanged";
    };
  }

  /** The problems of objects. */
  public static String of(Health answer) {
    Table table = new Table("OBJECT", "CODE", "REASON", "SINCE", "WHAT");
    answer
        .problems()
        .forEach(it ->
            table.row(
                it.object(),
                it.code().text(),
                it.reason().orElse("-"),
                it.since().orElse("-"),
                it.message()));
    return table.text()
        + "%d of %d objects are as they should be.%n".formatted(answer.ready(), answer.total())
        + unseen(answer);
  }

  /** The progress of a replay, or the events that it would bring. */
  public static String of(Replay answer) {
    String window = "%s to %s".formatted(answer.from(), answer.to());
    String found =
        answer.dryRun()
            ? answer
                .events()
                .map(it ->
                    "%s would receive %d events of %s again, by the audit log of its bus. EventBridge bills each, and delivers them in no order.%n"
                        .formatted(answer.subscription(), it, window))
                .orElse("")
            : "EventReplay %s, %s for %s: %s%s%n"
                .formatted(
                    answer.replay(),
                    window,
                    answer.subscription(),
                    answer.phase().orElse("waits for the operator"),
                    answer.lastReplayedTime().map(it -> ", replayed until " + it).orElse(""));
    return found
        + answer
            .code()
            .map(code -> code.text() + " " + answer.message().orElse("") + "%n".formatted())
            .orElse("")
        + unseen(answer);
  }

  /** The outcome for dead letters. */
  public static String of(Redrive answer) {
    String letters =
        switch (answer.letters()) {
          case CONSUMER -> "that the consumer of %s could not handle";
          case DELIVERY -> "that EventBridge could not deliver to %s";
        };
    return "%d messages %s: %d %s.%n"
            .formatted(
                answer.found(),
                letters.formatted(answer.subscription()),
                answer.moved(),
                answer.dryRun() ? "would be moved into its queue" : "moved into its queue")
        + answer
            .code()
            .map(code -> code.text() + " " + answer.message().orElse("") + "%n".formatted())
            .orElse("")
        + answer
            .forwarding()
            .filter(it -> it.found() > 0)
            .map(it ->
                "%s has %d events that the global bus could not forward to the bus of %s. They stay there: mend the cause, and let the services publish them again.%n"
                    .formatted(it.queue(), it.found(), answer.subscription()))
            .orElse("")
        + unseen(answer);
  }

  static String unseen(Answer answer) {
    return answer.unseen().stream()
        .map(it -> "You may not see %s%n".formatted(it))
        .collect(Collectors.joining());
  }
}
