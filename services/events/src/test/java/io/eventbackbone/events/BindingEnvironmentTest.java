package io.eventbackbone.events;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingEnvironmentTest {

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "EVENT_BUS_ARN", "EVENT_SOURCE", "EVENT_QUEUE_URL"})
  void aMissingVariableIsNamed(String name) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "EVENT_BUS_ARN", "arn",
                "EVENT_SOURCE", "s",
                "EVENT_QUEUE_URL", "url"));
    environment.remove(name);
    assertThatThrownBy(() -> BindingEnvironment.of(environment))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("binding Secret");
  }
}
