package io.eventbackbone.local.kubeapi.programs;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The envtest archives that kube-api-test downloads: kube-apiserver, etcd and kubectl in one. It
 * sets no time limits of its own, so there are some here.
 */
record EnvtestDownload(BinaryCache cache, Binaries.Effort effort) implements BinarySource {

  private static final Duration INDEX_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public Outcome provide(Consumer<String> progress) {
    // The index first: where it can't be read nobody has to wait for the cache's lock.
    try {
      String version =
          within(
              INDEX_TIMEOUT,
              () -> downloader(cache.machine().cache()).findLatestOfWildcard(KubeVersion.MINOR));
      progress.accept("kube-apiserver " + version + ": downloading");
      return cache.fill(progress, workspace -> download(version, workspace));
    } catch (IOException e) {
      return new Unavailable(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted");
    }
  }

  private BinaryCache.Filled download(String version, Path workspace)
      throws IOException, InterruptedException {
    Duration limit =
        switch (effort) {
          case QUICK -> Duration.ofSeconds(90);
          case WHATEVER_IT_TAKES -> Duration.ofMinutes(10);
        };
    File folder = within(limit, () -> downloader(workspace).download(version));
    return new BinaryCache.Filled(version, folder.toPath());
  }

  private static BinaryDownloader downloader(Path folder) {
    return new BinaryDownloader(folder.toString(), new OSInfo());
  }

  private static <T> T within(Duration limit, Callable<T> work)
      throws IOException, InterruptedException {
    var executor =
        Executors.newSingleThreadExecutor(task -> {
          var thread = new Thread(task, "envtest-download");
          thread.setDaemon(true);
          return thread;
        });
    try {
      return executor.submit(work).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("kube-api-test's download took over " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(
          "kube-api-test's download failed (" + rootMessage(e.getCause()) + ")", e);
    } finally {
      executor.shutdownNow();
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause instanceof KubeAPITestException) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
  }
}
