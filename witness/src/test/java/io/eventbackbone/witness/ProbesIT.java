package io.eventbackbone.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Single calls, to the sandbox and to moto: both answer as AWS's documents say, or it is known. */
class ProbesIT {

  private static Aws sandbox;
  private static Aws moto;

  @BeforeAll
  static void start() {
    moto = Emulator.moto(ProbesIT.class);
    sandbox = Aws.sandbox();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
    moto.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("probes")
  void theSandboxAnswersAsAws(String name, String account, String probe) {
    assertThat(answer(sandbox, account, probe)).isEqualTo(expected(account, probe).get("aws"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("probes")
  void motoAnswersAsAwsOrAsIsKnown(String name, String account, String probe) {
    JsonNode expected = expected(account, probe);
    assertThat(answer(moto, account, probe))
        .isEqualTo(expected.has("moto") ? expected.get("moto") : expected.get("aws"));
  }

  static Stream<Arguments> probes() {
    List<Arguments> probes = new ArrayList<>();
    for (JsonNode probe : Yaml.read(Yaml.text("probes.yaml"))) {
      String account = Long.toString(600_000_000_000L + probes.size());
      probes.add(Arguments.of(probe.get("probe").textValue(), account, probe.toString()));
    }
    return probes.stream();
  }

  private static JsonNode expected(String account, String probe) {
    return Yaml.read(probe.replace("{account}", account));
  }

  /** To the last call; the wording of refusals is nobody's promise. */
  private static JsonNode answer(Aws aws, String account, String probe) {
    JsonNode calls =
        Yaml.read(
                probe
                    .replace("{account}", account)
                    .replace("{endpoint}", aws.endpoint().toString()))
            .get("calls");
    JsonNode answers = new Boto3(ProbesIT.class, aws.endpoint()).call(account, calls);
    JsonNode last = answers.get(answers.size() - 1);
    return last.has("HTTPStatusCode") ? ((ObjectNode) last).without("Message") : last;
  }
}
