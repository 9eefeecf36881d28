package io.eventbackbone.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. It reads a request, has it worked on, answers it, and goes on to the next. All of
 * this runs on the listener's thread, except for the work of a {@link Route}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever fails ends in channelInactive.
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** The route while there is no whole request. */
  private static final Route NONE = Route.refusing(Answer.text(400, "there is no whole request"));

  private final Limits limits;
  private final Routes routes;
  private final Connections connections;

  private ChannelHandlerContext context;
  private Optional<Future<?>> deadline = Optional.empty();

  /** The head of the request that is being read. */
  private HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

  private Map<String, String> query = Map.of();
  private Route route = NONE;

  /** The part of the body that was read so far. */
  private ByteBuf body = Unpooled.EMPTY_BUFFER;

  private int heldBytes;

  Connection(Limits limits, Routes routes, Connections connections) {
    this.limits = limits;
    this.routes = routes;
    this.connections = connections;
  }

  boolean holdsBytes() {
    return heldBytes > 0;
  }

  /** Closes the connection without an answer. */
  void drop() {
    context.channel().config().setAutoRead(false);
    context.close();
    route = NONE;
    forgetBody();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    within(limits.head());
    connections.await(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.ifPresent(it -> it.cancel(false));
    connections.remove(this);
    forgetBody();
  }

  /** A caller broke off, or its TLS failed. Logged at debug level: callers could fill a log. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("a connection failed", cause);
    drop();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      FullHttpResponse last = response(unreadable(part.decoderResult().cause()));
      HttpUtil.setKeepAlive(last, false);
      send(last);
      return;
    }
    if (part instanceof HttpRequest begun) {
      within(limits.request());
      head = begun;
      route = routes.find(head.method().name(), path(head));
      readQuery();
      body = ctx.alloc().heapBuffer(0, limits.bodyBytes());
    }
    if (part instanceof HttpContent content) {
      read(content.content());
    }
    if (part instanceof LastHttpContent) {
      work();
    }
  }

  private void readQuery() {
    try {
      query = query(head);
    } catch (IllegalArgumentException e) {
      query = Map.of();
      route = Route.refusing(Answer.text(400, "the query is not percent-encoded"));
    }
  }

  private static String path(HttpRequest head) {
    return head.uri().split("\\?", 2)[0];
  }

  /** Reads even a body that is too long to its end: few callers read an answer before that. */
  private void read(ByteBuf part) {
    if (part.readableBytes() > limits.bodyBytes() - body.readableBytes()) {
      route =
          Route.refusing(
              Answer.text(413, "a body has %d bytes at most".formatted(limits.bodyBytes())));
    } else {
      body.writeBytes(part);
      hold(body.capacity());
    }
  }

  private void work() {
    connections.work(this);
    context.channel().config().setAutoRead(false);
    byte[] whole = ByteBufUtil.getBytes(body, 0, body.readableBytes(), false);
    HttpRequest begun = head;
    Map<String, String> asked = query;
    Function<Request, Answer> work = route.work();
    try {
      CompletableFuture.supplyAsync(
              () -> work.apply(request(begun, asked, whole)), route.executor())
          .exceptionally(failure -> failed(begun, failure))
          .thenApply(Connection::response)
          .thenAcceptAsync(this::send, context.executor());
    } catch (RejectedExecutionException e) {
      send(response(Answer.text(503, "too much is asked at a time: ask again")));
    }
  }

  private static Request request(HttpRequest head, Map<String, String> query, byte[] body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    head.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
    return new Request(path(head), query, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(HttpRequest head) {
    Map<String, String> query = new HashMap<>();
    new QueryStringDecoder(head.uri())
        .parameters()
        .forEach((name, values) -> query.put(name, values.get(0)));
    return query;
  }

  private static Answer failed(HttpRequest head, Throwable failure) {
    LOG.error(
        "the answer to {} {} failed, which is a bug: please report it",
        head.method(),
        path(head),
        failure);
    return Answer.text(500, "the answer failed: see the log");
  }

  private static Answer unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Answer.text(414, "the request line is too long");
    }
    return cause instanceof TooLongHttpHeaderException
        ? Answer.text(431, "the header fields are too long")
        : Answer.text(400, "this is not HTTP");
  }

  private static FullHttpResponse response(Answer answer) {
    ByteBuf content = Unpooled.wrappedBuffer(answer.body().getBytes(StandardCharsets.UTF_8));
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    answer.headers().forEach(response.headers()::set);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    HttpUtil.setContentLength(response, content.readableBytes());
    return response;
  }

  private void send(FullHttpResponse response) {
    if (context.channel().isActive()) {
      forgetBody();
      connections.await(this);
      hold(response.content().readableBytes());
      context.writeAndFlush(response).addListener(sent -> next());
    }
  }

  private void next() {
    if (context.channel().isActive()) {
      hold(0);
      within(limits.idle());
      connections.await(this);
      context.channel().config().setAutoRead(true);
    }
  }

  private void forgetBody() {
    body.release();
    body = Unpooled.EMPTY_BUFFER;
    hold(0);
  }

  private void hold(int bytes) {
    int more = bytes - heldBytes;
    heldBytes = bytes;
    connections.hold(more);
  }

  private void within(Duration limit) {
    deadline.ifPresent(it -> it.cancel(false));
    deadline =
        Optional.of(
            context.executor().schedule(this::drop, limit.toMillis(), TimeUnit.MILLISECONDS));
  }
}
