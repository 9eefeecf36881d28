package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule with its targets. The owner's tags are the rule's.
 *
 * @param pattern event pattern as compact JSON
 * @param targets each with an Id of its own
 * @param unmanaged observed: attributes that the operator keeps
 */
public record Rule(
    RuleKey key, String pattern, State state, Set<Target> targets, UnmanagedAttributes unmanaged)
    implements AwsResource {

  /** Whether a rule matches events. */
  public enum State {
    ENABLED,
    DISABLED
  }

  /**
   * Attributes that the operator does not set. PutRule replaces every attribute, so the operator
   * sends these again.
   *
   * @param roleArn the role for targets that name none
   */
  public record UnmanagedAttributes(Optional<String> description, Optional<String> roleArn) {

    public static final UnmanagedAttributes NONE =
        new UnmanagedAttributes(Optional.empty(), Optional.empty());
  }

  /**
   * The destination of a rule's events.
   *
   * @param roleArn the role that EventBridge assumes to reach the target; an event bus needs one
   * @param deadLetterArn standard queue for events that EventBridge can't deliver
   * @param messageGroupId of a FIFO queue
   * @param input observed: Input, InputPath or InputTransformer, which replace the event
   */
  public record Target(
      String id,
      String arn,
      Optional<String> roleArn,
      Optional<String> deadLetterArn,
      Optional<String> messageGroupId,
      Optional<String> input) {

    /** A target that receives events unchanged. */
    public Target(
        String id,
        String arn,
        Optional<String> roleArn,
        Optional<String> deadLetterArn,
        Optional<String> messageGroupId) {
      this(id, arn, roleArn, deadLetterArn, messageGroupId, Optional.empty());
    }
  }

  public Rule {
    targets = AwsResource.inOrder(targets, Target::id);
  }

  /** A wanted rule; its unmanaged attributes stay as they are. */
  public Rule(RuleKey key, String pattern, State state, Set<Target> targets) {
    this(key, pattern, state, targets, UnmanagedAttributes.NONE);
  }

  /** Whether a target has an Id that the operator does not give. */
  public boolean hasTargetsOfOthers() {
    return !withTargetsOfOthers().targets().isEmpty();
  }

  /** This rule without the operator's target. */
  public Rule withTargetsOfOthers() {
    return new Rule(
        key,
        pattern,
        state,
        targets.stream()
            .filter(target -> !target.id().equals(Names.TARGET_ID))
            .collect(Collectors.toUnmodifiableSet()),
        unmanaged);
  }
}
