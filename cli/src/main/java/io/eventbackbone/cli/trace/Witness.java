package io.eventbackbone.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.core.resource.AccountScope;
import io.eventbackbone.core.resource.ResourceKey.EventBusKey;
import io.eventbackbone.core.resource.ResourceKey.QueueKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.time.Instant;
import java.util.List;

/** Looks at AWS with the caller's rights. No look changes anything that others see. */
public interface Witness {

  /**
   * An event in an audit log.
   *
   * @param group log group
   * @param stream log stream
   * @param logged when it was logged
   * @param event as EventBridge has it
   */
  record Logged(String group, String stream, Instant logged, ObjectNode event) {}

  /**
   * A rule as it is.
   *
   * @param pattern its event pattern
   */
  record RuleState(boolean isEnabled, ObjectNode pattern, int targets) {}

  /**
   * A queue as it is.
   *
   * @param waiting messages that can be received
   * @param inFlight messages that were received and not yet deleted
   * @param policy of the queue; without a statement there is none
   */
  record QueueState(int waiting, int inFlight, JsonNode policy) {}

  /**
   * A message of a dead-letter queue.
   *
   * @param ruleArn of the rule that could not deliver it; empty in a consumer's dead-letter queue
   * @param error why it could not, by EventBridge's code and message
   * @param event the body
   */
  record Letter(String ruleArn, String error, JsonNode event) {}

  /**
   * Events of an audit log that have a text in them, oldest first.
   *
   * @param text an id
   */
  View<List<Logged>> log(AccountScope scope, String group, String text, Instant since);

  /** A rule, by its key. */
  View<RuleState> rule(RuleKey rule);

  /** The resource policy of a bus; without a statement there is none. */
  View<JsonNode> policy(EventBusKey bus);

  View<QueueState> queue(QueueKey queue);

  /** Messages of a dead-letter queue; {@link View.Unseen} where looking was not asked for. */
  View<List<Letter>> letters(QueueKey queue);
}
