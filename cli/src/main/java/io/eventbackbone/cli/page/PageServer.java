package io.eventbackbone.cli.page;

import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.print.Format;
import io.eventbackbone.http.Answer;
import io.eventbackbone.http.HttpListener;
import io.eventbackbone.http.Limits;
import io.eventbackbone.http.Request;
import io.eventbackbone.http.Route;
import io.eventbackbone.http.Workers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves the page on 127.0.0.1. The address contains a random token; without it the server answers
 * 404. Every request reads, and none changes anything.
 */
public final class PageServer implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int TOKEN_BYTES = 20;

  /** EventBridge takes events of 1 MB at most. */
  private static final int EVENT_BYTES = 1024 * 1024;

  /** The usual limits, except for the time of an answer: to read logs may take minutes. */
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          64,
          16 * 1024,
          EVENT_BYTES,
          64 * 1024 * 1024);

  /**
   * Where the answers come from.
   *
   * @param cluster what the caller may see of the cluster now
   * @param namespace whose objects are asked about; empty: all
   * @param words turns a failure into a message for people
   */
  public record Sources(
      Supplier<Sight> cluster,
      AwsAccess access,
      Optional<String> namespace,
      Function<Exception, String> words) {}

  private final String token = token();
  private final Gate gate = new Gate();
  private final Sources sources;

  /** A thread of its own, so that a slow answer of AWS holds up no other answer. */
  private final ExecutorService askingAws = Workers.of("aws", 1, 16);

  private final ExecutorService askingCluster = Workers.of("cluster", 1, 32);
  private final HttpListener listener;

  /**
   * Begins to serve.
   *
   * @param port 0: any free port
   * @throws IOException when the port is taken
   */
  public PageServer(int port, Sources sources) throws IOException {
    this.sources = sources;
    listener =
        new HttpListener(
            "page",
            new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port),
            Optional.empty(),
            LIMITS,
            routes());
    gate.open(listener.port());
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** The address of the page, with the token. */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/%s/".formatted(listener.port(), token));
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get(
            path(""), askingCluster, gate.guard(request -> Asset.answer(request.lastSegment()))));
    Supplier<Sight> cluster = new LiveSight(sources.cluster());
    var ofCluster = new ClusterQuestions(cluster, sources.namespace());
    routes.add(question("graph", askingCluster, ofCluster::graph));
    routes.add(question("search", askingCluster, ofCluster::search));
    routes.add(question("status", askingCluster, ofCluster::status));
    routes.add(question("object", askingCluster, ofCluster::object));
    routes.add(question("who", askingCluster, ofCluster::whoOfType));
    routes.add(
        Route.post(path("api/who"), askingCluster, gate.guard(answering(ofCluster::whoOfEvent))));
    var ofAws = new AwsQuestions(cluster, sources.access());
    routes.add(question("why", askingAws, ofAws::why));
    routes.add(question("flow", askingAws, ofAws::flow));
    return routes;
  }

  private String path(String relative) {
    return "/" + token + "/" + relative;
  }

  private Route question(
      String name,
      ExecutorService executor,
      Function<Request, io.eventbackbone.cli.answer.Answer> ask) {
    return Route.get(path("api/" + name), executor, gate.guard(answering(ask)));
  }

  private Function<Request, Answer> answering(
      Function<Request, ? extends io.eventbackbone.cli.answer.Answer> ask) {
    return request -> {
      try {
        return Answer.json(HttpURLConnection.HTTP_OK, Format.json(ask.apply(request)));
      } catch (QuestionException e) {
        return failure(HttpURLConnection.HTTP_BAD_REQUEST, e.getMessage());
      } catch (RuntimeException e) {
        return failure(HttpURLConnection.HTTP_BAD_GATEWAY, sources.words().apply(e));
      }
    };
  }

  private static Answer failure(int status, String message) {
    return Answer.json(status, Format.line(Map.of("message", message)));
  }

  @Override
  public void close() {
    listener.close();
    askingAws.shutdownNow();
    askingCluster.shutdownNow();
  }
}
