package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.local.kubeapi.programs.GoTool;
import io.eventbackbone.sandbox.faults.Effect;
import io.eventbackbone.sandbox.faults.Fault;
import io.eventbackbone.sandbox.faults.InjectedFault;
import io.eventbackbone.verification.cluster.Replicas.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A backbone with two replicas of the operator, and faults that strike them. */
final class ShellChaos implements AutoCloseable {

  private static final int MANY = 30;
  private static final int LONGEST_OUTAGE_MILLIS = 12_000;

  /** Calls that the operator makes and the flow of events does not. */
  private static final List<String> OPERATIONS =
      List.of("PutRule", "PutTargets", "DescribeRule", "CreateQueue", "SetQueueAttributes");

  private static final List<Effect> EFFECTS =
      List.of(
          Effect.Refusal.THROTTLING,
          Effect.Refusal.SERVER_ERROR,
          Effect.Connection.RESET,
          Effect.Connection.ANSWER_LOST);

  private final Random random;
  private final Path folder;
  private final Path etcdutl = GoTool.ETCDUTL.orSkip(ShellChaosIT.class);
  private final Backbone backbone;
  private final PoisonObjects poison;
  private final Replicas replicas;
  private final EventFlow flow;
  private int made;

  ShellChaos(Path folder, Random random) throws IOException {
    this.folder = folder;
    this.random = random;
    backbone = new Backbone(folder.resolve("chaos"));
    poison = new PoisonObjects(backbone.site(), folder);
    replicas = new Replicas(backbone.site(), "chaos");
    backbone.converge();
    backbone.plantForeign();
    flow = backbone.startFlow();
  }

  /** Has the fault happen among changes, and waits until something new is served again. */
  void strike(ShellFault fault) {
    change();
    replicas.restartEnded();
    Instant begun = Instant.now();
    happen(fault);
    replicas.restartEnded();
    change();
    ObjectKey key = newSubscription("after-" + name(fault));
    backbone.apply();
    Instant over = Instant.now();
    backbone.awaitReady(key);
    System.out.printf(
        "chaos: %s took %d s; %s was Ready %d s after it%n",
        fault,
        Duration.between(begun, over).toSeconds(),
        key,
        Duration.between(over, Instant.now()).toSeconds());
  }

  private void happen(ShellFault fault) {
    switch (fault) {
      case API_SERVER_KILLED -> killApiServer();
      case PATH_HANGS -> hangPath();
      case ETCD_RESTORED -> restoreEtcd();
      case LEADER_KILLED -> replicas.leader().process().kill();
      case LEADER_TERMINATED -> replicas.leader().process().close();
      case LEADER_STOPPED -> stopLeader();
      case POISON_STORED -> storePoison();
      case DEFINITIONS_DELETED -> deleteDefinitions();
      case MASS_DELETION -> deleteMany();
      case AWS_FAILS -> failAws();
    }
  }

  private void storePoison() {
    poison.store();
    poison.awaitTold();
  }

  private void killApiServer() {
    backbone.site().api().killServer();
    pause();
    backbone.site().api().restartServer();
  }

  private void hangPath() {
    Replica leader = replicas.leader();
    leader.path().hang();
    change();
    backbone.apply();
    replicas.awaitAnotherLeader(leader);
    leader.process().awaitDeath();
  }

  private void restoreEtcd() {
    Path snapshot = folder.resolve("etcd.db");
    backbone.awaitDeletions();
    backbone.site().api().saveSnapshot(snapshot);
    change();
    backbone.apply();
    pause();
    backbone.awaitDeletions();
    backbone.site().api().restoreSnapshot(snapshot, etcdutl);
    backbone.apply();
    backbone.deleteUnwanted();
  }

  private void stopLeader() {
    Replica leader = replicas.leader();
    leader.process().signal("STOP");
    change();
    backbone.apply();
    replicas.awaitAnotherLeader(leader);
    leader.process().signal("CONT");
    leader.process().awaitDeath();
  }

  /** No event rests on it: without routes, nothing is forwarded. */
  private void deleteDefinitions() {
    flow.rest();
    backbone.deleteDefinitions();
    pause();
    backbone.applyDefinitions();
    backbone.converge();
    flow.resume();
  }

  private void deleteMany() {
    List<ObjectKey> many =
        random.ints(MANY, 0, Integer.MAX_VALUE).mapToObj(n -> newSubscription("many")).toList();
    backbone.apply();
    backbone.awaitReady(many.get(random.nextInt(MANY)));
    many.forEach(backbone.wanted()::remove);
    backbone.deleteUnwanted();
  }

  private void failAws() {
    try (InjectedFault fault =
        backbone.site().aws().inject(Fault.of(pick(EFFECTS)).ofOperation(pick(OPERATIONS)))) {
      change();
      backbone.apply();
      pause();
      System.out.printf("chaos: %d calls of AWS failed%n", fault.struck());
    }
  }

  /** Something that a tenant or a person with an AWS account does at any time. */
  private void change() {
    switch (random.nextInt(4)) {
      case 0 -> newSubscription("new");
      case 1 ->
          backbone
              .wanted()
              .put(
                  new ObjectKey("EventSubscription", "churn", "edited"),
                  "{busRef: {name: churn}, filter: {detailTypes: [Type.V%d]}, suspend: %b}"
                      .formatted(random.nextInt(100), random.nextBoolean()));
      case 2 -> backbone.removeOneOfChurn(random);
      default -> backbone.deleteRulesBehindTheBack();
    }
  }

  private ObjectKey newSubscription(String name) {
    ObjectKey key = new ObjectKey("EventSubscription", "churn", name + "-" + ++made);
    backbone
        .wanted()
        .put(
            key,
            "{busRef: {name: churn}, filter: {detailTypes: [Order.Created, Type.V%d]}}"
                .formatted(made));
    return key;
  }

  private static String name(ShellFault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Lets things happen for a time that differs; nothing is concluded from it. */
  private void pause() {
    try {
      Thread.sleep(random.nextInt(LONGEST_OUTAGE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until all is as it should be, and compares it with what a fresh operator makes. */
  void verify() throws IOException {
    backbone.apply();
    backbone.deleteUnwanted();
    backbone.awaitAllReady();
    flow.stopPublishing();
    await("accepted events have arrived")
        .atMost(Replicas.PATIENCE)
        .untilAsserted(() -> assertThat(flow.underway()).isEmpty());
    try (Backbone fresh = backbone.fresh(folder.resolve("fresh"));
        Replicas operators = new Replicas(fresh.site(), "fresh")) {
      fresh.converge();
      fresh.plantForeign();
      backbone.awaitSameAs(fresh);
    }
    System.out.printf(
        "chaos: %d events were accepted, and all have arrived; replicas started: %d%n",
        flow.accepted(), replicas.started());
  }

  @Override
  public void close() {
    flow.close();
    replicas.close();
    backbone.close();
  }
}
