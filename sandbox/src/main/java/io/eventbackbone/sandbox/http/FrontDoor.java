package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.faults.ConnectionCut;
import io.javalin.Javalin;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one endpoint of all services, over HTTP. */
public final class FrontDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  /**
   * At most; started as they are needed. A long poll of SQS holds a thread for as long as it waits,
   * and other calls must not wait for it.
   */
  private static final int THREADS = 10_000;

  /** REST writes an ARN as one part of a path, its slashes encoded. */
  private static final UriCompliance WITH_ARNS_IN_PATHS =
      UriCompliance.DEFAULT.with("arns", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

  private final Javalin server;
  private final String host;
  private final Supplier<Dispatcher> dispatcher;

  /**
   * Begins to answer.
   *
   * @param port 0 takes a free one
   * @param dispatcher where calls go now
   */
  public FrontDoor(String host, int port, Supplier<Dispatcher> dispatcher) {
    this.host = host;
    this.dispatcher = dispatcher;
    this.server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.http.maxRequestSize = 4L << 20;
                  config.jetty.threadPool = new QueuedThreadPool(THREADS);
                  config.jetty.modifyHttpConfiguration(
                      http -> http.setUriCompliance(WITH_ARNS_IN_PATHS));
                  config.routes.get("/_sandbox/health", http -> http.result("ok"));
                  config.routes.get("/_sandbox/calls", this::tellCounts);
                  config.routes.post("/", this::handle);
                  config.routes.post("/<path>", this::handle);
                  config.routes.get("/<path>", this::handle);
                  config.routes.put("/<path>", this::handle);
                  config.routes.delete("/<path>", this::handle);
                })
            .start(host, port);
  }

  public URI endpoint() {
    return URI.create("http://%s:%d".formatted(host, server.port()));
  }

  @Override
  public void close() {
    server.stop();
  }

  private void tellCounts(Context http) {
    ArrayNode kinds = JsonNodeFactory.instance.arrayNode();
    new TreeMap<>(dispatcher.get().counts())
        .forEach((kind, calls) ->
            kinds
                .addObject()
                .put("service", kind.service())
                .put("operation", kind.operation())
                .put("answer", kind.answer())
                .put("calls", calls));
    http.contentType(ContentType.APPLICATION_JSON).result(kinds.toString());
  }

  private void handle(Context http) {
    Optional<Signature> signature = Signature.of(Optional.ofNullable(http.header("Authorization")));
    String service = signature.map(Signature::service).orElse("");
    Protocol protocol = Protocol.of(http, service, dispatcher.get().errors(service));
    String requestId = UUID.randomUUID().toString();
    try {
      Protocol.Request request = protocol.read(http);
      ObjectNode output =
          dispatcher
              .get()
              .dispatch(
                  signature, Optional.ofNullable(http.header("X-Amz-Security-Token")), request);
      protocol.answer(http, request.operation(), requestId, output);
    } catch (AwsException e) {
      protocol.refuse(http, requestId, e);
    } catch (ConnectionCut e) {
      cut(http);
    } catch (RuntimeException e) {
      LOG.error("the sandbox failed on {}", http.header("X-Amz-Target"), e);
      protocol.refuse(http, requestId, CommonErrors.internalFailure());
    }
  }

  /** The caller sees the connection end without an answer. */
  private static void cut(Context http) {
    ServletContextRequest.getServletContextRequest(http.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
