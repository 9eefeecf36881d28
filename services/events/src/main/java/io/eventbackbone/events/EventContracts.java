package io.eventbackbone.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the data of events to the schemas on the class path, before a transaction keeps them to be
 * sent. The schema of {@code Order.Created} is the resource {@code event-types/Order.Created.json}:
 * the version of the EventType that the service writes. A detail type without such a resource
 * passes.
 */
public final class EventContracts {

  /** What happens to an event that breaks its contract. */
  public enum Mode {
    /** Nobody looks. */
    OFF,
    /** It is logged and sent. */
    WARN,
    /** It is not sent. */
    ENFORCE
  }

  /** The variable with the mode; {@code off} if it is missing. */
  public static final String VARIABLE = "EVENT_CONTRACTS";

  private static final Logger LOG = LoggerFactory.getLogger(EventContracts.class);

  private static final int SHOWN = 5;

  private final Mode mode;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Optional<Schema>> schemas = new ConcurrentHashMap<>();

  public EventContracts(Mode mode) {
    this.mode = mode;
  }

  /**
   * Reads the mode.
   *
   * @throws IllegalStateException when the variable has another value than off, warn or enforce
   */
  public static EventContracts of(Map<String, String> environment) {
    String written = environment.getOrDefault(VARIABLE, "off");
    return Arrays.stream(Mode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(written))
        .findFirst()
        .map(EventContracts::new)
        .orElseThrow(() ->
            new IllegalStateException(
                "environment variable %s is %s: write off, warn or enforce"
                    .formatted(VARIABLE, written)));
  }

  /**
   * Checks an event.
   *
   * @throws ContractViolationException when it breaks its contract, and contracts are enforced
   */
  void check(OutgoingEvent event) {
    if (mode == Mode.OFF) {
      return;
    }
    schemas
        .computeIfAbsent(event.detailType(), this::read)
        .flatMap(schema -> violation(schema, event))
        .ifPresent(message -> {
          if (mode == Mode.ENFORCE) {
            throw new ContractViolationException(message);
          }
          LOG.warn("{}", message);
        });
  }

  private Optional<Schema> read(String detailType) {
    String name = "event-types/%s.json".formatted(detailType);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream resource = loader.getResourceAsStream(name)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(
              registry.getSchema(
                  new String(resource.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }

  private static Optional<String> violation(Schema schema, OutgoingEvent event) {
    JsonNode data = EventJson.MAPPER.valueToTree(event.envelope().data());
    List<Error> errors =
        schema.validate(
            data,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s breaks its contract: %s"
                .formatted(
                    event.detailType(), event.envelope().metadata().id(), described(errors)));
  }

  /** Keywords and places: the validator's own messages may have values. */
  private static String described(List<Error> errors) {
    String first =
        errors.stream()
            .limit(SHOWN)
            .map(error ->
                "data%s violates %s%s"
                    .formatted(
                        error.getInstanceLocation(),
                        error.getKeyword(),
                        error.getProperty() == null ? "" : " of " + error.getProperty()))
            .collect(Collectors.joining("; "));
    return errors.size() <= SHOWN
        ? first
        : "%s; and %d more".formatted(first, errors.size() - SHOWN);
  }
}
