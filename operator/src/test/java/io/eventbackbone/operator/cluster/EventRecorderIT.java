package io.eventbackbone.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.local.kubeapi.KubeApi;
import io.eventbackbone.operator.cluster.EventRecorder.EventType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRecorderIT {

  private static final ConfigMap ABOUT =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace("default")
          .withName("orders")
          .withUid("a1b2")
          .endMetadata()
          .build();

  @Test
  void whatHappensAgainIsCounted() {
    try (KubeApi api = KubeApi.startMock(Path.of("..", "crds"))) {
      EventRecorder recorder = new EventRecorder(api.client(), Clock.systemUTC());
      for (int time = 0; time < 3; time++) {
        recorder.record(ABOUT, EventType.NORMAL, Reason.PROGRAMMED, "made a rule");
      }
      recorder.record(ABOUT, EventType.NORMAL, Reason.PROGRAMMED, "made a queue");

      List<Event> events = api.client().v1().events().inNamespace("default").list().getItems();
      assertThat(events)
          .extracting(event -> event.getMessage() + " " + event.getCount())
          .containsExactlyInAnyOrder("made a rule 3", "made a queue 1");
    }
  }
}
