package io.eventbackbone.verification.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Amazon's SDK for Python, which shares no line with what the operator uses. */
final class Boto3 {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SCRIPT = Path.of("src", "test", "resources", "witness.py");

  private final Path python;
  private final URI endpoint;

  Boto3(Class<?> test, URI endpoint) {
    this.python = Python.MOTO.orSkip(test).resolve("python");
    this.endpoint = endpoint;
  }

  /** Everything in the accounts, by their numbers. */
  JsonNode read(String... accounts) {
    return run(Stream.concat(Stream.of("read"), Stream.of(accounts)).toList(), "");
  }

  /**
   * Calls, by account, each as {@code [service, operation, parameters]}; the answers in their
   * places.
   */
  JsonNode call(JsonNode calls) {
    return run(List.of("call"), calls.toString());
  }

  /** By service and operation, the code with which a call without parameters is refused. */
  JsonNode operations(String... services) {
    return run(Stream.concat(Stream.of("operations"), Stream.of(services)).toList(), "");
  }

  /** Calls in one account, as YAML, that succeed. */
  void change(String account, String calls) {
    succeed("call", account, calls);
  }

  /** The same, as root of the account; the answers. */
  JsonNode administer(String account, String calls) {
    return succeed("administer", account, calls);
  }

  private JsonNode succeed(String command, String account, String calls) {
    ObjectNode byAccount = JSON.createObjectNode();
    byAccount.set(account, Yaml.read(calls));
    JsonNode answers = run(List.of(command), byAccount.toString()).get(account);
    for (JsonNode answer : answers) {
      if (answer.has("HTTPStatusCode")) {
        throw new AssertionError("refused: " + answer);
      }
    }
    return answers;
  }

  private JsonNode run(List<String> arguments, String input) {
    List<String> command = new ArrayList<>(List.of(python.toString(), SCRIPT.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("AWS_CA_BUNDLE");
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", "999999999999",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "eu-west-1",
                "AWS_DEFAULT_REGION", "eu-west-1"));
    try {
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      byte[] said = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError("boto3 failed: " + String.join(" ", arguments));
      }
      return JSON.readTree(new String(said, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
