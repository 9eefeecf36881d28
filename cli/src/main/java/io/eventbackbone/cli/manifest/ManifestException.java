package io.eventbackbone.cli.manifest;

/** Why manifests can't be read. The message is for people, and names the file. */
public final class ManifestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ManifestException(String message) {
    super(message);
  }

  ManifestException(String message, Throwable cause) {
    super(message, cause);
  }
}
