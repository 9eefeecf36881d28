package io.eventbackbone.operator.plan;

import io.eventbackbone.operator.topology.AwsResource;
import io.eventbackbone.operator.topology.Owner;
import io.eventbackbone.operator.topology.ResourceKey;
import java.util.List;

/** One step of a plan. Every step may be repeated: a step that was already done changes nothing. */
public sealed interface Change {

  ResourceKey key();

  /** Makes what is missing, tagged with its owner. */
  record Create(AwsResource wanted, Owner owner) implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }
  }

  /** Brings attributes of the owner's resource to what is wanted, in place. */
  record Update(AwsResource wanted, AwsResource observed, List<Difference> differences)
      implements Change {
    @Override
    public ResourceKey key() {
      return wanted.key();
    }
  }

  /** Tags a resource that nobody owns as the owner's. Its attributes are a change of their own. */
  record Adopt(ResourceKey key, Owner owner) implements Change {}

  /** Takes the owner's tags off a resource and keeps it. */
  record Release(ResourceKey key) implements Change {}

  /** Deletes a resource of the owner. */
  record Delete(AwsResource observed) implements Change {
    @Override
    public ResourceKey key() {
      return observed.key();
    }
  }

  /** What differs, as texts for people. */
  record Difference(String attribute, String from, String to) {}
}
