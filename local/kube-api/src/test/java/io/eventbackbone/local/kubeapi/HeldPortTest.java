package io.eventbackbone.local.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class HeldPortTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void isNotToBeHadByOthers() {
    try (var port = HeldPort.take()) {
      assertThatThrownBy(() -> new ServerSocket(port.number(), 1, LOOPBACK).close())
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void isListenedOnByTheServerThatSharesIt() throws IOException {
    try (var port = HeldPort.take();
        var server = ServerSocketChannel.open()) {
      server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      server.bind(new InetSocketAddress(LOOPBACK, port.number()));

      try (var client = new Socket(LOOPBACK, port.number());
          var accepted = server.accept()) {
        assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
      }
    }
  }
}
