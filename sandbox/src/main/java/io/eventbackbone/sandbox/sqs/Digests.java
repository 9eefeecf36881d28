package io.eventbackbone.sandbox.sqs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as SQS shows them: lower-case hexadecimal. */
final class Digests {

  private Digests() {}

  static String md5(String text) {
    return md5(text.getBytes(StandardCharsets.UTF_8));
  }

  static String md5(byte[] bytes) {
    return hex("MD5", bytes);
  }

  static String sha256(String text) {
    return hex("SHA-256", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
