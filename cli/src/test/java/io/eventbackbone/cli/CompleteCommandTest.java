package io.eventbackbone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompleteCommandTest {

  @Test
  void offersVerbs() {
    assertThat(Backbone.run("__complete", "w").out().lines()).contains("who", "why", ":4");
    assertThat(Backbone.run("__complete", "").out()).doesNotContain("__complete");
  }

  @Test
  void offersOptions() {
    assertThat(Backbone.run("__complete", "who", "--ev").out().lines()).contains("--event", ":4");
  }
}
