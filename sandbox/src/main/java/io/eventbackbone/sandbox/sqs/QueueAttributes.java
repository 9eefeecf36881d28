package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes of a queue that its owner sets, checked. Names, ranges and defaults: SQS API
 * Reference, SetQueueAttributes; message sizes up to 1 MiB since August 2025.
 *
 * @param type decided by CreateQueue for good
 * @param values by attribute name, defaults included
 * @param policy the parsed attribute Policy
 * @param redrive the parsed attribute RedrivePolicy
 * @param redriveAllow the parsed attribute RedriveAllowPolicy
 */
record QueueAttributes(
    Type type,
    Map<String, String> values,
    Optional<JsonNode> policy,
    Optional<RedrivePolicy> redrive,
    RedriveAllowPolicy redriveAllow) {

  static final int MAX_VISIBILITY_TIMEOUT = 43_200;
  static final int MAX_DELAY = 900;
  static final int MAX_WAIT = 20;
  static final int MAX_MESSAGE_SIZE = 1_048_576;

  enum Type {
    STANDARD,
    FIFO
  }

  private static final String KMS_KEY = "KmsMasterKeyId";
  private static final String SQS_SSE = "SqsManagedSseEnabled";
  private static final String FIFO_QUEUE = "FifoQueue";

  private record Setting(Predicate<String> valid, Optional<String> defaultValue) {

    static Setting number(int min, int max, int defaultValue) {
      return new Setting(
          value ->
              value.matches("\\d{1,9}")
                  && min <= Integer.parseInt(value)
                  && Integer.parseInt(value) <= max,
          Optional.of(Integer.toString(defaultValue)));
    }

    static Setting oneOf(String defaultValue, String other) {
      return new Setting(
          value -> value.equals(defaultValue) || value.equals(other), Optional.of(defaultValue));
    }

    /** Unset until given, and unset again by the empty string. */
    static Setting optional(Predicate<String> valid) {
      return new Setting(valid, Optional.empty());
    }
  }

  private static final Map<String, Setting> EVERY_QUEUE =
      Map.ofEntries(
          Map.entry("VisibilityTimeout", Setting.number(0, MAX_VISIBILITY_TIMEOUT, 30)),
          Map.entry("MessageRetentionPeriod", Setting.number(60, 1_209_600, 345_600)),
          Map.entry("DelaySeconds", Setting.number(0, MAX_DELAY, 0)),
          Map.entry("ReceiveMessageWaitTimeSeconds", Setting.number(0, MAX_WAIT, 0)),
          Map.entry("MaximumMessageSize", Setting.number(1024, MAX_MESSAGE_SIZE, MAX_MESSAGE_SIZE)),
          Map.entry(SQS_SSE, Setting.oneOf("true", "false")),
          Map.entry(KMS_KEY, Setting.optional(key -> key.length() <= 2048)),
          Map.entry(
              "KmsDataKeyReusePeriodSeconds",
              Setting.optional(Setting.number(60, 86_400, 300).valid())),
          Map.entry(QueuePolicy.ATTRIBUTE, Setting.optional(parsedLater -> true)),
          Map.entry(RedrivePolicy.ATTRIBUTE, Setting.optional(parsedLater -> true)),
          Map.entry(RedriveAllowPolicy.ATTRIBUTE, Setting.optional(parsedLater -> true)));

  private static final Map<String, Setting> FIFO_ONLY =
      Map.of(
          "ContentBasedDeduplication", Setting.oneOf("false", "true"),
          "DeduplicationScope", Setting.oneOf("queue", "messageGroup"),
          "FifoThroughputLimit", Setting.oneOf("perQueue", "perMessageGroupId"));

  /** Attributes that take {@code true} and {@code false} in any case, as AWS does. */
  private static final Set<String> BOOLEANS =
      Set.of(FIFO_QUEUE, SQS_SSE, "ContentBasedDeduplication");

  private static String inLowerCase(String value) {
    return value.toLowerCase(Locale.ROOT);
  }

  /** The attributes of CreateQueue, which alone accepts FifoQueue. */
  static QueueAttributes created(Map<String, String> given) {
    Map<String, String> settable = new TreeMap<>(given);
    Optional<String> fifo =
        Optional.ofNullable(settable.remove(FIFO_QUEUE)).map(QueueAttributes::inLowerCase);
    if (fifo.isPresent() && !fifo.get().equals("true")) {
      throw SqsErrors.unknownAttribute(FIFO_QUEUE);
    }
    Type type = fifo.isPresent() ? Type.FIFO : Type.STANDARD;
    Map<String, String> defaults = new TreeMap<>();
    settings(type)
        .forEach(e -> e.getValue().defaultValue().ifPresent(v -> defaults.put(e.getKey(), v)));
    if (type == Type.FIFO) {
      defaults.put(FIFO_QUEUE, "true");
    }
    return parsed(type, defaults).with(settable);
  }

  /** These attributes with some of them replaced; the empty string unsets an optional one. */
  QueueAttributes with(Map<String, String> asGiven) {
    Map<String, String> given = new TreeMap<>(asGiven);
    given.replaceAll((name, value) -> BOOLEANS.contains(name) ? inLowerCase(value) : value);
    given.forEach(this::check);
    Map<String, String> changed = new TreeMap<>(values);
    changed.putAll(given);
    changed.values().removeIf(String::isEmpty);
    boolean kmsKey = changed.containsKey(KMS_KEY);
    if (kmsKey && "true".equals(given.get(SQS_SSE))) {
      throw SqsErrors.invalidAttributeName(
          "You can use one type of server-side encryption (SSE) at one time. You can either enable"
              + " KMS SSE or SQS SSE.");
    }
    if (kmsKey) {
      changed.put(SQS_SSE, "false");
    }
    return parsed(type, changed);
  }

  private void check(String name, String value) {
    if (name.equals(FIFO_QUEUE) && type == Type.FIFO) {
      if (!value.equals("true")) {
        throw SqsErrors.invalidAttributeValue(name, "Modifying queue type is not supported.");
      }
      return;
    }
    Setting setting =
        settings(type)
            .filter(e -> e.getKey().equals(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> SqsErrors.unknownAttribute(name));
    boolean unset = value.isEmpty() && setting.defaultValue().isEmpty();
    if (!unset && !setting.valid().test(value)) {
      throw SqsErrors.invalidAttributeValue(name, "'" + value + "' is out of range.");
    }
  }

  private static Stream<Map.Entry<String, Setting>> settings(Type type) {
    return type == Type.FIFO
        ? Stream.concat(EVERY_QUEUE.entrySet().stream(), FIFO_ONLY.entrySet().stream())
        : EVERY_QUEUE.entrySet().stream();
  }

  private static QueueAttributes parsed(Type type, Map<String, String> values) {
    return new QueueAttributes(
        type,
        Map.copyOf(values),
        Optional.ofNullable(values.get(QueuePolicy.ATTRIBUTE)).map(QueuePolicy::parse),
        Optional.ofNullable(values.get(RedrivePolicy.ATTRIBUTE)).map(RedrivePolicy::parse),
        Optional.ofNullable(values.get(RedriveAllowPolicy.ATTRIBUTE))
            .map(RedriveAllowPolicy::parse)
            .orElseGet(RedriveAllowPolicy.AllowAll::new));
  }

  /** The first attribute, by name, that a CreateQueue of an existing queue gives another value. */
  Optional<String> firstDifference(Map<String, String> given) {
    return new TreeMap<>(given)
        .entrySet().stream()
            .filter(e -> !isSame(e.getKey(), e.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private boolean isSame(String name, String given) {
    String value = BOOLEANS.contains(name) ? inLowerCase(given) : given;
    return values.getOrDefault(name, "").equals(value);
  }

  boolean fifo() {
    return type == Type.FIFO;
  }

  boolean contentBasedDeduplication() {
    return "true".equals(values.get("ContentBasedDeduplication"));
  }

  boolean deduplicatesByGroup() {
    return "messageGroup".equals(values.get("DeduplicationScope"));
  }

  Duration visibilityTimeout() {
    return seconds("VisibilityTimeout");
  }

  Duration retention() {
    return seconds("MessageRetentionPeriod");
  }

  Duration delay() {
    return seconds("DelaySeconds");
  }

  Duration receiveWait() {
    return seconds("ReceiveMessageWaitTimeSeconds");
  }

  int maximumMessageSize() {
    return number("MaximumMessageSize");
  }

  /** Every attribute name there is, those that a queue computes not included. */
  static Set<String> names() {
    return Stream.concat(settings(Type.FIFO).map(Map.Entry::getKey), Stream.of(FIFO_QUEUE))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  private int number(String name) {
    return Integer.parseInt(values.get(name));
  }
}
