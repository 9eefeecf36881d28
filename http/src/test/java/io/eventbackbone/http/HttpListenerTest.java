package io.eventbackbone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.verification.slowcallers.SlowCallers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HttpListenerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final int LONG_ANSWER = 20_000_000;
  private static final int BODY = 100_000;

  private final ExecutorService workers = Workers.of("test", 1, 1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch working = new CountDownLatch(1);

  @AfterEach
  void stop() {
    released.countDown();
    workers.shutdownNow();
  }

  @Test
  void aHeadThatDripsIsEnded() throws Exception {
    try (HttpListener listener = listener(limits(MOMENT, FOR_EVER, FOR_EVER));
        SlowCallers silent = SlowCallers.saying("", 3, listener.port());
        SlowCallers heads = SlowCallers.saying(SlowCallers.HEAD, 3, listener.port()).dripping()) {
      await().atMost(PATIENCE).until(silent::areAllClosedByTheServer);
      await().atMost(PATIENCE).until(heads::areAllClosedByTheServer);
    }
  }

  @Test
  void aBodyThatDripsIsEnded() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, MOMENT, FOR_EVER));
        SlowCallers bodies =
            SlowCallers.saying(SlowCallers.post("/echo"), 3, listener.port()).dripping();
        SlowCallers nowhere =
            SlowCallers.saying(SlowCallers.post("/nowhere"), 3, listener.port()).dripping()) {
      await().atMost(PATIENCE).until(bodies::areAllClosedByTheServer);
      await().atMost(PATIENCE).until(nowhere::areAllClosedByTheServer);
    }
  }

  @Test
  void anAnswerThatNobodyReadsIsEnded() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, MOMENT, FOR_EVER));
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      say(caller, "GET /long HTTP/1.1\r\nHost: here\r\n\r\n");
      await().atMost(PATIENCE).until(() -> isCutOff(caller));
    }
  }

  /** Once the server has closed the connection, writing to it fails. */
  private static boolean isCutOff(Socket caller) {
    try {
      say(caller, "\r\n");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aConnectionThatIsNotUsedAnyMoreIsEnded() throws Exception {
    String request = "GET /short HTTP/1.1\r\nHost: here\r\n\r\n";
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, MOMENT));
        SlowCallers idle = SlowCallers.saying(request, 3, listener.port())) {
      await().atMost(PATIENCE).until(idle::areAllClosedByTheServer);
    }
  }

  @Test
  void theLongestWaitingGiveWayToANewConnection() throws Exception {
    Limits few = new Limits(FOR_EVER, FOR_EVER, FOR_EVER, 10, 1000, BODY, 10 * BODY);
    try (HttpListener listener = listener(few);
        SlowCallers oldest = SlowCallers.saying(SlowCallers.HEAD, 10, listener.port());
        SlowCallers newer = SlowCallers.saying(SlowCallers.HEAD, 10, listener.port())) {
      assertThat(get(listener, "/short").statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(oldest::areAllClosedByTheServer);
      assertThat(newer.areAllClosedByTheServer()).isFalse();
    }
  }

  @Test
  void theLongestWaitingGiveWayToANewBody() throws Exception {
    Limits little = new Limits(FOR_EVER, FOR_EVER, FOR_EVER, 256, 1000, BODY, 2 * BODY);
    String half = SlowCallers.post("/echo") + "x".repeat(BODY / 2);
    try (HttpListener listener = listener(little);
        SlowCallers first = SlowCallers.saying(half, 1, listener.port());
        SlowCallers more = SlowCallers.saying(half, 9, listener.port())) {
      assertThat(post(listener, "y".repeat(BODY)).body()).isEqualTo("y".repeat(BODY) + "\n");
      await().atMost(PATIENCE).until(first::areAllClosedByTheServer);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER))) {
      assertThat(post(listener, "y".repeat(BODY)).statusCode()).isEqualTo(200);
      assertThat(post(listener, "y".repeat(BODY + 1)).statusCode()).isEqualTo(413);
      assertThat(get(listener, "/" + "long".repeat(2000)).statusCode()).isEqualTo(414);
      HttpRequest manyFields = request(listener, "/short").header("X", "y".repeat(2000)).build();
      assertThat(send(manyFields).statusCode()).isEqualTo(431);
    }
  }

  @Test
  void pathsAndHeadersReachTheRoute() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER))) {
      HttpRequest request =
          request(listener, "/items/tea?how=h%C3%B6t&how=cold&when=")
              .header("X-Question", "why")
              .build();
      HttpResponse<String> answer = send(request);
      assertThat(answer.body()).isEqualTo("tea, höt");
      assertThat(answer.headers().firstValue("X-Answer")).contains("why");
      assertThat(get(listener, "/items").statusCode()).isEqualTo(404);
      assertThat(get(listener, "/items/tea/leaf").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER))) {
      assertThat(get(listener, "/nowhere").statusCode()).isEqualTo(404);
      HttpResponse<String> wrongMethod = get(listener, "/echo");
      assertThat(wrongMethod.statusCode()).isEqualTo(405);
      assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
      assertThat(get(listener, "/broken").statusCode()).isEqualTo(500);
      assertThat(get(listener, "/too-deep").statusCode()).isEqualTo(500);
      assertThat(exchange(listener, "GET /short?%zz HTTP/1.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(exchange(listener, "this is not HTTP\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void moreWorkThanTheQueueTakesIsRefused() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER))) {
      CompletableFuture<HttpResponse<String>> worked = sendAsync(listener, "/hanging");
      working.await();
      CompletableFuture<HttpResponse<String>> oneOfTwo = sendAsync(listener, "/hanging");
      CompletableFuture<HttpResponse<String>> otherOfTwo = sendAsync(listener, "/hanging");
      Object refused = CompletableFuture.anyOf(oneOfTwo, otherOfTwo).get();
      assertThat(((HttpResponse<?>) refused).statusCode()).isEqualTo(503);

      released.countDown();
      assertThat(worked.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRequestThatIsBeingAnsweredIsAnsweredBeforeTheEnd() throws Exception {
    HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER));
    CompletableFuture<HttpResponse<String>> worked = sendAsync(listener, "/hanging");
    working.await();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(listener::close);
    await().atMost(PATIENCE).until(() -> isRefused(listener));
    released.countDown();
    assertThat(worked.get().statusCode()).isEqualTo(200);
    closed.get();
  }

  private static boolean isRefused(HttpListener listener) {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      return !caller.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void requestsOfOneConnectionAreAnsweredInTheirOrder() throws Exception {
    try (HttpListener listener = listener(limits(FOR_EVER, FOR_EVER, FOR_EVER))) {
      String answers =
          exchange(
              listener,
              "POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
                  + "POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\ntwo"
                  + "HEAD /short HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(answers).containsSubsequence("one\n", "two\n", "content-length: 6");
      assertThat(answers).doesNotContain("short");
    }
  }

  /** Only Linux has all of 127.0.0.0/8. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void listensOnOneInterface() throws Exception {
    InetAddress one = InetAddress.getByName("127.0.0.2");
    try (HttpListener listener =
        new HttpListener(
            "test",
            new InetSocketAddress(one, 0),
            Optional.empty(),
            limits(FOR_EVER, FOR_EVER, FOR_EVER),
            List.of())) {
      new Socket(one, listener.port()).close();
      assertThat(isRefused(listener)).isTrue();
    }
  }

  private HttpListener listener(Limits limits) throws IOException {
    return new HttpListener(
        "test",
        0,
        Optional.empty(),
        limits,
        List.of(
            Route.get("/short", workers, request -> Answer.text(200, "short")),
            Route.get("/long", workers, request -> Answer.text(200, "x".repeat(LONG_ANSWER))),
            Route.get("/broken", workers, request -> fail()),
            Route.get("/too-deep", workers, request -> recurse()),
            Route.get("/hanging", workers, request -> hang()),
            Route.get("/items/", workers, HttpListenerTest::item),
            Route.post("/echo", workers, request -> Answer.text(200, request.body()))));
  }

  private static Answer item(Request request) {
    return new Answer(
        200,
        "text/plain",
        request.lastSegment()
            + request.parameter("how").map(", "::concat).orElse("")
            + request.parameter("when").orElse(""),
        Map.of("X-Answer", request.header("x-QUESTION").orElse("none")));
  }

  private static Limits limits(Duration head, Duration request, Duration idle) {
    return new Limits(head, request, idle, 256, 1000, BODY, 2 * LONG_ANSWER);
  }

  private static Answer fail() {
    throw new IllegalStateException("made by the test");
  }

  private static Answer recurse() {
    throw new StackOverflowError("made by the test");
  }

  private Answer hang() {
    working.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.text(200, "released");
  }

  /** Says something on a connection, and returns all that is said until it closes. */
  private static String exchange(HttpListener listener, String text) throws IOException {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        InputStream answers = caller.getInputStream()) {
      say(caller, text);
      return new String(answers.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void say(Socket caller, String text) throws IOException {
    caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static HttpResponse<String> get(HttpListener listener, String path)
      throws IOException, InterruptedException {
    return send(request(listener, path).build());
  }

  private static HttpResponse<String> post(HttpListener listener, String body)
      throws IOException, InterruptedException {
    return send(request(listener, "/echo").POST(BodyPublishers.ofString(body)).build());
  }

  private static HttpRequest.Builder request(HttpListener listener, String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(listener.port(), path)))
        .timeout(PATIENCE);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static CompletableFuture<HttpResponse<String>> sendAsync(
      HttpListener listener, String path) {
    return HttpClient.newHttpClient()
        .sendAsync(request(listener, path).build(), BodyHandlers.ofString());
  }
}
