package io.eventbackbone.sandbox.faults;

/** The caller gets no answer: the connection ends. */
public final class ConnectionCut extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectionCut() {
    super("the connection is cut by a fault", null, false, false);
  }
}
