package io.eventbackbone.local.kubeapi.programs;

import org.opentest4j.TestAbortedException;

/** A part that a test needs and this machine lacks. */
public final class MissingPart {

  private MissingPart() {}

  /**
   * What the test throws. It is skipped, by name on standard error. With the environment variable
   * {@code CI=true} or the system property {@code kubeapi.required=true} it fails.
   */
  public static RuntimeException of(Class<?> test, String message) {
    if (isRequired()) {
      return new IllegalStateException(message);
    }
    System.err.println("SKIPPED " + test.getName() + ": " + message);
    return new TestAbortedException(message);
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("CI")) || Boolean.getBoolean("kubeapi.required");
  }
}
