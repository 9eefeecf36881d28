package io.eventbackbone.local.launcher;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * Free TCP ports. A port counts as free if it is free on all interfaces, because that is where our
 * programs listen.
 */
public final class Ports {

  private Ports() {}

  /** A port that is free now. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ProgramFailure("no TCP port is free", e);
    }
  }

  /** A port that is free now, other than the given one. */
  public static int anyBut(int port) {
    int other = any();
    while (other == port) {
      other = any();
    }
    return other;
  }

  /** The given port if it is free, else any. */
  public static int preferably(int wish) {
    return isFree(wish) ? wish : any();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
