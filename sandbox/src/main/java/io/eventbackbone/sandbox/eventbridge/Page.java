package io.eventbackbone.sandbox.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A part of a list, by {@code Limit} (100 at most) and {@code NextToken}.
 *
 * @param nextToken empty on the last page
 */
record Page<T>(List<T> items, Optional<String> nextToken) {

  private static final int LARGEST = 100;

  /**
   * @param all everything there is, by the name that orders it
   */
  static <T> Page<T> of(NavigableMap<String, T> all, Members input) {
    int limit = input.integer("Limit", 1, LARGEST).orElse(LARGEST);
    NavigableMap<String, T> rest =
        input
            .text("NextToken", StringShape.NEXT_TOKEN)
            .map(token -> all.tailMap(decode(token), true))
            .orElse(all);
    List<String> names = rest.keySet().stream().limit(limit + 1L).toList();
    boolean last = names.size() <= limit;
    return new Page<>(
        rest.values().stream().limit(limit).toList(),
        last ? Optional.empty() : Optional.of(encode(names.get(limit))));
  }

  void writeToken(ObjectNode output) {
    nextToken.ifPresent(token -> output.put("NextToken", token));
  }

  private static String encode(String firstOfNextPage) {
    return Base64.getUrlEncoder().encodeToString(firstOfNextPage.getBytes(UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw Refusal.validation("Parameter NextToken is not valid.");
    }
  }
}
