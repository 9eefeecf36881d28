package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.api.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and a scheduler of one thread: time passes only where work waits for it. */
final class VirtualTime extends Clock implements Scheduler {

  private record Task(Instant due, long number, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private long tasksMade;

  @Override
  public void after(Duration delay, Runnable work) {
    tasks.add(new Task(now.plus(delay), tasksMade++, work));
  }

  /** Works until nothing is left to do, however late that is. */
  void runAll() {
    while (!tasks.isEmpty()) {
      Task task = tasks.remove();
      now = task.due();
      task.work().run();
    }
  }

  /** Runs the work that is due now. */
  void runDue() {
    while (!tasks.isEmpty() && !tasks.element().due().isAfter(now)) {
      tasks.remove().work().run();
    }
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the sandbox reads instants only");
  }

  @Override
  public void close() {
    tasks.clear();
  }
}
