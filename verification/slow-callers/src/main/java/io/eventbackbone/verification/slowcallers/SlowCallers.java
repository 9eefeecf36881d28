package io.eventbackbone.verification.slowcallers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/** Connections whose callers begin a request and never end it. */
public final class SlowCallers implements AutoCloseable {

  /** Of a head that never ends. */
  public static final String HEAD = "GET /healthz HTTP/1.1\r\nHost: here\r\nX-Slow: ";

  private static final int READ_MILLIS = 1;
  private static final int DRIP_MILLIS = 20;

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();

  /**
   * Opens connections to a port of this machine, and says the beginning on each.
   *
   * @param connections makes connected sockets; those of TLS end the handshake
   * @throws IOException when the server has closed one before
   */
  public static SlowCallers saying(String beginning, int count, int port, SocketFactory connections)
      throws IOException {
    SlowCallers callers = new SlowCallers();
    for (int i = 0; i < count; i++) {
      Socket socket = connections.createSocket(InetAddress.getLoopbackAddress(), port);
      callers.sockets.add(socket);
      say(socket, beginning);
    }
    return callers;
  }

  public static SlowCallers saying(String beginning, int count, int port) throws IOException {
    return saying(beginning, count, port, SocketFactory.getDefault());
  }

  /** Of a body that never ends. */
  public static String post(String path) {
    return "POST %s HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n{".formatted(path);
  }

  /** Says a letter more on each, again and again, until it is closed. */
  public SlowCallers dripping() {
    ScheduledFuture<?> unused =
        drips.scheduleWithFixedDelay(
            () -> sockets.forEach(SlowCallers::drip), 0, DRIP_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  public boolean areAllClosedByTheServer() {
    return sockets.stream().allMatch(SlowCallers::isClosedByTheServer);
  }

  private static boolean isClosedByTheServer(Socket socket) {
    byte[] answers = new byte[64 * 1024];
    try {
      socket.setSoTimeout(READ_MILLIS);
      while (socket.getInputStream().read(answers) >= 0) {
        // What it has answered so far.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void drip(Socket socket) {
    try {
      say(socket, "a");
    } catch (IOException e) {
      // The server has closed it, which is for a test to find.
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    drips.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
