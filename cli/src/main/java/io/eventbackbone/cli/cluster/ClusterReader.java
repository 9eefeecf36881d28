package io.eventbackbone.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Lists the objects that the caller may see. If the caller may not list a kind in the whole
 * cluster, it lists the caller's namespace and the namespaces that objects there refer to.
 */
public final class ClusterReader {

  /** Objects in one answer of the API server. */
  private static final int PAGE = 500;

  /** Two cores read in half the time. More pages at once would take more memory. */
  private static final int READERS = 2;

  private final KubernetesClient client;
  private final String home;
  private final Set<Kind> kinds;
  private final List<HasMetadata> objects = new ArrayList<>();
  private final Set<Kind> everywhere = EnumSet.noneOf(Kind.class);
  private final Map<Kind, Set<String>> namespaces = new EnumMap<>(Kind.class);
  private final List<String> unseen = new ArrayList<>();

  private ClusterReader(KubernetesClient client, String home, Set<Kind> kinds) {
    this.client = client;
    this.home = home;
    this.kinds = kinds;
  }

  /**
   * All objects of some kinds that the caller may see.
   *
   * @param home namespace to look into where the caller may not look into all
   * @throws KubernetesClientException if the API server can't be asked, or refuses the caller
   */
  public static Sight read(KubernetesClient client, String home, Set<Kind> kinds) {
    return new ClusterReader(client, home, kinds).read();
  }

  private Sight read() {
    Map<Kind, Optional<List<HasMetadata>>> lists = listEverywhere();
    add(Kind.EVENT_SUBSCRIPTION, lists, () -> Set.of(home));
    add(Kind.SERVICE_ACCOUNT_BUS, lists, this::ownAndReferred);
    add(Kind.EVENT_BACKBONE, lists, () -> referredFrom(Kind.SERVICE_ACCOUNT_BUS));
    add(Kind.EVENT_ROUTE, lists, () -> referredFrom(Kind.SERVICE_ACCOUNT_BUS));
    add(Kind.EVENT_TYPE, lists, () -> Set.of(home));
    add(Kind.EVENT_REPLAY, lists, () -> Set.of(home));
    add(Kind.AWS_ACCOUNT, lists, () -> Set.of());
    add(Kind.NAMESPACE, lists, () -> Set.of());
    Snapshot snapshot = Snapshot.of(objects);
    return new Sight(
        Statuses.fillIn(snapshot, everywhere),
        everywhere,
        namespaces,
        unseen.stream().distinct().toList());
  }

  /** All objects of each kind, read side by side. Empty: the caller may not list the kind. */
  private Map<Kind, Optional<List<HasMetadata>>> listEverywhere() {
    Map<Kind, Future<Optional<List<HasMetadata>>>> answers = new EnumMap<>(Kind.class);
    Map<Kind, Optional<List<HasMetadata>>> lists = new EnumMap<>(Kind.class);
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      for (Kind kind : kinds) {
        answers.put(kind, readers.submit(() -> list(kind, kind.path())));
      }
      answers.forEach((kind, answer) -> lists.put(kind, await(answer)));
    }
    return lists;
  }

  private static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private void add(
      Kind kind, Map<Kind, Optional<List<HasMetadata>>> lists, Supplier<Set<String>> otherwise) {
    if (!kinds.contains(kind)) {
      return;
    }
    if (lists.get(kind).isPresent()) {
      objects.addAll(lists.get(kind).get());
      everywhere.add(kind);
      return;
    }
    Set<String> refused = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (String namespace : otherwise.get()) {
      Optional<List<HasMetadata>> found = list(kind, kind.path(namespace));
      found.ifPresent(objects::addAll);
      (found.isPresent() ? seen : refused).add(namespace);
    }
    namespaces.put(kind, seen);
    unseen.add(gap(kind, seen, refused));
  }

  private static String gap(Kind kind, Set<String> seen, Set<String> refused) {
    return switch (kind) {
      case AWS_ACCOUNT ->
          "AwsAccounts: the answer takes account numbers and admissions from the statuses of the objects"
              + " that refer to AwsAccounts";
      case NAMESPACE ->
          "labels of Namespaces: the answer takes admissions from the statuses of the objects";
      case EVENT_BACKBONE, EVENT_ROUTE ->
          refused.isEmpty()
              ? "%s of other namespaces than %s".formatted(kind.titles(), String.join(", ", seen))
              : "%s in namespace %s: the platform can bind the Role event-backbone-insight there"
                  .formatted(kind.titles(), String.join(", ", refused));
      case SERVICE_ACCOUNT_BUS, EVENT_SUBSCRIPTION, EVENT_TYPE, EVENT_REPLAY ->
          "%s of other namespaces than %s"
              .formatted(
                  kind.titles(), seen.isEmpty() ? "those you may list" : String.join(", ", seen));
    };
  }

  private Set<String> ownAndReferred() {
    Set<String> namespaces = new TreeSet<>(referredFrom(Kind.EVENT_SUBSCRIPTION));
    namespaces.add(home);
    return namespaces;
  }

  /** Those that the objects of a kind refer to; without any, the own. */
  private Set<String> referredFrom(Kind referrers) {
    Set<String> namespaces = new TreeSet<>();
    for (HasMetadata object : objects) {
      if (referrers == Kind.EVENT_SUBSCRIPTION
          && object instanceof EventSubscription it
          && it.getSpec() != null) {
        namespaces.add(Snapshot.busKey(it).split("/", 2)[0]);
      } else if (referrers == Kind.SERVICE_ACCOUNT_BUS
          && object instanceof ServiceAccountBus it
          && it.getSpec() != null) {
        namespaces.add(Snapshot.backboneKey(it).split("/", 2)[0]);
      }
    }
    return namespaces.isEmpty() ? Set.of(home) : namespaces;
  }

  /** The objects at a path. Empty: the caller may not list them. */
  private Optional<List<HasMetadata>> list(Kind kind, String path) {
    List<HasMetadata> found = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      JsonNode page;
      try {
        page = page(path, next.get());
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
          return Optional.empty();
        }
        throw e;
      }
      page.path("items").forEach(item -> found.add(ObjectReader.read(kind, item)));
      next =
          Optional.of(page.path("metadata").path("continue").asText())
              .filter(token -> !token.isEmpty());
    }
    return Optional.of(found);
  }

  private JsonNode page(String path, String token) {
    String more =
        token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    String answer = client.raw(path + "?limit=" + PAGE + more);
    if (answer == null) {
      throw new KubernetesClientException(
          "the cluster has no %s: install the CustomResourceDefinitions (kubectl apply -f crds/)"
              .formatted(path));
    }
    return ObjectReader.tree(answer);
  }
}
