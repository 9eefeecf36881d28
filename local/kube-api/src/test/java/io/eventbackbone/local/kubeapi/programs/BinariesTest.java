package io.eventbackbone.local.kubeapi.programs;

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
  void theControllerManagerBesideTheServerComesFirst() throws IOException {
    Path assets = programs(folder.resolve("assets"), ALL);
    programs(assets, "kube-controller-manager");

    assertThat(managerFor(assets, machine(Map.of()), Binaries.Effort.QUICK))
        .isEqualTo(new ControllerManager.Found(assets.resolve("kube-controller-manager")));
  }

  @Test
  void aCacheWithoutControllerManagerBuildsThatAlone() throws IOException {
    var machine = machine(Map.of("PATH", fakeGo() + ":" + System.getenv("PATH")));
    Path cached = machine.cache().resolve("1.34.2" + Platform.here().suffix());
    programs(cached, ALL);

    var first = managerFor(cached, machine, Binaries.Effort.WHATEVER_IT_TAKES);
    var second = managerFor(cached, machine, Binaries.Effort.QUICK);

    assertThat(first).isInstanceOf(ControllerManager.Found.class).isEqualTo(second);
    assertThat(Files.readString(folder.resolve("calls")).lines())
        .filteredOn(call -> call.startsWith("build "))
        .singleElement()
        .asString()
        .endsWith(" k8s.io/kubernetes/cmd/kube-controller-manager");
    assertThat(cached.resolve("kube-apiserver")).isExecutable();
    assertThat(new BinaryCache(machine).provide(line -> {}))
        .isInstanceOf(BinarySource.Provided.class);
  }

  @Test
  void withoutGoThereIsNoControllerManagerAndTheReasonSaysSo() throws IOException {
    Path assets = programs(folder.resolve("assets"), ALL);

    assertThat(managerFor(assets, machine(Map.of()), Binaries.Effort.WHATEVER_IT_TAKES))
        .isInstanceOfSatisfying(
            ControllerManager.Missing.class,
            missing ->
                assertThat(missing.reason())
                    .contains(assets.toString(), "kube-controller-manager", "go on the PATH"));
  }

  private static ControllerManager managerFor(
      Path binaries, Machine machine, Binaries.Effort effort) {
    return ControllerManager.find(
        machine, Binaries.Found.in(binaries, machine, "test").orElseThrow(), effort, line -> {});
  }

  /** A go that builds programs at once, and writes down how it was called. */
  private Path fakeGo() throws IOException {
    Path bin = programs(folder.resolve("bin"), "go");
    Path goMod = Files.writeString(folder.resolve("go.mod"), "k8s.io/api v0.0.0");
    Files.writeString(
        bin.resolve("go"),
        """
        #!/bin/sh
        echo "$@" >> %s/calls
        [ "$2" = download ] && echo '{"GoMod": "%s"}'
        while [ $# -gt 0 ]; do
          [ "$1" = -o ] && cp "$0" "$2"
          shift
        done
        exit 0
        """
            .formatted(folder, goMod));
    return bin;
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

    assertThat(KubernetesModule.replacements(goMod))
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
