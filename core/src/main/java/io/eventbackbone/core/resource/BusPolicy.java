package io.eventbackbone.core.resource;

import io.eventbackbone.core.resource.ResourceKey.BusPolicyKey;
import java.util.Set;

/**
 * The operator's statements in the policy of a bus.
 *
 * @param othersCharacters observed: characters of the statements that the operator did not write
 */
public record BusPolicy(BusPolicyKey key, Set<PolicyStatement> statements, int othersCharacters)
    implements AwsResource {
  public BusPolicy {
    statements = AwsResource.inOrder(statements, PolicyStatement::sid);
  }

  /** Wanted statements; the statements of others stay as they are. */
  public BusPolicy(BusPolicyKey key, Set<PolicyStatement> statements) {
    this(key, statements, 0);
  }
}
