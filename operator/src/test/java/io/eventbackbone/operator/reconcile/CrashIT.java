package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.operator.reconcile.Power.End;
import io.eventbackbone.operator.reconcile.Power.Moment;
import io.eventbackbone.operator.topology.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process ends right before and right after every write, to AWS and to Kubernetes; the next one
 * must come to what would have been without that.
 */
class CrashIT {

  private static final List<String> ACCOUNTS =
      List.of("111111111111", "222222222222", "333333333333", "444444444444");

  private static int points;

  /** What there is at the end, in AWS and in Kubernetes. */
  private record Ending(Map<String, String> aws, Map<String, String> kubernetes) {

    static Ending of(Simulation simulation) {
      return new Ending(
          AwsSnapshot.of(simulation.aws().endpoint(), ACCOUNTS).resources(),
          simulation.kubernetes());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void theNextProcessComesToTheSameEnd(String story, Consumer<Simulation> edit) {
    Power undisturbed = Power.steady();
    Ending expected;
    try (Simulation simulation = settled(story)) {
      undisturbed.turnOn();
      edit.accept(simulation);
      simulation.settle();
      expected = Ending.of(simulation);
    }
    assertThat(undisturbed.writes()).isNotEmpty();
    for (int write = 0; write < undisturbed.writes().size(); write++) {
      for (Moment moment : Moment.values()) {
        crash(story, edit, new End(write, moment), undisturbed.writes().get(write), expected);
        points++;
      }
    }
  }

  private static void crash(
      String story, Consumer<Simulation> edit, End end, String write, Ending expected) {
    try (Simulation simulation = settled(story)) {
      Power.until(end).turnOn();
      edit.accept(simulation);
      try {
        simulation.settle();
        throw new AssertionError("write %d, %s, was not made".formatted(end.write(), write));
      } catch (Power.Ended e) {
        Power.steady().turnOn();
      }
      simulation.restart();
      simulation.settle();
      assertThat(Ending.of(simulation))
          .as("after an end %s write %d, %s", end.moment(), end.write(), write)
          .isEqualTo(expected);
    } finally {
      Power.steady().turnOn();
    }
  }

  /** Creation begins with nothing, everything else with what is there and settled. */
  private static Simulation settled(String story) {
    Simulation simulation = new Simulation(Cluster.ECOMMERCE);
    if (!story.equals("creation")) {
      simulation.settle();
    }
    return simulation;
  }

  static Stream<Arguments> stories() {
    List<Arguments> stories = new ArrayList<>();
    stories.add(Arguments.of("creation", (Consumer<Simulation>) simulation -> {}));
    return stories.stream();
  }

  @AfterAll
  static void print() {
    System.out.printf("crash points tried: %d%n", points);
  }
}
