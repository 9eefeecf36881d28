package io.eventbackbone.core.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An AWS resource with the attributes that the operator sets, the same for what is wanted and for
 * what was observed. Names, attributes and units are those of the AWS APIs.
 */
public sealed interface AwsResource {

  ResourceKey key();

  /** Sets are kept in order, so that equal resources have equal texts in every process. */
  private static <T> Set<T> inOrder(Set<T> elements, Function<T, String> key) {
    return elements.stream()
        .sorted(Comparator.comparing(key))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /**
   * An event bus. One that was observed has all attributes.
   *
   * @param encryption wanted; empty: as it is
   * @param logConfig wanted; empty: as it is
   */
  record EventBus(
      AccountScope scope,
      String name,
      Optional<EncryptionKey> encryption,
      Optional<LogConfig> logConfig)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.EVENT_BUS, scope, name);
    }

    /** Whether the log that the bus writes needs something of that key to be delivered. */
    public boolean needs(ResourceKey delivering) {
      LogConfig config = logConfig.orElse(LogConfig.OFF);
      return delivering.type() == ResourceKey.Type.BUS_LOG_GROUP
          ? !config.isOff()
          : config.level().logTypes().stream()
              .flatMap(type -> BusLog.deliveryKeys(key(), type).stream())
              .anyMatch(delivering::equals);
    }
  }

  /**
   * What encrypts a bus at rest.
   *
   * @param kmsKeyIdentifier customer's key; empty: the key that AWS owns
   */
  record EncryptionKey(Optional<String> kmsKeyIdentifier) {

    public static final EncryptionKey OWNED_BY_AWS = new EncryptionKey(Optional.empty());

    public static EncryptionKey ofCustomer(String kmsKeyIdentifier) {
      return new EncryptionKey(Optional.of(kmsKeyIdentifier));
    }
  }

  /**
   * What a bus logs of the processing of its events. It names no destination; deliveries do.
   *
   * @param includeDetail whether the records have the events themselves
   */
  record LogConfig(LogLevel level, IncludeDetail includeDetail) {

    /** Of a bus that never was told to log anything, too. */
    public static final LogConfig OFF = new LogConfig(LogLevel.OFF, IncludeDetail.NONE);

    /** Of what is not logged there are no details. */
    public LogConfig {
      includeDetail = level == LogLevel.OFF ? IncludeDetail.NONE : includeDetail;
    }

    public boolean isOff() {
      return level == LogLevel.OFF;
    }
  }

  /** How much a bus logs. */
  enum LogLevel {
    OFF,
    ERROR,
    INFO,
    TRACE;

    /** Each level has the records of those before it, which are delivered as types of their own. */
    List<LogType> logTypes() {
      return Stream.of(LogType.values()).filter(type -> type.level.compareTo(this) <= 0).toList();
    }
  }

  /** Whether a bus's log has the events themselves. */
  enum IncludeDetail {
    NONE,
    FULL
  }

  /** The records of a bus's log that have one level, as delivery sources call them. */
  enum LogType {
    ERROR_LOGS(LogLevel.ERROR),
    INFO_LOGS(LogLevel.INFO),
    TRACE_LOGS(LogLevel.TRACE);

    private final LogLevel level;

    LogType(LogLevel level) {
      this.level = level;
    }
  }

  /**
   * The operator's part of a bus's policy.
   *
   * @param statements the operator's own
   * @param othersCharacters of the statements of others, which stay as they are
   */
  record BusPolicy(
      AccountScope scope, String bus, Set<PolicyStatement> statements, int othersCharacters)
      implements AwsResource {
    public BusPolicy {
      statements = inOrder(statements, PolicyStatement::sid);
    }

    /** A part that is wanted, whatever others have beside it. */
    public BusPolicy(AccountScope scope, String bus, Set<PolicyStatement> statements) {
      this(scope, bus, statements, 0);
    }

    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.BUS_POLICY, scope, bus);
    }
  }

  /** Whether a rule matches events. */
  enum RuleState {
    ENABLED,
    DISABLED
  }

  /**
   * What others set of a rule. PutRule replaces all attributes, so it is sent to keep it.
   *
   * @param roleArn for targets that name none
   */
  record OthersAttributes(Optional<String> description, Optional<String> roleArn) {

    /** Of a rule that nobody else changed. */
    public static final OthersAttributes NONE =
        new OthersAttributes(Optional.empty(), Optional.empty());
  }

  /**
   * A rule with its targets; the tags are the owner's.
   *
   * @param pattern as compact JSON
   * @param targets by their Ids
   * @param others observed: what stays as it is
   */
  record Rule(
      AccountScope scope,
      String bus,
      String name,
      String pattern,
      RuleState state,
      Set<Target> targets,
      OthersAttributes others)
      implements AwsResource {
    public Rule {
      targets = inOrder(targets, Target::id);
    }

    /** A rule that is wanted, whatever others set of it. */
    public Rule(
        AccountScope scope,
        String bus,
        String name,
        String pattern,
        RuleState state,
        Set<Target> targets) {
      this(scope, bus, name, pattern, state, targets, OthersAttributes.NONE);
    }

    @Override
    public ResourceKey key() {
      return ResourceKey.rule(scope, bus, name);
    }

    /** Whether a target has an Id that the operator does not give. */
    public boolean hasTargetsOfOthers() {
      return !withTargetsOfOthers().targets().isEmpty();
    }

    /** The same with these targets alone. */
    public Rule withTargetsOfOthers() {
      return new Rule(
          scope,
          bus,
          name,
          pattern,
          state,
          targets.stream()
              .filter(target -> !target.id().equals(Names.TARGET_ID))
              .collect(Collectors.toUnmodifiableSet()),
          others);
    }
  }

  /**
   * Where a rule sends events.
   *
   * @param roleArn what EventBridge assumes to reach it; buses need one
   * @param deadLetterArn standard queue for what can't be delivered
   * @param messageGroupId of FIFO queues
   * @param input what is sent instead of the event (Input, InputPath or InputTransformer)
   */
  record Target(
      String id,
      String arn,
      Optional<String> roleArn,
      Optional<String> deadLetterArn,
      Optional<String> messageGroupId,
      Optional<String> input) {

    /** A target that gets events as they are. */
    public Target(
        String id,
        String arn,
        Optional<String> roleArn,
        Optional<String> deadLetterArn,
        Optional<String> messageGroupId) {
      this(id, arn, roleArn, deadLetterArn, messageGroupId, Optional.empty());
    }
  }

  /** What a queue is for good. */
  enum QueueKind {
    STANDARD,
    FIFO
  }

  /**
   * An SQS queue. One that was observed has all attributes.
   *
   * @param name ends with {@code .fifo} if it is a FIFO queue, and never otherwise
   * @param contentBasedDeduplication of FIFO queues, which refuse EventBridge's messages without it
   * @param visibilityTimeoutSeconds wanted; empty: as it is
   * @param redrive wanted; empty: as it is
   * @param statements wanted: the operator's part of its policy. Observed: all, of which those with
   *     another Sid stay as they are
   */
  record Queue(
      AccountScope scope,
      String name,
      boolean contentBasedDeduplication,
      Optional<Integer> visibilityTimeoutSeconds,
      int messageRetentionSeconds,
      Optional<Redrive> redrive,
      Set<PolicyStatement> statements)
      implements AwsResource {
    public Queue {
      statements = inOrder(statements, PolicyStatement::sid);
    }

    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.QUEUE, scope, name);
    }

    /** The name of a FIFO queue must end so (SQS API Reference, CreateQueue). */
    public QueueKind kind() {
      return name.endsWith(".fifo") ? QueueKind.FIFO : QueueKind.STANDARD;
    }
  }

  /** When a message leaves its queue, and for which. */
  record Redrive(String deadLetterTargetArn, int maxReceiveCount) {}

  /**
   * A CloudWatch Logs log group, of events or of a bus's own log.
   *
   * @param retentionInDays wanted; empty: as it is. Observed; empty: nothing expires
   * @param isEmpty observed: nothing was logged yet, as far as AWS has counted
   */
  record LogGroup(ResourceKey key, Optional<Integer> retentionInDays, boolean isEmpty)
      implements AwsResource {

    private static final int RETENTION_OF_NEW_IN_DAYS = 7;

    /** A group that is wanted, whatever is logged in it. */
    public LogGroup(ResourceKey key, Optional<Integer> retentionInDays) {
      this(key, retentionInDays, false);
    }

    /** As it is made: AWS would keep everything for ever. */
    public LogGroup whenNew() {
      return new LogGroup(key, retentionInDays.or(() -> Optional.of(RETENTION_OF_NEW_IN_DAYS)));
    }

    /** Whether it is as CreateLogGroup leaves it. */
    public boolean isUntouched() {
      return retentionInDays.isEmpty() && isEmpty;
    }

    /** Whether the other resource has something logged in it. */
    public boolean isWrittenBy(AwsResource other) {
      return other instanceof Rule rule
          ? rule.targets().stream().map(Target::arn).anyMatch(key.arn()::equals)
          : other instanceof DeliveryDestination destination
              && destination.destinationResourceArn().equals(key.arn());
    }
  }

  /**
   * A resource policy of CloudWatch Logs, of which an account has at most ten. It can't be tagged:
   * its name says whose it is.
   */
  record LogResourcePolicy(AccountScope scope, String name, ObjectNode document)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.LOG_RESOURCE_POLICY, scope, name);
    }
  }

  /**
   * An archive of a bus. It can't be tagged: its description holds the owner.
   *
   * @param retentionDays 0: for ever
   * @param pattern of the events that are kept, as compact JSON; empty: all
   */
  record Archive(
      AccountScope scope,
      String name,
      String eventSourceArn,
      int retentionDays,
      Optional<String> pattern,
      String description)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.ARCHIVE, scope, name);
    }

    /** The same with another description. */
    public Archive describedAs(String text) {
      return new Archive(scope, name, eventSourceArn, retentionDays, pattern, text);
    }
  }

  /** Whether a discoverer looks at events. */
  enum DiscovererState {
    STARTED,
    STOPPED
  }

  /**
   * What discovers the schemas of a bus's events. AWS gives it an id that nobody can choose; since
   * a bus has one at most, its bus tells which it is.
   *
   * @param crossAccount whether events that come from other accounts are looked at
   */
  record Discoverer(
      AccountScope scope,
      String bus,
      String description,
      boolean crossAccount,
      DiscovererState state)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.DISCOVERER, scope, bus);
    }
  }

  /**
   * What of a resource CloudWatch Logs delivers. All of it is fixed once it is made.
   *
   * @param resourceArn of the resource that writes the log
   */
  record DeliverySource(AccountScope scope, String name, String resourceArn, String logType)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.DELIVERY_SOURCE, scope, name);
    }
  }

  /** Where CloudWatch Logs delivers to: a log group. */
  record DeliveryDestination(AccountScope scope, String name, String destinationResourceArn)
      implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.DELIVERY_DESTINATION, scope, name);
    }
  }

  /**
   * The delivery from a source to a log group. AWS gives it an id that nobody can choose; since a
   * source has one delivery to log groups at most, its source tells which it is.
   */
  record Delivery(AccountScope scope, String source, String destinationArn) implements AwsResource {
    @Override
    public ResourceKey key() {
      return new ResourceKey(ResourceKey.Type.DELIVERY, scope, source);
    }
  }
}
