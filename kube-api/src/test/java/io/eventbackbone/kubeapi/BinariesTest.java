package io.eventbackbone.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

  private static final String[] ALL = {"kube-apiserver", "etcd", "kubectl"};

  @TempDir private Path folder;

  @Test
  void kubebuilderAssetsComeFirst() throws IOException {
    Path assets = programs(folder.resolve("assets"), ALL);
    var machine = machine(Map.of("KUBEBUILDER_ASSETS", assets.toString()));
    programs(machine.cache().resolve("1.34.2" + Platform.here().suffix()), ALL);

    var binaries = Binaries.find(machine, Binaries.Effort.QUICK, line -> {});

    assertThat(binaries)
        .isEqualTo(
            new Binaries.Found(
                assets.resolve("kube-apiserver"),
                assets.resolve("etcd"),
                assets.resolve("kubectl"),
                "KUBEBUILDER_ASSETS=" + assets));
  }

  @Test
  void kubectlMayComeFromThePath() throws IOException {
    Path assets = programs(folder.resolve("assets"), "kube-apiserver", "etcd");
    Path bin = programs(folder.resolve("bin"), "kubectl");
    var machine = machine(Map.of("KUBEBUILDER_ASSETS", assets.toString(), "PATH", bin.toString()));

    assertThat(Binaries.find(machine, Binaries.Effort.QUICK, line -> {}))
        .isInstanceOfSatisfying(
            Binaries.Found.class,
            found -> assertThat(found.kubectl()).isEqualTo(bin.resolve("kubectl")));
  }

  @Test
  void newestOfTheCacheIsTaken() throws IOException {
    var machine = machine(Map.of());
    Path older = machine.cache().resolve("1.34.9" + Platform.here().suffix());
    Path newer = machine.cache().resolve("1.34.10" + Platform.here().suffix());
    programs(older, ALL);
    programs(newer, ALL);

    assertThat(new BinaryCache(machine).provide(line -> {}))
        .isInstanceOfSatisfying(
            BinarySource.Provided.class,
            provided -> assertThat(provided.binaries().etcd()).isEqualTo(newer.resolve("etcd")));
  }

  @Test
  void halfAFolderIsNotTaken() throws IOException {
    var machine = machine(Map.of());
    programs(machine.cache().resolve("1.34.2" + Platform.here().suffix()), "etcd");

    assertThat(new BinaryCache(machine).provide(line -> {}))
        .isEqualTo(new BinarySource.Unavailable(machine.cache() + " holds none"));
  }

  @Test
  void twoBuildsAtOnceBuildOnce() throws Exception {
    var cache = new BinaryCache(machine(Map.of()));
    var built = new AtomicInteger();
    var bothAsked = new CountDownLatch(2);
    BinaryCache.Filling filling =
        workspace -> {
          built.incrementAndGet();
          bothAsked.await();
          return new BinaryCache.Filled("1.34.2", programs(workspace.resolve("out"), ALL));
        };
    var executor = Executors.newFixedThreadPool(2);
    var outcomes = new ArrayList<BinarySource.Outcome>();
    try {
      var both =
          List.of(
              executor.submit(() -> fill(cache, filling, bothAsked)),
              executor.submit(() -> fill(cache, filling, bothAsked)));
      for (var one : both) {
        outcomes.add(one.get());
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(built).hasValue(1);
    assertThat(outcomes).hasSize(2).allMatch(BinarySource.Provided.class::isInstance);
    try (var left = Files.list(cache.machine().cache())) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "1.34.2" + Platform.here().suffix());
    }
  }

  private static BinarySource.Outcome fill(
      BinaryCache cache, BinaryCache.Filling filling, CountDownLatch asked) {
    asked.countDown();
    return cache.fill(line -> {}, filling);
  }

  @Test
  void aFailedBuildLeavesNothingBehindAndSaysWhy() throws IOException {
    var cache = new BinaryCache(machine(Map.of()));

    var outcome =
        cache.fill(
            line -> {},
            workspace -> {
              throw new IOException("the proxy is not there");
            });

    assertThat(outcome).isEqualTo(new BinarySource.Unavailable("the proxy is not there"));
    try (var left = Files.list(cache.machine().cache())) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("lock");
    }
  }

  @Test
  void onlyStagingModulesAreReplaced() {
    String goMod =
        """
        require (
        	k8s.io/api v0.0.0
        	k8s.io/kms v0.0.0 // indirect
        	k8s.io/klog/v2 v2.130.1
        	k8s.io/kube-openapi v0.0.0-20250710124328-f3f2b991d03b
        	k8s.io/utils v0.0.0-20250604170112-4c0f3b243397
        )
        replace (
        	k8s.io/api => ./staging/src/k8s.io/api
        )
        """;

    assertThat(GoModuleBuild.replacements(goMod))
        .containsExactly(
            "replace k8s.io/api => k8s.io/api v0.34.2", "replace k8s.io/kms => k8s.io/kms v0.34.2");
  }

  private Machine machine(Map<String, String> environment) {
    return new Machine(environment, folder.resolve("home"));
  }

  private static Path programs(Path folder, String... names) throws IOException {
    Files.createDirectories(folder);
    for (String name : names) {
      Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
      if (!program.toFile().setExecutable(true)) {
        throw new IOException(program + " could not be made executable");
      }
    }
    return folder;
  }
}
