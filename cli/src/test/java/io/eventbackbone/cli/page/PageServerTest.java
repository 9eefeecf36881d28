package io.eventbackbone.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.model.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the page's server lets in, and what it answers. */
class PageServerTest {

  private static final Sight ECOMMERCE =
      Sight.whole(Snapshot.of(Cluster.of(Cluster.ECOMMERCE).objects()));

  private final AwsAccess aws = new AwsAccess(Optional.empty(), List.of());
  private Supplier<Sight> cluster = () -> ECOMMERCE;
  private PageServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new PageServer(
            0,
            new PageServer.Sources(
                () -> cluster.get(), aws, Optional.empty(), Exception::getMessage));
  }

  @AfterEach
  void stop() {
    server.close();
    aws.close();
  }

  private URI at(String path) {
    return server.address().resolve(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private HttpRequest.Builder question(String event) {
    return HttpRequest.newBuilder(at("api/who")).POST(BodyPublishers.ofString(event));
  }

  /** Sends headers that Java's client does not. */
  private String exchange(String request) throws IOException {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        InputStream answer = caller.getInputStream()) {
      caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String headers) throws IOException {
    return exchange(
        "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(at(path).getPath(), headers));
  }

  @Test
  void isAtTheLoopbackInterfaceWithATokenOf160Bits() {
    assertThat(server.address().toString()).matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{40}/");
  }

  @Test
  void servesNothingWithoutTheToken() throws Exception {
    String other = "0".repeat(40);
    for (String path :
        List.of(
            "/",
            "/api/graph",
            "/page.css",
            "/%s/".formatted(other),
            "/%s/api/graph".formatted(other))) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).describedAs(path).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("orders");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"attacker.example", "attacker.example:%d", "127.0.0.1", "127.0.0.1:1"})
  void refusesAnotherHost(String host) throws Exception {
    int port = server.address().getPort();
    for (String path : List.of("", "api/graph")) {
      assertThat(get(path, "Host: " + host.formatted(port))).startsWith("HTTP/1.1 403 ");
    }
    assertThat(get("api/graph", "X-None: 1")).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @CsvSource({
    "https://attacker.example,403",
    "http://127.0.0.1:1,403",
    "https://127.0.0.1:%d,403",
    "null,403",
    "'',403",
    "http://127.0.0.1:%d,200",
    "http://localhost:%d,200"
  })
  void refusesAnotherOrigin(String origin, int status) throws Exception {
    int port = server.address().getPort();
    assertThat(
            get(
                "api/graph",
                "Host: localhost:%d\r\nOrigin: %s".formatted(port, origin.formatted(port))))
        .startsWith("HTTP/1.1 %d ".formatted(status))
        .doesNotContainIgnoringCase("access-control-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
  void takesNoMethodThatChanges(String method) throws Exception {
    for (String path : List.of("", "api/graph", "api/who")) {
      assertThat(
              send(HttpRequest.newBuilder(at(path)).method(method, BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(405);
    }
    assertThat(
            send(HttpRequest.newBuilder(at("api/graph")).POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../page.css",
        "%2e%2e/page.css",
        "api/",
        "api/graph/more",
        "page.css/",
        "index.html"
      })
  void servesNoOtherPath(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app.js", "page.css", "icon.svg", "api/graph", "api/object"})
  void everyAnswerIsHeldToThePage(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*");
    assertThat(answer.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .containsEntry("cache-control", List.of("no-store"));
    assertThat(answer.headers().map().keySet()).noneMatch(it -> it.startsWith("access-control"));
  }

  /** A form of another page can't send this type, and can't ask whether it may. */
  @Test
  void aBodyIsJson() throws Exception {
    String event = "{\"detail-type\": \"Order.Created\", \"detail\": {}}";
    assertThat(send(question(event)).statusCode()).isEqualTo(415);
    assertThat(send(question(event).header("Content-Type", "text/plain")).statusCode())
        .isEqualTo(415);
    HttpResponse<String> answer = send(question(event).header("Content-Type", "application/json"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonMapper().readTree(answer.body()).at("/receivers/0/verdict").asText())
        .isEqualTo("Always");
  }

  @Test
  void pageHasNothingInlineAndNothingFromOutside() throws Exception {
    assertThat(get("").body())
        .doesNotContain("<style", "style=", "onclick", "javascript:", "http://", "https://", "//")
        .contains("<script type=\"module\" src=\"app.js\"></script>");
    for (Asset asset : Asset.all()) {
      assertThat(get(asset.path()).headers().firstValue("Content-Type"))
          .hasValue(asset.contentType());
    }
  }

  @Test
  void answersAsTheVerbsDo() throws Exception {
    assertThat(ask("api/graph").get("nodes")).hasSize(7);
    assertThat(ask("api/graph?object=orders/orders").get("kind").asText()).isEqualTo("Graph");
    assertThat(ask("api/who?type=Order.Created&from=orders/orders").at("/receivers/0/subscription"))
        .hasToString("\"deliveries/new-orders\"");
    assertThat(ask("api/search?text=order").at("/matches/0/type")).hasToString("\"EventType\"");
    assertThat(ask("api/status").get("kind").asText()).isEqualTo("Health");
    assertThat(ask("api/object?kind=EventRoute&name=event-platform/fan-out").get("object"))
        .hasToString("\"EventRoute event-platform/fan-out\"");
  }

  @ParameterizedTest
  @CsvSource({
    "api/who,type is missing",
    "api/who?type=X&from=orders/none,from: there is no orders/none",
    "api/graph?type=X&account=1,one focus",
    "api/search,text is missing",
    "api/object?kind=EventRoute&name=none,there is no none",
    "api/why,id is missing",
    "api/why?id=x&since=soon,'since: ''soon'' is no duration'",
    "api/flow?kind=EventRoute&name=event-platform/fan-out,have no log"
  })
  void tellsWhatIsWrongWithAQuestion(String path, String message) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonMapper().readTree(answer.body()).get("message").asText()).contains(message);
  }

  @Test
  void tellsThatAnEventIsNone() throws Exception {
    HttpResponse<String> answer =
        send(question("{\"detail\": {}}").header("Content-Type", "application/json"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the event has no detail-type");
  }

  @Test
  void tellsThatTheClusterCantBeAsked() throws Exception {
    cluster =
        () -> {
          throw new IllegalStateException("no cluster");
        };
    HttpResponse<String> answer = get("api/graph");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("no cluster");
  }

  @Test
  void saysThatAnAnswerIsPartial() throws Exception {
    cluster =
        () ->
            new Sight(
                ECOMMERCE.snapshot(),
                java.util.Set.of(),
                java.util.Map.of(),
                List.of("EventRoutes"));

    assertThat(ask("api/graph").get("unseen")).hasToString("[\"EventRoutes\"]");
    assertThat(ask("api/graph").get("partial").asBoolean()).isTrue();
  }
}
