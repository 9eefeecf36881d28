package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single calls, to the sandbox and to moto: both answer as AWS's documents say, or it is known. */
class ProbesIT {

  /** A probe with the account that it has for itself. */
  record Probe(String account, JsonNode text) {

    String name() {
      return text.get("probe").textValue();
    }
  }

  private static JsonNode sandbox;
  private static JsonNode moto;

  @BeforeAll
  static void probe() {
    try (Aws aws = Emulator.moto(ProbesIT.class)) {
      moto = answers(aws);
    }
    try (Aws aws = Aws.sandbox()) {
      sandbox = answers(aws);
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void theSandboxAnswersAsAws(Probe probe) {
    assertThat(answer(sandbox, probe)).isEqualTo(probe.text().get("aws"));
  }

  @ParameterizedTest
  @MethodSource("named")
  void motoAnswersAsAwsOrAsIsKnown(Probe probe) {
    JsonNode expected = probe.text().get(probe.text().has("moto") ? "moto" : "aws");
    assertThat(answer(moto, probe)).isEqualTo(expected);
  }

  static Stream<Named<Probe>> named() {
    return probes("").map(probe -> Named.of(probe.name(), probe));
  }

  private static Stream<Probe> probes(String endpoint) {
    JsonNode listed = Yaml.read(Yaml.text("probes.yaml"));
    return IntStream.range(0, listed.size())
        .mapToObj(i -> {
          String account = Long.toString(600_000_000_000L + i);
          String text =
              listed
                  .get(i)
                  .toString()
                  .replace("{account}", account)
                  .replace("{other}", "222222222222")
                  .replace("{region}", "eu-west-1")
                  .replace("{endpoint}", endpoint)
                  .replace("{run}", "probe");
          return new Probe(account, Yaml.read(text));
        });
  }

  private static JsonNode answers(Aws aws) {
    ObjectNode calls = JsonNodeFactory.instance.objectNode();
    probes(aws.endpoint().toString())
        .forEach(probe -> calls.set(probe.account(), probe.text().get("calls")));
    return new Boto3(ProbesIT.class, aws.endpoint()).call(calls);
  }

  /** To the last call; the wording of refusals is nobody's promise. */
  private static JsonNode answer(JsonNode answers, Probe probe) {
    JsonNode all = answers.get(probe.account());
    JsonNode last = all.get(all.size() - 1);
    return last.has("HTTPStatusCode") ? ((ObjectNode) last).without("Message") : last;
  }
}
