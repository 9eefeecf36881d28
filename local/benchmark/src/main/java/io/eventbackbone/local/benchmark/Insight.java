package io.eventbackbone.local.benchmark;

import java.util.Map;

/**
 * What {@code kubectl backbone} takes to answer, as a process of its own.
 *
 * @param accounts service accounts with a bus each
 * @param subscriptions of all buses
 */
record Insight(int accounts, int subscriptions, Map<Question, Answer> answers) {

  /** What is asked. */
  enum Question {
    WHO("`who` receives an event"),
    DIFF_OF_SUBSCRIPTION("`diff` of a subscription"),
    DIFF_OF_ROUTE("`diff` of the route to all buses"),
    MAP("`map` as SVG");

    private final String title;

    Question(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * One answer.
   *
   * @param seconds from the start of the process to its end
   * @param cpuSeconds of the process, at most 20 ms before its end; a busy machine hardly changes
   *     it
   * @param peakResidentBytes of the process, likewise
   */
  record Answer(double seconds, double cpuSeconds, long peakResidentBytes) {}

  Answer of(Question question) {
    return answers.get(question);
  }
}
