package io.eventbackbone.local.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks started programs by HTTP. */
public final class Http {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;

  private Http() {}

  /** The body that a GET is answered with; empty if nobody listens or the status is not 200. */
  public static Optional<String> get(URI uri) {
    return answer(uri).filter(answer -> answer.statusCode() == OK).map(HttpResponse::body);
  }

  /** Whether a GET is answered, with any status. */
  public static boolean answers(URI uri) {
    return answer(uri).isPresent();
  }

  private static Optional<HttpResponse<String>> answer(URI uri) {
    try {
      return Optional.of(
          CLIENT.send(
              HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException nobodyListensYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramFailure("interrupted", e);
    }
  }
}
