package io.eventbackbone.cli.page;

import io.eventbackbone.http.Answer;
import io.eventbackbone.http.Request;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refuses requests that other pages make in the same browser, even pages whose host name resolves
 * to this machine (DNS rebinding). The token in the address is the other half of the defence: other
 * programs don't know it.
 */
final class Gate {

  private static final int FORBIDDEN = 403;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int HTTP_PORT = 80;

  /**
   * The browser loads scripts, styles and data from this server only, and runs no script that is
   * written into the HTML. No other page may frame, embed or read the page. No cache keeps it.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  /** The values of {@code Host} that name this server. Empty until the port is known. */
  private final AtomicReference<Set<String>> hosts = new AtomicReference<>(Set.of());

  /** From now on, lets requests for this port through. */
  void open(int port) {
    String suffix = port == HTTP_PORT ? "" : ":" + port;
    hosts.set(Set.of("127.0.0.1" + suffix, "localhost" + suffix));
  }

  /** Does the work for a request that may pass, and refuses any other. */
  Function<Request, Answer> guard(Function<Request, Answer> work) {
    return request -> refusal(request).orElseGet(() -> work.apply(request)).with(HEADERS);
  }

  private Optional<Answer> refusal(Request request) {
    if (!hosts.get().contains(header("Host", request).orElse(""))) {
      return Optional.of(
          Answer.text(
              FORBIDDEN, "ask for 127.0.0.1, with the port: this server has no other name"));
    }
    Set<String> origins = hosts.get().stream().map("http://"::concat).collect(Collectors.toSet());
    if (!header("Origin", request).stream().allMatch(origins::contains)) {
      return Optional.of(Answer.text(FORBIDDEN, "only the page itself may ask this server"));
    }
    if (!request.body().isEmpty()
        && !header("Content-Type", request).filter("application/json"::equals).isPresent()) {
      return Optional.of(Answer.text(UNSUPPORTED_MEDIA_TYPE, "send a body as application/json"));
    }
    return Optional.empty();
  }

  private static Optional<String> header(String name, Request request) {
    return request.header(name).map(it -> it.toLowerCase(Locale.ROOT));
  }
}
