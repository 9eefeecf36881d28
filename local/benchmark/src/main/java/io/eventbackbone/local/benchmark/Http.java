package io.eventbackbone.local.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the started programs answer by HTTP. */
final class Http {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int OK = 200;

  private Http() {}

  /** The body of a GET; empty while nobody listens there, or the answer is no. */
  static Optional<String> get(URI uri) {
    try {
      HttpResponse<String> answer =
          CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException nobodyListensYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }
}
