package io.eventbackbone.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults as YAML: a list of {@code {fault, account, service, operation, calls, duration,
 * perSecond}}, all but the first optional; {@code calls} is a number or {@code first-last}, {@code
 * duration} ISO 8601.
 */
public final class FaultFile {

  private static final Pattern CALLS = Pattern.compile("(\\d+)(?:-(\\d+))?");
  private static final String DEFAULT_DURATION = "PT1S";

  private FaultFile() {}

  /**
   * The faults of a file.
   *
   * @throws IOException when the file can't be read, or an entry is no fault
   */
  public static List<Fault> read(Path file) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (JsonNode entry : new YAMLMapper().readTree(file.toFile())) {
      try {
        faults.add(fault(entry));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "%s: entry %d: %s".formatted(file, faults.size() + 1, e.getMessage()), e);
      }
    }
    return faults;
  }

  private static Fault fault(JsonNode entry) {
    String calls = entry.path("calls").asText("1-" + Integer.MAX_VALUE);
    Matcher numbers = CALLS.matcher(calls);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("calls is a number or first-last, not " + calls);
    }
    int first = Integer.parseInt(numbers.group(1));
    return new Fault(
        text(entry, "account"),
        text(entry, "service"),
        text(entry, "operation"),
        first,
        Optional.ofNullable(numbers.group(2)).map(Integer::parseInt).orElse(first),
        effect(entry));
  }

  private static Effect effect(JsonNode entry) {
    Duration duration = Duration.parse(entry.path("duration").asText(DEFAULT_DURATION));
    String name = entry.path("fault").asText();
    return switch (name) {
      case "throttling" -> Effect.Refusal.THROTTLING;
      case "serverError" -> Effect.Refusal.SERVER_ERROR;
      case "accessDenied" -> Effect.Refusal.ACCESS_DENIED;
      case "expiredToken" -> Effect.Refusal.EXPIRED_TOKEN;
      case "concurrentModification" -> Effect.Refusal.CONCURRENT_MODIFICATION;
      case "reset" -> Effect.Connection.RESET;
      case "answerLost" -> Effect.Connection.ANSWER_LOST;
      case "latency" -> new Effect.Latency(duration);
      case "rateLimit" -> new Effect.RateLimit(entry.path("perSecond").asInt());
      case "failedEntry" -> new Effect.FailedEntry();
      case "staleReads" -> new Effect.StaleReads(duration);
      default -> throw new IllegalArgumentException("there is no fault '" + name + "'");
    };
  }

  private static Optional<String> text(JsonNode entry, String member) {
    return Optional.ofNullable(entry.get(member)).map(JsonNode::asText);
  }
}
