package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.LogGroupKey;
import java.util.Optional;

/**
 * A CloudWatch Logs log group, for events or for the log of a bus.
 *
 * @param retentionInDays wanted; empty: the operator does not set it. Observed; empty: nothing
 *     expires
 * @param isEmpty observed: AWS counts no stored bytes
 */
public record LogGroup(LogGroupKey key, Optional<Integer> retentionInDays, boolean isEmpty)
    implements AwsResource {

  private static final int RETENTION_OF_NEW_IN_DAYS = 7;

  /** A wanted log group. */
  public LogGroup(LogGroupKey key, Optional<Integer> retentionInDays) {
    this(key, retentionInDays, false);
  }

  /** This log group as the operator creates it: without a retention AWS would keep all records. */
  public LogGroup whenNew() {
    return new LogGroup(key, retentionInDays.or(() -> Optional.of(RETENTION_OF_NEW_IN_DAYS)));
  }

  /** Whether CreateLogGroup alone may have left it like this. */
  public boolean isUntouched() {
    return retentionInDays.isEmpty() && isEmpty;
  }

  /** Whether the resource sends records to this log group. */
  public boolean isWrittenBy(AwsResource resource) {
    return switch (resource) {
      case Rule rule -> rule.targets().stream().map(Rule.Target::arn).anyMatch(key.arn()::equals);
      case DeliveryDestination destination ->
          destination.destinationResourceArn().equals(key.arn());
      case EventBus bus -> false;
      case BusPolicy policy -> false;
      case Queue queue -> false;
      case LogGroup logGroup -> false;
      case LogResourcePolicy policy -> false;
      case Archive archive -> false;
      case Discoverer discoverer -> false;
      case DeliverySource source -> false;
      case Delivery delivery -> false;
      case SchemaRegistry registry -> false;
      case SchemaRegistry.Schema schema -> false;
    };
  }
}
