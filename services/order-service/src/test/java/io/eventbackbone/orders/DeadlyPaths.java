package io.eventbackbone.orders;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways of a process to its database and to AWS. One of its writes can be made its last: the
 * write takes effect, and the process is killed before it gets the answer.
 */
final class DeadlyPaths implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private static final Pattern WRITE =
      Pattern.compile(
          "INSERT INTO \\w+|UPDATE \\w+|DELETE FROM \\w+|COMMIT|PutEvents|DeleteMessage");

  private final List<ServerSocket> listeners = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private String last = "";
  private int lastNumber;
  private Runnable kill = () -> {};
  private boolean hasKilled;

  /** Forwards to a port of this machine, and returns the port to come by. */
  int to(int target) throws IOException {
    ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    listeners.add(listener);
    start(() -> {
      while (true) {
        Socket here = listener.accept();
        start(() -> connect(here, target));
      }
    });
    return listener.getLocalPort();
  }

  /**
   * Makes a write of the process its last.
   *
   * @param write such as {@code INSERT INTO orders}
   * @param number 1 is the next of this kind
   */
  synchronized void killAt(String write, int number, Runnable howToKill) {
    writes.clear();
    last = write;
    lastNumber = number;
    kill = howToKill;
    hasKilled = false;
  }

  /** Makes no write the last. */
  synchronized void spare() {
    killAt("", 1, () -> {});
  }

  /** What was written since the last call of {@link #killAt} or {@link #spare}. */
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  /** Whether the process has made its last write. */
  synchronized boolean isFatal() {
    return Collections.frequency(writes, last) >= lastNumber;
  }

  private synchronized boolean isLast(String write) {
    writes.add(write);
    return write.equals(last) && Collections.frequency(writes, last) == lastNumber;
  }

  private synchronized void kill() {
    kill.run();
    hasKilled = true;
  }

  /** Whether the process won't be killed any more by a write that it has made. */
  synchronized boolean isOver() {
    return hasKilled || !isFatal();
  }

  private void connect(Socket here, int target) throws IOException {
    try (here;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
      AtomicBoolean isDoomed = new AtomicBoolean();
      start(() -> answers(there, here, isDoomed));
      requests(here, there, isDoomed);
    }
  }

  private void requests(Socket from, Socket to, AtomicBoolean isDoomed) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    boolean hasWritten = false;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      Matcher write = WRITE.matcher(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      if (write.find()) {
        boolean commits = write.group().equals("COMMIT");
        // A transaction that only read ends with a commit, too.
        if ((hasWritten || !commits) && isLast(write.group())) {
          isDoomed.set(true);
        }
        hasWritten = !commits;
      }
      out.write(buffer, 0, read);
    }
  }

  private void answers(Socket from, Socket to, AtomicBoolean isDoomed) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isDoomed.get()) {
          kill();
          return;
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private interface OnSockets {
    void run() throws IOException;
  }

  private static void start(OnSockets work) {
    Thread thread =
        new Thread(() -> {
          try {
            work.run();
          } catch (IOException e) {
            // A side has closed the connection, which closes it for both.
          }
        });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    for (ServerSocket listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
