package io.eventbackbone.sandbox.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Members;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The attributes of a message beside its body: typed values by name. */
record MessageAttributes(SortedMap<String, Value> byName) {

  /** Transport types of the checksum: SQS Developer Guide, "Calculating the MD5 message digest". */
  private static final int TEXT_TRANSPORT = 1;

  private static final int BINARY_TRANSPORT = 2;

  private static final int MAX_ATTRIBUTES = 10;

  /** AWS takes Latin letters with diacritics, too, as recorded by others. */
  private static final Pattern NAME =
      Pattern.compile("(?!(?i:AWS\\.|Amazon\\.))[\\w.\\u00C0-\\u017F-]{1,256}");

  private static final Pattern DATA_TYPE = Pattern.compile("(String|Number|Binary)(\\..{1,249})?");

  /**
   * @param dataType {@code String}, {@code Number} or {@code Binary}, with an optional suffix
   * @param value as in a request: binary values in base64
   */
  record Value(String dataType, String value) {

    boolean binary() {
      return dataType.startsWith("Binary");
    }

    byte[] bytes() {
      return binary() ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8);
    }

    ObjectNode toJson() {
      return Json.object()
          .put("DataType", dataType)
          .put(binary() ? "BinaryValue" : "StringValue", value);
    }
  }

  static MessageAttributes texts(Map<String, String> texts) {
    SortedMap<String, Value> values = new TreeMap<>();
    texts.forEach((name, text) -> values.put(name, new Value("String", text)));
    return new MessageAttributes(values);
  }

  /** Reads a request's member MessageAttributes, which may be missing. */
  static MessageAttributes parse(Map<String, Members> json) {
    if (json.size() > MAX_ATTRIBUTES) {
      throw SqsErrors.invalidParameter(
          "Number of message attributes [%d] exceeds the allowed maximum [%d]."
              .formatted(json.size(), MAX_ATTRIBUTES));
    }
    SortedMap<String, Value> values = new TreeMap<>();
    json.forEach((name, attribute) -> values.put(name, value(name, attribute)));
    return new MessageAttributes(values);
  }

  private static Value value(String name, Members json) {
    if (!NAME.matcher(name).matches()) {
      throw SqsErrors.invalidParameter(
          "Message (user) attribute name '%s' is invalid: letters, digits, '_', '-' and '.', not"
                  .formatted(name)
              + " more than 256, and neither 'AWS.' nor 'Amazon.' in front.");
    }
    String dataType = json.text("DataType").orElse("");
    if (!DATA_TYPE.matcher(dataType).matches()) {
      throw SqsErrors.invalidParameter(
          "The type of message (user) attribute '%s' is invalid. You must use only the following"
                  .formatted(name)
              + " supported type prefixes: Binary, Number, String.");
    }
    String member = dataType.startsWith("Binary") ? "BinaryValue" : "StringValue";
    Value value = new Value(dataType, json.text(member).orElse(""));
    if (value.value().isEmpty()) {
      throw SqsErrors.invalidParameter(
          "Message (user) attribute '%s' must contain a non-empty value of type '%s'."
              .formatted(name, dataType));
    }
    checkEncoding(name, value);
    if (!value.binary() && Draft.hasForbiddenCharacter(value.value())) {
      throw SqsErrors.invalidParameter(
          "Invalid binary character was found in the value of message (user) attribute '%s'."
              .formatted(name));
    }
    return value;
  }

  private static void checkEncoding(String name, Value value) {
    try {
      value.bytes();
    } catch (IllegalArgumentException notBase64) {
      throw SqsErrors.invalidParameter(
          "The value of message (user) attribute '" + name + "' is not base64.");
    }
  }

  /**
   * Those that a receiver asks for.
   *
   * @param names exact ones, {@code All}, or prefixes that end with {@code .*}
   */
  MessageAttributes requested(Collection<String> names) {
    SortedMap<String, Value> requested = new TreeMap<>(byName);
    requested.keySet().removeIf(name -> names.stream().noneMatch(asked -> asks(asked, name)));
    return new MessageAttributes(requested);
  }

  private static boolean asks(String asked, String name) {
    return asked.equals("All")
        || asked.equals("*")
        || asked.equals(name)
        || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
  }

  /** Bytes that the attributes add to the size of a message. */
  int size() {
    return byName.entrySet().stream()
        .mapToInt(e ->
            e.getKey().getBytes(StandardCharsets.UTF_8).length
                + e.getValue().dataType().length()
                + e.getValue().bytes().length)
        .sum();
  }

  /** The checksum that SDKs verify; none when there are no attributes. */
  Optional<String> md5() {
    if (byName.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream digested = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(digested)) {
      for (Map.Entry<String, Value> attribute : byName.entrySet()) {
        Value value = attribute.getValue();
        writeSized(out, attribute.getKey().getBytes(StandardCharsets.UTF_8));
        writeSized(out, value.dataType().getBytes(StandardCharsets.UTF_8));
        out.writeByte(value.binary() ? BINARY_TRANSPORT : TEXT_TRANSPORT);
        writeSized(out, value.bytes());
      }
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return Optional.of(Digests.md5(digested.toByteArray()));
  }

  private static void writeSized(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    byName.forEach((name, value) -> json.set(name, value.toJson()));
    return json;
  }
}
