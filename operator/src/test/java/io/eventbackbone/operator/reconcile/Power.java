package io.eventbackbone.operator.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What keeps a simulated process running, up to a certain write to AWS or Kubernetes. Of a thread,
 * since the AWS SDK's interceptors know nothing else.
 */
final class Power {

  /** When the process ends: the write was never sent, or nobody saw its answer. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** The write that the process does not outlive, counted from 0. */
  record End(int write, Moment moment) {}

  /** Of the Errors that nothing in the process catches to go on, as of a JVM that ends. */
  static final class Ended extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  private static final ThreadLocal<Power> OF_THREAD = ThreadLocal.withInitial(Power::steady);

  private final Optional<End> end;
  private final List<String> writes = new ArrayList<>();

  private Power(Optional<End> end) {
    this.end = end;
  }

  static Power steady() {
    return new Power(Optional.empty());
  }

  static Power until(End end) {
    return new Power(Optional.of(end));
  }

  static Power ofThread() {
    return OF_THREAD.get();
  }

  /** Supplies the process that runs on this thread from now on. */
  void turnOn() {
    OF_THREAD.set(this);
  }

  /** The writes so far, each by what it writes. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  <T> T write(String what, Supplier<T> write) {
    before(what);
    T written = write.get();
    after();
    return written;
  }

  void before(String what) {
    writes.add(what);
    endIf(Moment.BEFORE);
  }

  void after() {
    endIf(Moment.AFTER);
  }

  private void endIf(Moment moment) {
    if (end.isPresent() && end.get().equals(new End(writes.size() - 1, moment))) {
      throw new Ended();
    }
  }
}
