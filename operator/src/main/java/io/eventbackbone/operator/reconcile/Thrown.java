package io.eventbackbone.operator.reconcile;

import java.util.function.Supplier;

/** What a reconciliation throws. */
final class Thrown {

  private Thrown() {}

  /**
   * Runs what throws Exceptions only. java-operator-sdk catches nothing else: after an Error it
   * would never reconcile the object again, and never say so.
   *
   * @throws IllegalStateException for an Error after which the process can go on
   */
  static <T> T asException(Supplier<T> reconciliation) {
    try {
      return reconciliation.get();
    } catch (StackOverflowError e) {
      throw new IllegalStateException(e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new IllegalStateException(e);
    }
  }
}
