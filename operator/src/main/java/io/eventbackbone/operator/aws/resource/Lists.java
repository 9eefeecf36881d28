package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.resource.ResourceKey;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** Lists of many resources, which save calls for the single ones. */
public interface Lists {

  /**
   * The rules of the rule's bus by their names; empty: describe the rule instead.
   *
   * @throws software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException when the
   *     bus does not exist
   */
  Optional<Map<String, Rule>> rulesWith(RuleKey rule);

  /** The tags of a resource; empty: ask for them instead. */
  Optional<Map<String, String>> tags(ResourceKey key);
}
