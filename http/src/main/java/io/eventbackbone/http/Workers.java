package io.eventbackbone.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for work that takes longer than an event loop may wait. */
public final class Workers {

  private static final long UNUSED_SECONDS = 60;

  private Workers() {}

  /**
   * Rejects work when all threads work and the queue is full.
   *
   * @param name the name of the threads
   * @param threads their number; they end when there is nothing to do
   */
  public static ExecutorService of(String name, int threads, int queued) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            UNUSED_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queued),
            new DefaultThreadFactory(name, true));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }
}
