package io.eventbackbone.api.v1alpha1;

/**
 * Equals a status that nobody has written yet, so that it is not serialised: what the API server
 * does not have must not look as if it had, or a patch would change what is not there.
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
