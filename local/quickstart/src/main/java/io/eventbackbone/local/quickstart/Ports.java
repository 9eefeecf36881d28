package io.eventbackbone.local.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free TCP ports of the loopback interface. */
final class Ports {

  private Ports() {}

  /** The port wished for if nobody listens there, else any other. */
  static int preferably(int wish) {
    return isFree(wish) ? wish : any();
  }

  static int any() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new QuickstartFailure("no TCP port is free", e);
    }
  }

  /** Asked on all interfaces, since that is where the children listen. */
  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
