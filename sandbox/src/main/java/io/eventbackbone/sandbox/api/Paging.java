package io.eventbackbone.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a service answers a list page by page. A token names the first item of the next page, so that
 * items which come or go meanwhile neither repeat nor skip others.
 *
 * @param limitMember how many items a page may have: 1 to {@code largest}, which is the default
 * @param tokenMember of the input and of the answer
 * @param invalidToken the refusal of a token that no page gave
 */
public record Paging(
    String limitMember, int largest, String tokenMember, Supplier<AwsException> invalidToken) {

  /** Tells tokens from other texts that happen to be base64. */
  private static final String TOKEN_PREFIX = "from:";

  private static final Shape TOKEN = Shape.of(1, 2048, "(?s).*");

  /**
   * Answers the page that the input asks for.
   *
   * @param listMember the member of the answer that lists the items
   * @param all everything there is, by the key that orders it
   */
  public <T> ObjectNode answer(
      String listMember,
      NavigableMap<String, T> all,
      Members input,
      Function<T, ? extends JsonNode> toJson) {
    int limit = input.integer(limitMember, 1, largest).orElse(largest);
    NavigableMap<String, T> rest =
        input.text(tokenMember, TOKEN).map(token -> all.tailMap(decode(token), true)).orElse(all);
    List<String> keys = rest.keySet().stream().limit(limit + 1L).toList();
    ObjectNode output = Json.object();
    ArrayNode written = output.putArray(listMember);
    rest.values().stream().limit(limit).map(toJson).forEach(written::add);
    nextToken(keys, limit).ifPresent(token -> output.put(tokenMember, token));
    return output;
  }

  private static Optional<String> nextToken(List<String> keys, int limit) {
    return keys.size() > limit
        ? Optional.of(encode(TOKEN_PREFIX + keys.get(limit)))
        : Optional.empty();
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private String decode(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (text.startsWith(TOKEN_PREFIX)) {
        return text.substring(TOKEN_PREFIX.length());
      }
    } catch (IllegalArgumentException notBase64) {
      throw invalidToken.get();
    }
    throw invalidToken.get();
  }
}
