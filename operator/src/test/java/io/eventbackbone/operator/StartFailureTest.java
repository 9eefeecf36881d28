package io.eventbackbone.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartFailureTest {

  private static final String SERVER = "https://api:6443";

  static Stream<Exception> silences() {
    return Stream.of(new ConnectException("refused"), new TimeoutException("late"));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void anApiServerThatSaysNothingDoesNotAnswer(Exception silence) {
    assertThat(StartFailure.of(new KubernetesClientException("failed", silence), SERVER))
        .hasValueSatisfying(it ->
            assertThat(it)
                .startsWith("the API server https://api:6443 does not answer")
                .contains(silence.getMessage()));
  }

  @Test
  void anAnswerThatCantBeReadIsNoSilence() {
    assertThat(
            StartFailure.of(
                new KubernetesClientException("what the API server sent can't be read: <html>"),
                SERVER))
        .contains("API server https://api:6443: what the API server sent can't be read: <html>");
  }
}
