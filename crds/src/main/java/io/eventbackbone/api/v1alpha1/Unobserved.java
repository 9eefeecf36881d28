package io.eventbackbone.api.v1alpha1;

/**
 * Equals a status that nobody has written yet, so that Jackson leaves it out. The API server does
 * not have such a status, and a patch must not change a missing one.
 */
final class Unobserved {

  @Override
  public boolean equals(Object other) {
    return other == null
        || (other instanceof ConditionedStatus status && status.observedGeneration() == null);
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
