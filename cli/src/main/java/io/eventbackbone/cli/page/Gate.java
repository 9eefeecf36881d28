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
 * Lets only this machine's browser in, on the page's own behalf. The token in the address keeps out
 * who does not know the address; this keeps out other pages in the same browser, also those of a
 * name that leads to this machine (DNS rebinding).
 */
final class Gate {

  private static final int FORBIDDEN = 403;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int HTTP_PORT = 80;

  /**
   * The page gets scripts, styles and data from this server alone, and runs nothing that stands in
   * its HTML. No other page may frame, embed or read it, and no cache keeps it.
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

  /** {@code Host} headers of this server; none until its port is known. */
  private final AtomicReference<Set<String>> hosts = new AtomicReference<>(Set.of());

  /** From now on those are let in who ask for this port. */
  void open(int port) {
    String suffix = port == HTTP_PORT ? "" : ":" + port;
    hosts.set(Set.of("127.0.0.1" + suffix, "localhost" + suffix));
  }

  /** The work, for those who are let in. */
  Function<Request, Answer> guard(Function<Request, Answer> work) {
    return request -> refusal(request).orElseGet(() -> work.apply(request)).with(HEADERS);
  }

  private Optional<Answer> refusal(Request request) {
    if (!hosts.get().contains(header("Host", request).orElse(""))) {
      return Optional.of(Answer.text(FORBIDDEN, "this server has another name"));
    }
    Set<String> origins = hosts.get().stream().map("http://"::concat).collect(Collectors.toSet());
    if (!header("Origin", request).stream().allMatch(origins::contains)) {
      return Optional.of(Answer.text(FORBIDDEN, "only the page itself may ask"));
    }
    if (!request.body().isEmpty()
        && !header("Content-Type", request).filter("application/json"::equals).isPresent()) {
      return Optional.of(Answer.text(UNSUPPORTED_MEDIA_TYPE, "a body is application/json"));
    }
    return Optional.empty();
  }

  private static Optional<String> header(String name, Request request) {
    return request.header(name).map(it -> it.toLowerCase(Locale.ROOT));
  }
}
