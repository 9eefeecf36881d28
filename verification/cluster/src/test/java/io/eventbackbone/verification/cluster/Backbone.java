package io.eventbackbone.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventbackbone.operator.reconcile.Account;
import io.eventbackbone.operator.reconcile.AwsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** A cluster and an AWS, and the custom resources that people want there. */
final class Backbone implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PLATFORM = "111111111111";
  private static final String PUBLISHER = "222222222222";
  private static final String RECEIVER = "333333333333";
  private static final String CHURN = "444444444444";
  private static final String CHURN_BUS = "local-bus-churn-service";
  private static final String GLOBAL_BUS = "global-bus";
  private static final String THEIRS = "theirs";

  /** Prints a line an object: kind, namespace, name, generation, and those of Ready. */
  private static final String LINES =
      "jsonpath={range .items[*]}{.kind};{.metadata.namespace};{.metadata.name};"
          + "{.metadata.generation};{.metadata.deletionTimestamp};"
          + "{.status.conditions[?(@.type==\"Ready\")].observedGeneration};"
          + "{.status.conditions[?(@.type==\"Ready\")].status};"
          + "{.status.conditions[?(@.type==\"Ready\")].reason}{\"\\n\"}{end}";

  /** A custom resource as it is stored. */
  private record Stored(ObjectKey key, String generation, String deletion, String ready) {

    static Stored parse(String line) {
      String[] fields = line.split(";", 6);
      return new Stored(
          new ObjectKey(fields[0], fields[1], fields[2]), fields[3], fields[4], fields[5]);
    }

    boolean isReady() {
      return deletion.isEmpty() && ready.equals(generation + ";True;Ready");
    }
  }

  private final Path folder;
  private final Site site;
  private final WantedObjects wanted;

  Backbone(Path folder) throws IOException {
    this(folder, WantedObjects.ofTwoServices());
  }

  private Backbone(Path folder, WantedObjects wanted) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.wanted = wanted;
    site = new Site(ShellChaosIT.class, folder);
    site.install("--set", "clusterId=chaos");
  }

  /** The same custom resources in a cluster and an AWS that nothing has happened to. */
  Backbone fresh(Path otherFolder) throws IOException {
    return new Backbone(otherFolder, wanted);
  }

  Site site() {
    return site;
  }

  WantedObjects wanted() {
    return wanted;
  }

  void apply() {
    wanted.applyTo(site, folder);
  }

  void converge() {
    apply();
    awaitAllReady();
  }

  /** Deletes custom resources that nobody wants any more, without waiting for their end. */
  void deleteUnwanted() {
    for (Stored stored : stored()) {
      if (!wanted.keys().contains(stored.key()) && !PoisonObjects.isPoison(stored.key())) {
        delete(stored.key());
      }
    }
  }

  private void delete(ObjectKey key) {
    site.kubectl()
        .run(
            "delete",
            key.kind(),
            key.name(),
            "--namespace=" + key.namespace(),
            "--wait=false",
            "--ignore-not-found");
  }

  void removeOneOfChurn(Random random) {
    List<ObjectKey> churn =
        wanted.keys().stream()
            .filter(key -> key.namespace().equals("churn"))
            .filter(key -> key.kind().equals("EventSubscription"))
            .sorted(Comparator.comparing(ObjectKey::name))
            .toList();
    if (!churn.isEmpty()) {
      ObjectKey key = churn.get(random.nextInt(churn.size()));
      wanted.remove(key);
      delete(key);
    }
  }

  /** A person deletes a tenant's rules; the operator makes them again at its next check. */
  void deleteRulesBehindTheBack() {
    EventBridgeClient events = Account.of(site.aws(), CHURN).events();
    try {
      for (Rule rule : events.listRules(it -> it.eventBusName(CHURN_BUS)).rules()) {
        events.removeTargets(
            it -> it.eventBusName(CHURN_BUS).rule(rule.name()).ids(targets(events, rule)));
        events.deleteRule(it -> it.eventBusName(CHURN_BUS).name(rule.name()));
      }
    } catch (SdkException e) {
      // The bus or its rules are not there now, or the operator repairs them at the same time.
    }
  }

  private static List<String> targets(EventBridgeClient events, Rule rule) {
    return events
        .listTargetsByRule(it -> it.eventBusName(CHURN_BUS).rule(rule.name()))
        .targets()
        .stream()
        .map(Target::id)
        .toList();
  }

  void deleteDefinitions() {
    site.kubectl().run("delete", "-f", "../../crds", "--wait=false");
    await("the definitions are gone")
        .atMost(PATIENCE)
        .until(() ->
            site.kubectl()
                .run("get", "crd", "-o", "name")
                .lines()
                .noneMatch(it -> it.endsWith(".eventbackbone.io")));
  }

  void applyDefinitions() {
    site.kubectl().run("create", "-f", "../../crds");
    site.awaitDefinitions();
  }

  private List<Stored> stored() {
    return WantedObjects.KINDS.stream()
        .flatMap(kind -> site.kubectl().run("get", kind, "-A", "-o", LINES).lines())
        .map(Stored::parse)
        .toList();
  }

  void awaitDeletions() {
    await("deletions end")
        .atMost(PATIENCE)
        .until(() -> stored().stream().allMatch(it -> it.deletion().isEmpty()));
  }

  void awaitReady(ObjectKey key) {
    await(key + " is Ready")
        .atMost(PATIENCE)
        .until(() -> stored().stream().anyMatch(it -> it.key().equals(key) && it.isReady()));
  }

  /** Waits until all that is wanted is Ready, and nothing else is there. */
  void awaitAllReady() {
    await("all wanted objects are Ready")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          List<Stored> stored =
              stored().stream().filter(it -> !PoisonObjects.isPoison(it.key())).toList();
          assertThat(stored).allMatch(Stored::isReady);
          assertThat(stored.stream().map(Stored::key).collect(Collectors.toSet()))
              .isEqualTo(wanted.keys());
        });
  }

  EventFlow startFlow() {
    Account receiver = Account.of(site.aws(), RECEIVER);
    String queue =
        site.kubectl()
            .run("get", "esub", "orders", "-n", "deliveries", "-o", "jsonpath={.status.queueUrl}");
    String bus =
        site.kubectl()
            .run("get", "ebb", "main", "-n", "platform", "-o", "jsonpath={.status.busArn}");
    return new EventFlow(
        new EventFlow.Ends(Account.of(site.aws(), PUBLISHER), bus, receiver, queue));
  }

  /** What others have, on the backbone's own buses too. */
  void plantForeign() {
    Account platform = Account.of(site.aws(), PLATFORM);
    platform
        .events()
        .putRule(it ->
            it.eventBusName(GLOBAL_BUS).name(THEIRS).eventPattern("{\"source\":[\"theirs\"]}"));
    platform
        .events()
        .putPermission(it ->
            it.eventBusName(GLOBAL_BUS)
                .statementId(THEIRS)
                .action("events:PutEvents")
                .principal("555555555555"));
    platform.queues().createQueue(it -> it.queueName(THEIRS));
    Account.of(site.aws(), CHURN).queues().createQueue(it -> it.queueName(THEIRS));
  }

  /** Waits until both AWSs hold the same, what others planted included. */
  void awaitSameAs(Backbone other) {
    await("the same AWS as a fresh operator makes")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(resources()).containsExactlyInAnyOrderEntriesOf(other.resources()));
  }

  private Map<String, String> resources() {
    return AwsSnapshot.of(site.aws(), List.of(PLATFORM, PUBLISHER, RECEIVER, CHURN)).resources();
  }

  @Override
  public void close() {
    site.close();
  }
}
