package io.eventbackbone.local.kubeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A free TCP port of the loopback interface that nobody else gets as long as this is open, so that
 * a server may be told to listen on it: it is bound, and not listened on. Linux lets a server of
 * the same user bind it, too, that sets SO_REUSEPORT as we do (socket(7)).
 */
record HeldPort(SocketChannel socket) implements AutoCloseable {

  static HeldPort take() {
    try {
      var socket = SocketChannel.open();
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new HeldPort(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port could be had", e);
    }
  }

  int number() {
    return socket.socket().getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + number() + " could not be let go", e);
    }
  }
}
