package io.eventbackbone.operator.aws.resource;

import io.eventbackbone.core.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.model.Rule;

/** What lists tell of many resources at once; what they don't tell is to be asked for by itself. */
public interface Lists {

  /**
   * The rules of a bus by their names, if a list can tell about the given one of them.
   *
   * @throws software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException when there
   *     is no such bus
   */
  Optional<Map<String, Rule>> rules(String bus, ResourceKey rule);

  /** The tags of a resource, if a list has it. */
  Optional<Map<String, String>> tags(ResourceKey key);
}
