package io.eventbackbone.local.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether something that was started answers yet. */
final class Http {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private Http() {}

  /** Whether anything answers there, whatever it says. */
  static boolean answers(URI uri) {
    return status(uri) > 0;
  }

  /** Whether a readiness endpoint says yes. */
  static boolean isReady(URI uri) {
    return status(uri) == 200;
  }

  private static int status(URI uri) {
    try {
      var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0; // Nobody listens there yet.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("interrupted", e);
    }
  }
}
