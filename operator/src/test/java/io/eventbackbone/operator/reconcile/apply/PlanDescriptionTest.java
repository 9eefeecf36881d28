package io.eventbackbone.operator.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.plan.Plan;
import io.eventbackbone.core.plan.Plan.Conflict;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanDescriptionTest {

  private static final AccountScope SCOPE = new AccountScope("111111111111", "eu-west-1");

  @Test
  void whatIsTheSameOfSeveralResourcesIsSaidOnce() {
    Stream<Conflict> queues =
        IntStream.rangeClosed(1, 7)
            .mapToObj(i -> new Conflict(queue("q" + i), "is another's: do x"));
    Stream<Conflict> other = Stream.of(new Conflict(queue("last"), "is nobody's: do y"));
    assertThat(
            PlanDescription.conflicts(new Plan(List.of(), Stream.concat(queues, other).toList())))
        .containsOnlyOnce("is another's: do x")
        .contains("Queue q1", "Queue q5", "and 2 more: each is another's: do x; Queue last")
        .doesNotContain("Queue q6")
        .endsWith("is nobody's: do y");
  }

  @Test
  void oneResourceIsNotCalledEach() {
    assertThat(
            PlanDescription.conflicts(
                new Plan(List.of(), List.of(new Conflict(queue("q"), "is x")))))
        .endsWith("111111111111 is x");
  }

  private static ResourceKey queue(String name) {
    return new ResourceKey.QueueKey(SCOPE, name);
  }
}
