package io.eventbackbone.local.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls of AWS APIs.
 *
 * @param byApi those that AWS took up, whatever it answered
 * @param throttled those that it refused since they were too many, besides
 */
record Calls(Map<Api, Long> byApi, long throttled) {

  private static final String THROTTLED = "ThrottlingException";

  static final Calls NONE = new Calls(Map.of(), 0);

  Calls {
    byApi = Map.copyOf(byApi);
  }

  /** What the sandbox counted. */
  static Calls read(JsonNode counts) {
    Map<Api, Long> byApi = new HashMap<>();
    long throttled = 0;
    for (JsonNode count : counts) {
      long calls = count.path("calls").asLong();
      Api api = new Api(count.path("service").asText(), count.path("operation").asText());
      if (count.path("answer").asText().equals(THROTTLED)) {
        throttled += calls;
      } else {
        byApi.merge(api, calls, Long::sum);
      }
    }
    return new Calls(byApi, throttled);
  }

  /** Those that were made since the earlier ones. */
  Calls since(Calls earlier) {
    Map<Api, Long> more = new HashMap<>();
    byApi.forEach((api, calls) -> more.put(api, calls - earlier.of(api)));
    more.values().removeIf(calls -> calls == 0);
    return new Calls(more, throttled - earlier.throttled);
  }

  /** Without those of one API. */
  Calls without(Api api) {
    Map<Api, Long> others = new HashMap<>(byApi);
    others.remove(api);
    return new Calls(others, throttled);
  }

  long of(Api api) {
    return byApi.getOrDefault(api, 0L);
  }

  long total() {
    return throttled + byApi.values().stream().mapToLong(Long::longValue).sum();
  }

  long writes() {
    return byApi.keySet().stream().filter(Api::isWrite).mapToLong(this::of).sum();
  }

  @Override
  public String toString() {
    return "%s, %d throttled".formatted(new TreeMap<>(byApi), throttled);
  }
}
