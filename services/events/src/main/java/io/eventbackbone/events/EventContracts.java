package io.eventbackbone.events;

import io.eventbackbone.events.ContractFolder.Contracts;
import io.eventbackbone.events.ContractFolder.UnknownType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the data of events to their contracts, before a transaction keeps them to be sent.
 *
 * <p>The schema of {@code Order.Created} is the resource {@code event-types/Order.Created.json} of
 * the class path: the version of the EventType that the service writes. A detail type without such
 * a resource has the contract of the mounted folder, if there is one, and keeps it if a listed
 * version accepts its data. The folder also tells what to do with a detail type that has no
 * contract. Without the folder such an event passes.
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

  /** The variable with the folder where the ConfigMap with contracts is mounted, if it is. */
  public static final String FOLDER = "EVENT_CONTRACTS_DIR";

  /** What a look at an event brought. */
  private sealed interface Finding {

    /** Nothing to tell. */
    record Fine() implements Finding {}

    /** It is sent in any mode. */
    record Doubtful(String why) implements Finding {}

    /** It is not sent if contracts are enforced. */
    record Broken(String why) implements Finding {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventContracts.class);

  private final Mode mode;
  private final Optional<ContractFolder> folder;
  private final Map<String, Optional<Contract>> onClassPath = new ConcurrentHashMap<>();

  /**
   * @param folder where the ConfigMap with contracts is mounted
   */
  public EventContracts(Mode mode, Optional<Path> folder) {
    this.mode = mode;
    this.folder = folder.map(ContractFolder::new);
  }

  /**
   * Reads the mode and the folder.
   *
   * @throws IllegalStateException when the mode is another than off, warn or enforce
   */
  public static EventContracts of(Map<String, String> environment) {
    String written = environment.getOrDefault(VARIABLE, "off");
    Optional<Path> folder =
        Optional.ofNullable(environment.get(FOLDER)).filter(it -> !it.isBlank()).map(Path::of);
    return Arrays.stream(Mode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(written))
        .findFirst()
        .map(mode -> new EventContracts(mode, folder))
        .orElseThrow(() ->
            new IllegalStateException(
                "environment variable %s is %s: write off, warn or enforce"
                    .formatted(VARIABLE, written)));
  }

  /**
   * Checks an event.
   *
   * @throws ContractViolationException when it breaks its contract, or has none although the
   *     backbone asks for one, and contracts are enforced
   */
  void check(OutgoingEvent event) {
    if (mode == Mode.OFF) {
      return;
    }
    switch (look(event)) {
      case Finding.Fine fine -> {}
      case Finding.Doubtful(String why) -> LOG.warn("{}", told(event, why));
      case Finding.Broken(String why) -> {
        if (mode == Mode.ENFORCE) {
          throw new ContractViolationException(told(event, why));
        }
        LOG.warn("{}", told(event, why));
      }
    }
  }

  private static String told(OutgoingEvent event, String why) {
    return "%s %s %s".formatted(event.detailType(), event.envelope().metadata().id(), why);
  }

  private Finding look(OutgoingEvent event) {
    Optional<Contract> compiled =
        onClassPath.computeIfAbsent(event.detailType(), EventContracts::read);
    if (compiled.isPresent() || folder.isEmpty()) {
      return held(event, compiled);
    }
    Contracts mounted = folder.get().contracts();
    Optional<Contract> contract =
        Optional.ofNullable(mounted.byDetailType().get(event.detailType()));
    return contract.isPresent() ? held(event, contract) : unknown(mounted.unknownType());
  }

  private static Finding held(OutgoingEvent event, Optional<Contract> contract) {
    return contract
        .flatMap(it -> it.violation(event))
        .<Finding>map(Finding.Broken::new)
        .orElseGet(Finding.Fine::new);
  }

  private static Finding unknown(UnknownType convention) {
    return switch (convention) {
      case UnknownType.Allow allowed -> new Finding.Fine();
      case UnknownType.Warn(String why) -> new Finding.Doubtful(why);
      case UnknownType.Refuse(String why) -> new Finding.Broken(why);
    };
  }

  private static Optional<Contract> read(String detailType) {
    String name = "event-types/%s.json".formatted(detailType);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream resource = loader.getResourceAsStream(name)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(Contract.of(List.of(EventJson.MAPPER.readTree(resource))));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }
}
