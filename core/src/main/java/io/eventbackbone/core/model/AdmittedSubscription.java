package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.core.pattern.EventPattern;
import io.eventbackbone.core.resource.Names;
import io.eventbackbone.core.resource.Queue;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * A subscription that its bus admits, with its compiled filter.
 *
 * @param pattern of its rule
 * @param warnings violations of the backbone's conventions, and likely mistakes
 */
public record AdmittedSubscription(
    EventSubscription resource, AdmittedBus bus, EventPattern pattern, List<String> warnings) {

  public AdmittedSubscription {
    warnings = List.copyOf(warnings);
  }

  /** The same subscription with more warnings. */
  public AdmittedSubscription warned(List<String> more) {
    return new AdmittedSubscription(
        resource, bus, pattern, Stream.concat(warnings.stream(), more.stream()).toList());
  }

  /** A subscription that is being deleted; its filter does not matter any more. */
  public static AdmittedSubscription leaving(EventSubscription resource, AdmittedBus bus) {
    return new AdmittedSubscription(resource, bus, EventPattern.EVERYTHING, List.of());
  }

  public Queue.Kind queueKind() {
    return resource.getSpec().queue().fifo() ? Queue.Kind.FIFO : Queue.Kind.STANDARD;
  }

  public QueueKey queueKey() {
    return new QueueKey(bus.scope(), Names.subscriptionQueue(namespace(), name(), queueKind()));
  }

  public QueueKey deadLetterQueueKey() {
    return new QueueKey(
        bus.scope(), Names.subscriptionDeadLetterQueue(namespace(), name(), queueKind()));
  }

  public RuleKey ruleKey() {
    return ruleKey(resource, bus);
  }

  public static RuleKey ruleKey(EventSubscription subscription, AdmittedBus bus) {
    return bus.busKey()
        .rule(
            Names.subscriptionRule(
                subscription.getMetadata().getNamespace(), subscription.getMetadata().getName()));
  }

  private String namespace() {
    return resource.getMetadata().getNamespace();
  }

  private String name() {
    return resource.getMetadata().getName();
  }
}
