package io.eventbackbone.local.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All that was measured.
 *
 * @param machine what it was measured on
 * @param measurements of the operator, by numbers of service accounts
 * @param insights of {@code kubectl backbone}, by numbers of service accounts
 * @param dataPlane if it was measured
 */
record Report(
    String machine,
    List<Measurement> measurements,
    List<Insight> insights,
    Optional<DataPlane.Throughput> dataPlane) {

  private static final double MIB = 1024 * 1024;
  private static final double PERCENT = 100;
  private static final double MILLIS_PER_SECOND = 1000;

  /** Tables in Markdown, a column for each number of accounts. */
  String table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine + ".");
    if (!measurements.isEmpty()) {
      operator(lines);
    }
    if (!insights.isEmpty()) {
      lines.add("");
      insights(lines);
    }
    dataPlane.ifPresent(it -> {
      lines.add("");
      lines.add(
          "Data plane, through the sandbox without latency: %s events/s published, %s events/s consumed."
              .formatted(number(Math.round(it.published())), number(Math.round(it.consumed()))));
    });
    return String.join(System.lineSeparator(), lines);
  }

  private void operator(List<String> lines) {
    lines.add("");
    measurements(lines);
    lines.add("");
    lines.add("Calls at creation by API, and the fewest:");
    lines.add("");
    header("API", lines);
    apis(it -> it.creation().calls(), it -> it.creation().fewest())
        .forEach(api -> row(api.toString(), it -> beside(made(it), fewest(it), api), lines));
    lines.add("");
    lines.add("Calls of one drift check round by API, an account:");
    lines.add("");
    header("API", lines);
    apis(it -> it.driftRound().calls(), it -> Calls.NONE)
        .forEach(api -> row(api.toString(), it -> driftCalls(it, api), lines));
  }

  private void insights(List<String> lines) {
    Columns<Insight> columns = new Columns<>(insights, lines);
    columns.header("Service accounts; subscriptions", Report::estate);
    for (Insight.Question question : Insight.Question.values()) {
      columns.row(question.title() + ", s", it -> decimal(it.of(question).seconds()));
      columns.row("CPU, s", it -> decimal(it.of(question).cpuSeconds()));
      columns.row("peak resident memory, MiB", it -> mib(it.of(question).peakResidentBytes()));
    }
  }

  private static String estate(Insight insight) {
    return "%s; %s".formatted(number(insight.accounts()), number(insight.subscriptions()));
  }

  private void measurements(List<String> lines) {
    header("", lines);
    row("**From apply to all Ready**, s", it -> decimal(it.creation().seconds()), lines);
    row("bound by rate; by latency, s", Report::bounds, lines);
    row("time ÷ bound", it -> ratio(it.creation().seconds(), bound(it)), lines);
    row("of it the applying itself, s", it -> decimal(it.creation().applySeconds()), lines);
    row("**AWS calls** at creation", it -> number(it.creation().calls().total()), lines);
    row("writes; the fewest", Report::writes, lines);
    row("writes ÷ fewest writes", it -> ratio(made(it).writes(), fewest(it).writes()), lines);
    row("calls ÷ fewest writes", it -> ratio(made(it).total(), fewest(it).writes()), lines);
    row("throttled answers, % of calls", Report::throttled, lines);
    row("API server requests", it -> number(apiServerRequests(it)), lines);
    row("**An account joins**, s", it -> decimal(it.join().seconds()), lines);
    row("calls; its fewest writes", it -> step(it.join()), lines);
    row("**The route's filter changes**, s", it -> decimal(it.routeChange().seconds()), lines);
    row("calls; its fewest writes", it -> step(it.routeChange()), lines);
    row("throttled answers in it", it -> number(it.routeChange().calls().throttled()), lines);
    row("**Restart**: first call after, s", it -> decimal(first(it)), lines);
    row("ready after, s", it -> decimal(it.restart().readySeconds()), lines);
    row("last call after, s", it -> decimal(it.restart().seconds()), lines);
    row("calls; writes", Report::restart, lines);
    row("**A drift check round**: calls an account", Report::driftCalls, lines);
    row("throttled answers in it", it -> number(it.driftRound().calls().throttled()), lines);
    row("CPU of the operator, ms an account", Report::driftCpu, lines);
    row("**A disabled rule** is enabled after, s", Report::repair, lines);
    row("**Operator**: peak resident memory, MiB", it -> mib(peak(it)), lines);
    row("live heap, MiB", it -> mib(it.footprint().liveHeapBytes()), lines);
    row("CPU until then, s", it -> decimal(it.footprint().cpuSeconds()), lines);
  }

  private void header(String title, List<String> lines) {
    new Columns<>(measurements, lines)
        .header(title.isEmpty() ? "Service accounts" : title, it -> number(it.accounts()));
  }

  private void row(String title, Function<Measurement, String> cell, List<String> lines) {
    new Columns<>(measurements, lines).row(title, cell);
  }

  private SortedSet<Api> apis(
      Function<Measurement, Calls> made, Function<Measurement, Calls> fewest) {
    SortedSet<Api> apis = new TreeSet<>();
    for (Measurement measurement : measurements) {
      apis.addAll(made.apply(measurement).byApi().keySet());
      apis.addAll(fewest.apply(measurement).byApi().keySet());
    }
    return apis;
  }

  private static Calls made(Measurement measurement) {
    return measurement.creation().calls();
  }

  private static Calls fewest(Measurement measurement) {
    return measurement.creation().fewest();
  }

  private static double bound(Measurement measurement) {
    return measurement.creation().bound().seconds();
  }

  private static String bounds(Measurement measurement) {
    Bound bound = measurement.creation().bound();
    return "%s; %s".formatted(decimal(bound.byRate()), decimal(bound.byLatency()));
  }

  private static String writes(Measurement measurement) {
    return "%s; %s"
        .formatted(number(made(measurement).writes()), number(fewest(measurement).writes()));
  }

  private static String throttled(Measurement measurement) {
    Calls made = made(measurement);
    return decimal(PERCENT * made.throttled() / made.total());
  }

  private static long apiServerRequests(Measurement measurement) {
    return measurement.creation().apiServerRequests().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static String step(Measurement.Step step) {
    return "%s; %s".formatted(number(step.calls().total()), number(step.fewest().writes()));
  }

  private static double first(Measurement measurement) {
    return measurement.restart().firstReconcileSeconds();
  }

  private static String restart(Measurement measurement) {
    Calls calls = measurement.restart().calls();
    return "%s; %s".formatted(number(calls.total()), number(calls.writes()));
  }

  private static String driftCalls(Measurement measurement) {
    Measurement.DriftRound round = measurement.driftRound();
    return decimal(round.calls().total() / round.buses());
  }

  private static String driftCalls(Measurement measurement, Api api) {
    Measurement.DriftRound round = measurement.driftRound();
    return decimal(round.calls().of(api) / round.buses());
  }

  private static String driftCpu(Measurement measurement) {
    Measurement.DriftRound round = measurement.driftRound();
    return decimal(MILLIS_PER_SECOND * round.cpuSeconds() / round.buses());
  }

  private static String repair(Measurement measurement) {
    return "%s (checks every %s)"
        .formatted(
            decimal(measurement.repair().seconds()),
            decimal(measurement.repair().intervalSeconds()));
  }

  private static long peak(Measurement measurement) {
    return measurement.footprint().peakResidentBytes();
  }

  private static String beside(Calls made, Calls fewest, Api api) {
    return api.isWrite()
        ? "%s; %s".formatted(number(made.of(api)), number(fewest.of(api)))
        : number(made.of(api));
  }

  private static String ratio(long calls, long writes) {
    return ratio((double) calls, (double) writes);
  }

  private static String ratio(double value, double of) {
    return String.format(Locale.ROOT, "%.2f", value / of);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String mib(long bytes) {
    return number(Math.round(bytes / MIB));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
