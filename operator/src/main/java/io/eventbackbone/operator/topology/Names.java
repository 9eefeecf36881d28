package io.eventbackbone.operator.topology;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Every name that the operator gives in AWS. */
public final class Names {

  /**
   * Begins the Sids of the operator's statements; statements of other Sids are not the operator's.
   */
  public static final String SID_PREFIX = "event-backbone-";

  static final String PUBLISHERS_SID = SID_PREFIX + "publishers";
  static final String GLOBAL_BUS_SID = SID_PREFIX + "global-bus";
  static final String RULE_SID = SID_PREFIX + "rule";

  static final String GLOBAL_LOG_RULE = "global-logging";
  static final String LOCAL_LOG_RULE = "local-logging";
  static final String TARGET_ID = "Target0";

  private static final int QUEUE_LIMIT = 80;
  private static final int RULE_LIMIT = 64;
  private static final int ARCHIVE_LIMIT = 48;

  private Names() {}

  static String localBus(String identifier) {
    return "local-bus-" + identifier;
  }

  /** The rule on the global bus that forwards to the bus of the given identifier. */
  public static String forwardingRule(String identifier) {
    return Arrays.stream(identifier.split("[._-]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining("", "globalTo", ""));
  }

  static String deadLetterQueue(String busName) {
    return fitted(busName.replace('.', '-'), busName, "-dlq", QUEUE_LIMIT);
  }

  static String logGroup(String busName) {
    return "/aws/events/" + busName;
  }

  static String logResourcePolicy(String busName) {
    return "event-backbone-" + busName;
  }

  static String archive(String busName) {
    return fitted("event-backbone-" + busName, busName, "", ARCHIVE_LIMIT);
  }

  /** A subscription's rule: subscriptions of several namespaces may share a bus. */
  static String subscriptionRule(String namespace, String name) {
    return hashed(name, namespace, name, "", RULE_LIMIT);
  }

  static String subscriptionQueue(String namespace, String name, AwsResource.QueueKind kind) {
    String suffix = kind == AwsResource.QueueKind.STANDARD ? "" : ".fifo";
    return hashed(name.replace('.', '-'), namespace, name, suffix, QUEUE_LIMIT);
  }

  static String subscriptionDeadLetterQueue(
      String namespace, String name, AwsResource.QueueKind kind) {
    String suffix = kind == AwsResource.QueueKind.STANDARD ? "-dlq" : "-dlq.fifo";
    return hashed(name.replace('.', '-'), namespace, name, suffix, QUEUE_LIMIT);
  }

  /** Group of a subscription's messages on a FIFO queue. */
  static String messageGroup(String name) {
    return name.length() <= 100 ? name : hashed(name, "", name, "", 100);
  }

  static String forwardingRole(AccountScope scope) {
    return "arn:%s:iam::%s:role/event-backbone-forwarding"
        .formatted(scope.partition(), scope.accountId());
  }

  /** The Secret that a workload binds to. */
  public static String bindingSecret(String subscription) {
    return subscription + "-binding";
  }

  private static String hashed(
      String stem, String namespace, String name, String suffix, int limit) {
    String tail = "-" + hash(namespace + "/" + name) + suffix;
    return truncated(stem, limit - tail.length()) + tail;
  }

  /** The stem where it fits and says all of the original; else with a hash of the original. */
  private static String fitted(String stem, String original, String suffix, int limit) {
    boolean saysAll = stem.endsWith(original) && stem.length() + suffix.length() <= limit;
    String tail = saysAll ? suffix : "-" + hash(original) + suffix;
    return truncated(stem, limit - tail.length()) + tail;
  }

  private static String truncated(String stem, int limit) {
    return stem.length() <= limit ? stem : stem.substring(0, limit);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
