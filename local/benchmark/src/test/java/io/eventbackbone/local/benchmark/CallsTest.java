package io.eventbackbone.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {

  private static final Api PUT = new Api("events", "PutRule");
  private static final Api DESCRIBE = new Api("events", "DescribeRule");

  @Test
  void readsWhatTheSandboxCounted() throws JsonProcessingException {
    Calls calls =
        Calls.read(
            new ObjectMapper()
                .readTree(
                    """
                    [{"service":"events","operation":"PutRule","answer":"ok","calls":5},
                     {"service":"events","operation":"PutRule","answer":"ThrottlingException","calls":2},
                     {"service":"events","operation":"DescribeRule","answer":"ok","calls":3},
                     {"service":"events","operation":"DescribeRule","answer":"ResourceNotFoundException","calls":4}]
                    """));
    assertThat(calls).isEqualTo(new Calls(Map.of(PUT, 5L, DESCRIBE, 7L), 2));
    assertThat(calls.total()).isEqualTo(14);
    assertThat(calls.writes()).isEqualTo(5);
  }

  @Test
  void takesAwayWhatWasBefore() {
    Calls before = new Calls(Map.of(PUT, 5L, DESCRIBE, 1L), 1);
    Calls after = new Calls(Map.of(PUT, 5L, DESCRIBE, 4L, Api.IDENTITY, 2L), 4);
    assertThat(after.since(before).without(Api.IDENTITY))
        .isEqualTo(new Calls(Map.of(DESCRIBE, 3L), 3));
  }
}
