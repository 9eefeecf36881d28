package io.eventbackbone.sandbox.api;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work off the caller's thread, now or later. */
public interface Scheduler extends AutoCloseable {

  void after(Duration delay, Runnable task);

  /** Ends without the work that still waits. */
  @Override
  void close();

  /** Two daemon threads; a task that fails is logged, not lost in a future. */
  final class Threads implements Scheduler {

    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    private final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread = new Thread(task, "sandbox-work");
              thread.setDaemon(true);
              return thread;
            });

    @Override
    public void after(Duration delay, Runnable task) {
      try {
        ScheduledFuture<?> unused =
            executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        log.debug("The sandbox is closing: work that waits is dropped");
      }
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }

    private static void run(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("Work failed inside the sandbox", e);
      }
    }
  }
}
