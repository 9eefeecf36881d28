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
import java.util.function.Supplier;

/**
 * Lists what the caller may see. Who may not list a kind in the whole cluster is shown the objects
 * of the own namespace, and of the namespaces that those refer to.
 */
public final class ClusterReader {

  /** Objects in one answer of the API server. */
  private static final int PAGE = 500;

  private final KubernetesClient client;
  private final String home;
  private final List<HasMetadata> objects = new ArrayList<>();
  private final Set<Kind> everywhere = EnumSet.noneOf(Kind.class);
  private final Map<Kind, Set<String>> namespaces = new EnumMap<>(Kind.class);
  private final List<String> unseen = new ArrayList<>();

  private ClusterReader(KubernetesClient client, String home) {
    this.client = client;
    this.home = home;
  }

  /**
   * All that the caller may see.
   *
   * @param home namespace to look into where the caller may not look into all
   * @throws KubernetesClientException if the API server can't be asked, or refuses the caller
   */
  public static Sight read(KubernetesClient client, String home) {
    return new ClusterReader(client, home).read();
  }

  private Sight read() {
    list(Kind.EVENT_SUBSCRIPTION, () -> Set.of(home));
    list(Kind.SERVICE_ACCOUNT_BUS, this::ownAndReferred);
    list(Kind.EVENT_BACKBONE, () -> referredFrom(Kind.SERVICE_ACCOUNT_BUS));
    list(Kind.EVENT_ROUTE, () -> referredFrom(Kind.SERVICE_ACCOUNT_BUS));
    list(Kind.EVENT_TYPE, () -> Set.of(home));
    list(Kind.AWS_ACCOUNT, () -> Set.of());
    list(Kind.NAMESPACE, () -> Set.of());
    Snapshot snapshot = Snapshot.of(objects);
    return new Sight(
        Statuses.fillIn(snapshot, everywhere),
        everywhere,
        namespaces,
        unseen.stream().distinct().toList());
  }

  private void list(Kind kind, Supplier<Set<String>> otherwise) {
    if (listAll(kind, kind.path())) {
      everywhere.add(kind);
      return;
    }
    Set<String> refused = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (String namespace : otherwise.get()) {
      (listAll(kind, kind.path(namespace)) ? seen : refused).add(namespace);
    }
    namespaces.put(kind, seen);
    unseen.add(gap(kind, seen, refused));
  }

  private static String gap(Kind kind, Set<String> seen, Set<String> refused) {
    return switch (kind) {
      case AWS_ACCOUNT ->
          "AwsAccounts: their numbers, and whom they admit, are taken from the statuses of those that"
              + " refer to them";
      case NAMESPACE ->
          "labels of Namespaces: whom they admit is taken from the statuses of those that refer";
      case EVENT_BACKBONE, EVENT_ROUTE ->
          refused.isEmpty()
              ? "%s of other namespaces than %s".formatted(kind.titles(), String.join(", ", seen))
              : "%s in namespace %s: the platform can bind the Role event-backbone-insight there"
                  .formatted(kind.titles(), String.join(", ", refused));
      case SERVICE_ACCOUNT_BUS, EVENT_SUBSCRIPTION, EVENT_TYPE ->
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

  /** Whether the caller may list it. */
  private boolean listAll(Kind kind, String path) {
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      JsonNode page;
      try {
        page = page(path, next.get());
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
          return false;
        }
        throw e;
      }
      page.path("items").forEach(item -> objects.add(ObjectReader.read(kind, item)));
      next =
          Optional.of(page.path("metadata").path("continue").asText())
              .filter(token -> !token.isEmpty());
    }
    return true;
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
