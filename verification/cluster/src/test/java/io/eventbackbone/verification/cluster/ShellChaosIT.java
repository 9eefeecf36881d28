package io.eventbackbone.verification.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas of the operator's jar on a real kube-apiserver, put through all that goes wrong
 * between them and the cluster, in an order that a seed decides, while events flow. At the end AWS
 * has what a fresh operator makes of the same custom resources, each accepted event has arrived,
 * what others have in the accounts is as it was, and each object's status is true.
 */
class ShellChaosIT {

  /** Of a build, so that what fails it is what was changed. */
  private static final long SAME_EACH_TIME = 20261129;

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 10);

  @TempDir private Path folder;

  @Test
  void endsAsAFreshOperatorWouldMakeIt() throws IOException {
    endure(1, Long.getLong("chaos.seed", SAME_EACH_TIME));
  }

  /** Run on request: docs/reliability.md. */
  @Tag("long-chaos")
  @Test
  void enduresManyRounds() throws IOException {
    endure(ROUNDS, Long.getLong("chaos.seed", System.nanoTime()));
  }

  private void endure(int rounds, long seed) throws IOException {
    System.out.printf("chaos: -Dchaos.seed=%d, %d rounds%n", seed, rounds);
    Random random = new Random(seed);
    try (ShellChaos chaos = new ShellChaos(folder, random)) {
      for (int round = 0; round < rounds; round++) {
        List<ShellFault> faults = new ArrayList<>(Arrays.asList(ShellFault.values()));
        Collections.shuffle(faults, random);
        faults.forEach(chaos::strike);
      }
      chaos.verify();
    }
  }
}
