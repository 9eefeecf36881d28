package io.eventbackbone.verification.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.operator.reconcile.AwsSnapshot;
import io.eventbackbone.sandbox.Sandbox;
import io.eventbackbone.sandbox.api.RecordedCall;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./aws-truth} with the sandbox in the place of AWS, and no rights but those it asks for.
 */
class AwsTruthIT {

  private static final String FIRST = "111111111111";
  private static final String SECOND = "222222222222";
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path ROOM = Path.of("truth");

  /** A probe after those that the injected faults strike. */
  private static final String LATE_PROBE = "an archive that exists";

  private final Sandbox sandbox = Sandbox.start();
  @TempDir private Path folder;
  private Map<String, String> before;

  @BeforeEach
  void makeRoles() throws IOException {
    String rights = Files.readString(ROOM.resolve("rights.json"));
    Path seed =
        Files.writeString(
            folder.resolve("seed.yaml"),
            "accounts: {%s, %s}".formatted(role(FIRST, rights), role(SECOND, rights)));
    sandbox.plant(seed);
    before = snapshot();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void theSandboxAnswersAsTheProjectSaysOfAws() throws Exception {
    Process process = start("--yes");
    List<String> said = process.errorReader().lines().toList();

    int exitCode = process.waitFor();
    JsonNode report = report();
    assertThat(report.get("differences")).isEmpty();
    assertThat(report.get("left")).isEmpty();
    assertThat(exitCode).as("exit code after:%n%s", said).isZero();
    assertThat(report.get("notAsked").findValuesAsText("question"))
        .filteredOn(question -> !question.startsWith("Custom Event Bus: "))
        .containsExactly(
            "whether a burst of calls may exceed 50 a second",
            "a discoverer of a bus that a customer's key encrypts",
            "who a role's session is");
    assertThat(report.get("notAsked").findValuesAsText("reason"))
        .filteredOn(reason -> reason.contains("has no Custom Event Bus"))
        .hasSize(6);
    assertThat(report.toString()).as("a report to send in").doesNotContain(FIRST, SECOND);
    assertThat(snapshot()).isEqualTo(before);
    assertThat(roles(FIRST)).containsExactly("tester");
    assertThat(roles(SECOND)).containsExactly("tester");
  }

  /** RemovePermission fails and log groups can't be deleted; then comes Ctrl-C. */
  @Test
  void tellsDifferencesAndWhatIsLeftAfterAnInterruption() throws Exception {
    sandbox.inject(
        Fault.of(Effect.Refusal.CONCURRENT_MODIFICATION).ofOperation("RemovePermission"));
    sandbox.inject(Fault.of(Effect.Refusal.ACCESS_DENIED).ofOperation("DeleteLogGroup"));

    Process process = start("--yes");
    BufferedReader said = process.errorReader();
    List<String> lines = new ArrayList<>();
    do {
      lines.add(said.readLine());
    } while (!lines.getLast().endsWith(LATE_PROBE));
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    lines.addAll(said.lines().toList());

    assertThat(process.waitFor()).as("exit code after:%n%s", lines).isEqualTo(1);
    JsonNode report = report();
    assertThat(report.get("differences").findValuesAsText("question"))
        .containsExactly("removing a statement that is not there", "removing the last statement");
    assertThat(report.get("differences").get(0).get("aws").get("Code").textValue())
        .isEqualTo("ConcurrentModificationException");
    List<String> left = report.get("left").findValuesAsText("logGroupName");
    assertThat(left).isNotEmpty().allMatch(it -> it.contains("{run}"));
    assertThat(report.get("left").findValuesAsText("made by")).containsOnly("create_log_group");
    assertThat(lines)
        .anyMatch(it ->
            it.startsWith("Not deleted in account 111111111111: the resource of create_log_group"));
    assertThat(snapshot().keySet())
        .filteredOn(it -> !before.containsKey(it))
        .allMatch(it -> it.contains("/aws/events/aws-truth-"));
  }

  @Test
  void saysFirstWhatItCostsAndAsksNothingWithoutYes() throws Exception {
    List<RecordedCall> calls = sandbox.calls();
    Process process = start();
    List<String> said = process.errorReader().lines().toList();

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said)
        .anyMatch(it -> it.contains("rights.json"))
        .last()
        .isEqualTo("Nothing was asked. To ask, add --yes.");
    assertThat(sandbox.calls()).isEqualTo(calls);
    assertThat(Files.readString(output())).isEmpty();
  }

  /** AWS's API model checks the calls; the answers are a stand-in's, which delivers to queues. */
  @Test
  void asksTheQuestionsOnTheCustomEventBus() throws Exception {
    Path script = Path.of("src", "test", "resources", "custom_event_bus.py");
    Process process =
        run(Python.MOTO.orSkip(getClass()) + "/python", script.toString(), "first", "second");
    List<String> said = process.errorReader().lines().toList();

    assertThat(process.waitFor()).as("exit code after:%n%s", said).isZero();
    JsonNode answers = report().get("answers");
    assertThat(answers).hasSize(6);
    assertThat(answers.get("Custom Event Bus: whose account an event on a shared bus names"))
        .hasSize(2)
        .allMatch(it -> it.get("published by").equals(it.get("account")));
    assertThat(answers.get("Custom Event Bus: where a subscriber begins that is created STOPPED"))
        .isEqualTo(
            Yaml.read(
                "{an event from before: not delivered, an event while it was stopped: delivered}"));
    assertThat(report().get("left")).allMatch(JsonNode::isEmpty);
    assertThat(report().get("buses")).isEmpty();
    assertThat(snapshot()).isEqualTo(before);
  }

  private static String role(String account, String rights) {
    return """
    "%s": {"roles": {"tester": {
      "trustPolicy": {"Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root"}, "Action": "sts:AssumeRole"}]},
      "policies": {"rights": %s}}}}
    """
        .formatted(account, account, rights);
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ROOT.resolve("aws-truth").toString(),
                "--profile-a=first",
                "--profile-b=second",
                "--region=eu-west-1"));
    command.addAll(List.of(options));
    return run(command.toArray(String[]::new));
  }

  private Process run(String... command) throws IOException {
    Path python = Python.MOTO.orSkip(getClass());
    Path config =
        Files.writeString(
            folder.resolve("config"), profile("first", FIRST) + profile("second", SECOND));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL",
                sandbox.endpoint().toString(),
                "AWS_CONFIG_FILE",
                config.toString(),
                "AWS_DEFAULT_REGION",
                "eu-west-1",
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    builder
        .environment()
        .merge("PATH", python.toString(), (path, own) -> own + File.pathSeparator + path);
    return builder.start();
  }

  private static String profile(String name, String account) {
    return """
    [profile root-of-%s]
    aws_access_key_id = %s
    aws_secret_access_key = any
    [profile %s]
    role_arn = arn:aws:iam::%s:role/tester
    source_profile = root-of-%s
    """
        .formatted(name, account, name, account, name);
  }

  private Path output() {
    return folder.resolve("report.json");
  }

  private JsonNode report() throws IOException {
    return Yaml.read(Files.readString(output()));
  }

  /** Without the records of replays: nobody can delete them, and AWS does after 90 days. */
  private Map<String, String> snapshot() {
    Map<String, String> resources =
        new TreeMap<>(AwsSnapshot.of(sandbox, List.of(FIRST, SECOND)).resources());
    resources.keySet().removeIf(it -> it.contains(" replay "));
    return resources;
  }

  private List<String> roles(String account) {
    return new Boto3(getClass(), sandbox.endpoint())
        .administer(account, "[[iam, list_roles, {}]]")
        .findValuesAsText("RoleName");
  }
}
