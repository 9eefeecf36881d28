package io.eventbackbone.local.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbackbone.local.launcher.AwsEndpoint;
import io.eventbackbone.local.launcher.Checkout;
import io.eventbackbone.local.launcher.Http;
import io.eventbackbone.local.launcher.JavaProgram;
import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.Ports;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sandbox in a process of its own. */
final class SandboxProgram implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** Raised, as AWS does on request: a rule of the global bus for each account. */
  private static final String RULES_PER_BUS = "2000";

  /** Of several faults the last comes first: throttled answers take their time, too. */
  private static final String LIKE_AWS =
      """
      - {fault: rateLimit, service: events, perSecond: %d}
      - {fault: latency, duration: PT0.%03dS}
      """
          .formatted(Bound.CALLS_PER_SECOND, Bound.LATENCY_MILLIS);

  private final JavaProgram program;
  private final AwsEndpoint endpoint;

  private SandboxProgram(JavaProgram program, AwsEndpoint endpoint) {
    this.program = program;
    this.endpoint = endpoint;
  }

  /** With AWS's rate limits, and the latency of its Region. */
  static SandboxProgram likeAws(Checkout files, Path folder) {
    Path faults = folder.resolve("faults.yaml");
    try {
      Files.writeString(faults, LIKE_AWS);
    } catch (IOException e) {
      throw new ProgramFailure(faults + " could not be written", e);
    }
    return start(files, folder, List.of("--faults", faults.toString()));
  }

  /** As quick as it is. */
  static SandboxProgram quick(Checkout files, Path folder) {
    return start(files, folder, List.of());
  }

  private static SandboxProgram start(Checkout files, Path folder, List<String> more) {
    int port = Ports.any();
    List<String> arguments =
        new ArrayList<>(
            List.of("--port", Integer.toString(port), "--rules-per-bus", RULES_PER_BUS));
    arguments.addAll(more);
    JavaProgram program =
        JavaProgram.start(
            new JavaProgram.Launch(
                files.sandboxJar(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                arguments,
                Map.of(),
                folder.resolve("sandbox.log")));
    SandboxProgram sandbox =
        new SandboxProgram(
            program, new AwsEndpoint(URI.create("http://127.0.0.1:%d".formatted(port))));
    new Patience(List.of(program), Stopwatch.PRECISION)
        .until(
            () -> Http.get(sandbox.endpoint.uri().resolve("/_sandbox/health")).isPresent(),
            START_LIMIT,
            () -> "the sandbox does not answer");
    return sandbox;
  }

  AwsEndpoint endpoint() {
    return endpoint;
  }

  JavaProgram program() {
    return program;
  }

  /** All calls so far. */
  Calls calls() {
    String counts =
        Http.get(endpoint.uri().resolve("/_sandbox/calls"))
            .orElseThrow(() -> new ProgramFailure("the sandbox counts no calls"));
    try {
      return Calls.read(JSON.readTree(counts));
    } catch (JsonProcessingException e) {
      throw new ProgramFailure("no counts of calls: " + counts, e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
