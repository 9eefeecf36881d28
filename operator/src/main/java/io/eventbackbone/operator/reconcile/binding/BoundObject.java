package io.eventbackbone.operator.reconcile.binding;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object that the operator keeps beside a subscription, for the workloads that bind to it. */
sealed interface BoundObject<T extends HasMetadata> permits Binding, BoundContracts {

  /** The owner of an object that has this one's name. */
  sealed interface Ownership {

    /** The subscription, or an earlier subscription of its name. */
    record Own() implements Ownership {}

    /**
     * Nothing proves that the object is the subscription's.
     *
     * @param why half a sentence
     */
    record SomebodyElses(String why) implements Ownership {}
  }

  BoundOwner owner();

  /** The object to create. */
  T wanted();

  /** The owner of an object that was found under this name. */
  Ownership ownershipOf(T found);

  /** Whether the object is as it should be. */
  boolean isIn(T found);

  /**
   * A JSON merge patch that makes the object what it should be, if it still has the version that
   * was read. Labels, annotations and owners that others added stay.
   */
  T repair(T found);
}
