package io.eventbackbone.cli.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventReplayStatus.Phase;
import io.eventbackbone.api.v1alpha1.EventReplayStatusBuilder;
import io.eventbackbone.cli.answer.Code;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReplayProgressTest {

  private static final Instant FROM = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-28T14:00:00Z");

  private static EventReplayProgress progress(
      Phase phase, @Nullable String lastReplayedTime, String accepted) {
    EventReplay replay = new EventReplay();
    replay.setStatus(
        EventReplayStatusBuilder.builder()
            .phase(phase)
            .lastReplayedTime(lastReplayedTime)
            .conditions(
                List.of(
                    condition("Accepted", accepted, "not admitted"),
                    condition("Ready", "False", "AWS stopped the replay")))
            .build());
    return EventReplayProgress.of(replay);
  }

  private static Condition condition(String type, String status, String message) {
    return new ConditionBuilder().withType(type).withStatus(status).withMessage(message).build();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          RUNNING,,                      True, false
          RUNNING,2026-11-28T13:00:00Z,  True, false
          COMPLETED,2026-11-28T13:00:00Z,True, true
          FAILED,,                       True, true
          CANCELLED,,                    True, true
          PENDING,,                      True, false
          PENDING,,                      False,true
          """)
  void endsWithTheReplayOrItsRefusal(
      Phase phase, @Nullable String last, String accepted, boolean hasEnded) {
    assertThat(progress(phase, last, accepted).hasEnded()).isEqualTo(hasEnded);
  }

  @Test
  void tellsWhyEventsAreNotReplayed() {
    assertThat(progress(Phase.PENDING, null, "False").code()).contains(Code.REPLAY_REFUSED);
    assertThat(progress(Phase.PENDING, null, "False").message()).contains("not admitted");
    assertThat(progress(Phase.FAILED, null, "True").code()).contains(Code.REPLAY_ENDED);
    assertThat(progress(Phase.FAILED, null, "True").message()).contains("AWS stopped the replay");
    assertThat(progress(Phase.COMPLETED, null, "True").message()).isEmpty();
  }

  @Test
  void showsHowFarTheReplayIs() {
    assertThat(EventReplayProgress.NONE.bar(FROM, TO))
        .isEqualTo("[                              ]   0 %  waits for the operator");
    assertThat(progress(Phase.RUNNING, "2026-11-28T13:00:00Z", "True").bar(FROM, TO))
        .isEqualTo(
            "[===============               ]  50 %  Running, replayed until 2026-11-28T13:00:00Z");
    assertThat(progress(Phase.RUNNING, "2026-11-29T13:00:00Z", "True").bar(FROM, TO))
        .startsWith("[==============================] 100 %");
    assertThat(progress(Phase.RUNNING, "another form", "True").bar(FROM, TO)).contains("]   0 %");
  }
}
