package io.eventbackbone.core.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every name that the operator gives in AWS. */
public final class Names {

  /**
   * Begins the Sid of every statement that the operator writes. Other statements belong to others.
   */
  static final String SID_PREFIX = "event-backbone-";

  static final String PUBLISHERS_SID = SID_PREFIX + "publishers";
  static final String GLOBAL_BUS_SID = SID_PREFIX + "global-bus";
  static final String RULE_SID = SID_PREFIX + "rule";

  /** The role that the operator assumes, unless an AwsAccount names another. */
  public static final String OPERATOR_ROLE = "event-backbone-operator";

  /**
   * The role that EventBridge assumes to put events on local buses, unless a backbone names
   * another.
   */
  public static final String FORWARDING_ROLE = "event-backbone-forwarding";

  public static final String GLOBAL_LOG_RULE = "global-logging";
  public static final String LOCAL_LOG_RULE = "local-logging";

  private static final String LOCAL_BUS_PREFIX = "local-bus-";

  /** Pattern of the names of local buses. */
  public static final String EVERY_LOCAL_BUS = LOCAL_BUS_PREFIX + "*";

  public static final String TARGET_ID = "Target0";

  private static final String FORWARDING_PREFIX = "globalTo";
  private static final String PACK_PREFIX = FORWARDING_PREFIX + "-pack-";

  /** Compiled once: the operator compares the rule names of every pair of buses. */
  private static final Pattern WORDS = Pattern.compile("[._-]+");

  /** Characters that the names of schemas do not have, and the one before the detail type. */
  private static final Pattern NOT_IN_A_SCHEMA = Pattern.compile("[^0-9A-Za-z_.-]");

  private static final String BINDING = "-binding";
  private static final String CONTRACTS = "-contracts";
  private static final String DEAD_LETTERS = "-dlq";
  private static final int HASH_BYTES = 4;

  /** Two replays of one name would be one: of a long hash no two are the same. */
  private static final int REPLAY_HASH_BYTES = 16;

  private static final String REPLAY_PREFIX = "event-backbone-";

  private static final String EVERY_HASH = "?".repeat(2 * HASH_BYTES);

  /** Pattern of all names that end with a hash. */
  private static final String EVERY_HASHED = "*-" + EVERY_HASH;

  private static final int QUEUE_LIMIT = 80;
  private static final int RULE_LIMIT = 64;
  private static final int ARCHIVE_LIMIT = 48;
  private static final int REPLAY_LIMIT = 64;
  private static final int DELIVERY_LIMIT = 60;
  private static final int REGISTRY_LIMIT = 64;
  private static final int SCHEMA_LIMIT = 385;
  private static final int LONGEST_LOG_TYPE = "-error-logs".length();

  private Names() {}

  /** The Sid of the statement for one account. */
  static String publisherSid(String accountId) {
    return SID_PREFIX + "publisher-" + accountId;
  }

  /** Whether the rule logs the events of a bus. No other rule of the operator has its name. */
  static boolean isLogRule(String rule) {
    return rule.equals(GLOBAL_LOG_RULE) || rule.equals(LOCAL_LOG_RULE);
  }

  public static String localBus(String identifier) {
    return LOCAL_BUS_PREFIX + identifier;
  }

  /** The rule on the global bus that forwards to the bus of the given identifier. */
  public static String forwardingRule(String identifier) {
    return WORDS
        .splitAsStream(identifier)
        .filter(word -> !word.isEmpty())
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining("", FORWARDING_PREFIX, ""));
  }

  /**
   * Whether a rule on the global bus has the name of a pack, a rule of a former version that
   * forwards to several buses. No forwarding rule of one bus has such a name.
   */
  public static boolean isPack(String rule) {
    return rule.startsWith(PACK_PREFIX);
  }

  public static String deadLetterQueue(String busName) {
    return fitted(busName.replace('.', '-'), busName, DEAD_LETTERS, QUEUE_LIMIT);
  }

  /** Patterns of the names of the dead-letter queues of all buses that a pattern covers. */
  public static List<String> everyDeadLetterQueue(String busNames) {
    return everyFitted(busNames.replace('.', '-'), busNames, DEAD_LETTERS, QUEUE_LIMIT);
  }

  public static String logGroup(String busName) {
    return "/aws/events/" + busName;
  }

  /** The AWS console and CLI use the same name. */
  public static String busLogGroup(String busName) {
    return "/aws/vendedlogs/events/event-bus/" + busName;
  }

  /** The delivery source for one type of the records in a bus's log. */
  static String deliverySource(String busName, LogConfig.LogType type) {
    return delivering(busName, "-" + type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Patterns of the delivery sources of all buses that a pattern covers. */
  public static List<String> everyDeliverySource(String busNames) {
    return everyDeliveryDestination(busNames).stream().map(it -> it + "-*-logs").toList();
  }

  /** The delivery destination for the log of a bus. */
  static String deliveryDestination(String busName) {
    return delivering(busName, "");
  }

  /** Patterns of the delivery destinations of all buses that a pattern covers. */
  public static List<String> everyDeliveryDestination(String busNames) {
    return everyFitted(deliveryStem(busNames), busNames, "", DELIVERY_LIMIT - LONGEST_LOG_TYPE);
  }

  /** Truncates all names at the same place, so that one pattern covers them. */
  private static String delivering(String busName, String suffix) {
    return fitted(deliveryStem(busName), busName, "", DELIVERY_LIMIT - LONGEST_LOG_TYPE) + suffix;
  }

  private static String deliveryStem(String busName) {
    return "event-backbone-" + busName.replace('.', '-');
  }

  public static String logResourcePolicy(String busName) {
    return "event-backbone-" + busName;
  }

  public static String archive(String busName) {
    return fitted("event-backbone-" + busName, busName, "", ARCHIVE_LIMIT);
  }

  /** Patterns of the names of the archives of all buses that a pattern covers. */
  public static List<String> everyArchive(String busNames) {
    return everyFitted("event-backbone-" + busNames, busNames, "", ARCHIVE_LIMIT);
  }

  /** The registry of EventBridge Schemas for the events of a bus. */
  public static String schemaRegistry(String busName) {
    return fitted("event-backbone-" + busName, busName, "", REGISTRY_LIMIT);
  }

  /** Patterns of the names of the registries of all buses that a pattern covers. */
  public static List<String> everySchemaRegistry(String busNames) {
    return everyFitted("event-backbone-" + busNames, busNames, "", REGISTRY_LIMIT);
  }

  /** The schema of a detail type, named as EventBridge names the schemas that it discovers. */
  public static String schema(String source, String detailType) {
    return fitted(
        source + "@" + NOT_IN_A_SCHEMA.matcher(detailType).replaceAll(""),
        detailType,
        "",
        SCHEMA_LIMIT);
  }

  /**
   * The name of a replay. AWS remembers it for 90 days, and starts no other replay of this name.
   *
   * @param name of the custom resource
   * @param identity the object that asks, and the events that it asks for
   */
  public static String replay(String name, String identity) {
    String tail = "-" + hash(identity, REPLAY_HASH_BYTES);
    return truncated(REPLAY_PREFIX + name, REPLAY_LIMIT - tail.length()) + tail;
  }

  /** Pattern of the names of all replays. */
  public static String everyReplay() {
    return REPLAY_PREFIX + "*";
  }

  /** The rule of a subscription. Subscriptions of several namespaces may share a bus. */
  public static String subscriptionRule(String namespace, String name) {
    return hashed(name, namespace, name, "", RULE_LIMIT);
  }

  public static String subscriptionQueue(String namespace, String name, Queue.Kind kind) {
    return hashed(name.replace('.', '-'), namespace, name, queueSuffix(kind), QUEUE_LIMIT);
  }

  public static String subscriptionDeadLetterQueue(String namespace, String name, Queue.Kind kind) {
    return hashed(
        name.replace('.', '-'), namespace, name, deadLetterQueueSuffix(kind), QUEUE_LIMIT);
  }

  private static String queueSuffix(Queue.Kind kind) {
    return kind == Queue.Kind.STANDARD ? "" : ".fifo";
  }

  private static String deadLetterQueueSuffix(Queue.Kind kind) {
    return DEAD_LETTERS + queueSuffix(kind);
  }

  /** Pattern of the names of all subscriptions' rules. */
  public static String everySubscriptionRule() {
    return EVERY_HASHED;
  }

  /** Patterns of the names of all subscriptions' queues, dead-letter queues included. */
  public static List<String> everySubscriptionQueue() {
    return Stream.of(Queue.Kind.values())
        .flatMap(kind -> Stream.of(queueSuffix(kind), deadLetterQueueSuffix(kind)))
        .map(suffix -> EVERY_HASHED + suffix)
        .toList();
  }

  /** Group of a subscription's messages on a FIFO queue. */
  public static String messageGroup(String name) {
    return name.length() <= 100 ? name : hashed(name, "", name, "", 100);
  }

  public static String forwardingRole(AccountScope scope) {
    return roleArn(scope, FORWARDING_ROLE);
  }

  /** ARN of a role with the given name in the account of the scope. */
  public static String roleArn(AccountScope scope, String name) {
    return "arn:%s:iam::%s:role/%s".formatted(scope.partition(), scope.accountId(), name);
  }

  /** The Secret that a workload binds to. */
  public static String bindingSecret(String subscription) {
    return subscription + BINDING;
  }

  /**
   * The subscription whose binding Secret has this name. Empty: no binding Secret has such a name.
   */
  public static Optional<String> subscriptionOfBinding(String secret) {
    return without(BINDING, secret);
  }

  /** The ConfigMap with the contracts of what a workload publishes. */
  public static String contractsConfigMap(String subscription) {
    return subscription + CONTRACTS;
  }

  /** The subscription whose contracts' ConfigMap has this name. Empty: none has such a name. */
  public static Optional<String> subscriptionOfContracts(String configMap) {
    return without(CONTRACTS, configMap);
  }

  private static Optional<String> without(String suffix, String name) {
    return name.endsWith(suffix)
        ? Optional.of(name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }

  /** Whether a queue, of either kind, has the name that a subscription's queue gets. */
  public static boolean isSubscriptionQueue(String queue, String namespace, String name) {
    return Stream.of(Queue.Kind.values())
        .anyMatch(kind -> subscriptionQueue(namespace, name, kind).equals(queue));
  }

  private static String hashed(
      String stem, String namespace, String name, String suffix, int limit) {
    String tail = "-" + hash(namespace + "/" + name) + suffix;
    return truncated(stem, limit - tail.length()) + tail;
  }

  /** The stem if it fits and ends with the original; else the stem with a hash of the original. */
  private static String fitted(String stem, String original, String suffix, int limit) {
    boolean saysAll = stem.endsWith(original) && stem.length() + suffix.length() <= limit;
    String tail = saysAll ? suffix : "-" + hash(original) + suffix;
    return truncated(stem, limit - tail.length()) + tail;
  }

  /**
   * Patterns of the results of {@link #fitted} for all names that a pattern covers. A truncated
   * name may lack what the pattern has after its first {@code *}.
   */
  private static List<String> everyFitted(
      String stems, String originals, String suffix, int limit) {
    int any = stems.indexOf('*');
    if (any < 0) {
      return List.of(fitted(stems, originals, suffix, limit));
    }
    String tail = "-" + EVERY_HASH + suffix;
    String hashed = truncated(stems.substring(0, any + 1), limit - tail.length()) + tail;
    if (!stems.endsWith(originals)) {
      return List.of(hashed);
    }
    String whole = stems + suffix;
    return stems.endsWith("*") && hashed.startsWith(stems)
        ? List.of(whole)
        : List.of(whole, hashed);
  }

  private static String truncated(String stem, int limit) {
    return stem.length() <= limit ? stem : stem.substring(0, limit);
  }

  private static String hash(String text) {
    return hash(text, HASH_BYTES);
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
