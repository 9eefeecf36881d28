package io.eventbackbone.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;

/**
 * Serves HTTP/1.1 within {@link Limits}. One thread reads and writes all connections and waits for
 * none of them; the work on complete requests runs on the executors of the {@link Route}s.
 */
public final class HttpListener implements AutoCloseable {

  private static final long SHUTDOWN_SECONDS = 1;

  /** Less than what is left of the 30 seconds that Kubernetes gives a pod to end. */
  private static final long LONGEST_ANSWER_SECONDS = 5;

  /** On the heap, which has a limit. So the listener takes no direct memory of its own. */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  private final EventLoopGroup loop;
  private final Connections connections;
  private final Channel socket;

  /**
   * Begins to answer callers of any network interface.
   *
   * @param port 0 takes a free one
   * @see #HttpListener(String, InetSocketAddress, Optional, Limits, List)
   */
  public HttpListener(
      String name, int port, Optional<KeyManager> certificates, Limits limits, List<Route> routes)
      throws IOException {
    this(name, new InetSocketAddress(port), certificates, limits, routes);
  }

  /**
   * Begins to answer. The listener's thread keeps the process alive until the listener is closed.
   *
   * @param name the name of the thread
   * @param address the interface to listen on, and the port; port 0 takes a free one
   * @param certificates for HTTPS; empty serves HTTP
   * @throws IOException when the port can't be listened on
   */
  public HttpListener(
      String name,
      InetSocketAddress address,
      Optional<KeyManager> certificates,
      Limits limits,
      List<Route> routes)
      throws IOException {
    Optional<SslContext> tls = tls(certificates);
    connections = new Connections(limits);
    Routes served = new Routes(routes);
    loop = new NioEventLoopGroup(1, new DefaultThreadFactory(name));
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, HEAP)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    ChannelPipeline pipeline = channel.pipeline();
                    tls.ifPresent(it -> pipeline.addLast(it.newHandler(channel.alloc())));
                    pipeline.addLast(
                        new HttpServerCodec(
                            new HttpDecoderConfig().setMaxHeaderSize(limits.headBytes())),
                        new HttpServerExpectContinueHandler(),
                        new HttpServerKeepAliveHandler(),
                        new FlowControlHandler(),
                        new Connection(limits, served, connections));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    socket = bound.channel();
  }

  private static Optional<SslContext> tls(Optional<KeyManager> certificates) throws SSLException {
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        SslContextBuilder.forServer(certificates.get()).sslProvider(SslProvider.JDK).build());
  }

  public int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  /** Closes the port, waits some seconds for answers that are being made, and ends the rest. */
  @Override
  public void close() {
    socket.close().awaitUninterruptibly();
    CompletableFuture<Void> idle = new CompletableFuture<>();
    loop.execute(() -> connections.whenIdle(() -> idle.complete(null)));
    idle.completeOnTimeout(null, LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS).join();
    stop();
  }

  private void stop() {
    loop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
