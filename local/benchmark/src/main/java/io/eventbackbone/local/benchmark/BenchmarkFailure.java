package io.eventbackbone.local.benchmark;

/** The benchmark can't go on; the message says why to the person who runs it. */
final class BenchmarkFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchmarkFailure(String message) {
    super(message);
  }

  BenchmarkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
