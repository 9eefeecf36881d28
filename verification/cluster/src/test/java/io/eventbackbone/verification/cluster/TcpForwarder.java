package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A path of TCP connections to a port of this machine, which can hang: connections stay open and
 * new ones are accepted, but no byte gets through. No end of a connection can tell a hung path from
 * a slow one.
 */
final class TcpForwarder implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private boolean hangs;

  private TcpForwarder(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static TcpForwarder to(int port) {
    try {
      TcpForwarder forwarder =
          new TcpForwarder(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), port);
      start("accept", forwarder::accept);
      return forwarder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  synchronized void hang() {
    hangs = true;
  }

  synchronized void resume() {
    hangs = false;
    notifyAll();
  }

  private synchronized void awaitPassable() throws InterruptedException {
    while (hangs) {
      wait();
    }
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket here = keep(listener.accept());
      start("forward", () -> connect(here));
    }
  }

  private void connect(Socket here) throws IOException, InterruptedException {
    awaitPassable();
    try (here;
        Socket there = keep(new Socket(InetAddress.getLoopbackAddress(), target))) {
      Thread back = start("forward-back", () -> copy(there, here));
      copy(here, there);
      back.join();
    }
  }

  /** Copies until one of the two closes, and then closes the second. */
  private void copy(Socket from, Socket to) throws IOException, InterruptedException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitPassable();
        out.write(buffer, 0, read);
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private Socket keep(Socket socket) {
    open.add(socket);
    return socket;
  }

  /** Work on sockets, which ends when one of them is closed. */
  private interface OnSockets {
    void run() throws IOException, InterruptedException;
  }

  private static Thread start(String name, OnSockets work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A side has closed the connection, which closes it for both.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    resume();
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
