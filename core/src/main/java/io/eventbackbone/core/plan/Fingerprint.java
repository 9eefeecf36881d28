package io.eventbackbone.core.plan;

import io.eventbackbone.core.resource.WantedState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells a change of what is wanted from a change that somebody else made in AWS. */
public final class Fingerprint {

  private Fingerprint() {}

  /** A short text that is the same for the same wanted state, in every process. */
  public static String of(WantedState wanted) {
    return of(wanted.toString());
  }

  static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
