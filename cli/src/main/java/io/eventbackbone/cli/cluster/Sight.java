package io.eventbackbone.cli.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the caller may see of a cluster.
 *
 * @param snapshot of it
 * @param everywhere kinds of which every object was listed
 * @param namespaces of the other kinds, where their objects were listed
 * @param unseen what was not listed, for people, with what to do
 */
public record Sight(
    Snapshot snapshot,
    Set<Kind> everywhere,
    Map<Kind, Set<String>> namespaces,
    List<String> unseen) {

  public Sight {
    everywhere = Set.copyOf(everywhere);
    namespaces =
        namespaces.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> Set.copyOf(it.getValue())));
    unseen = List.copyOf(unseen);
  }

  /** Of a caller who may see everything. */
  public static Sight whole(Snapshot snapshot) {
    return new Sight(snapshot, Set.of(Kind.values()), Map.of(), List.of());
  }

  /** Whether every object of the kind was listed. */
  public boolean sees(Kind kind) {
    return everywhere.contains(kind);
  }

  /** Whether every object of the kind in the namespace was listed. */
  public boolean sees(Kind kind, String namespace) {
    return sees(kind) || namespaces.getOrDefault(kind, Set.of()).contains(namespace);
  }

  /** Whether admissions are decided by what the objects themselves say. */
  public boolean seesAdmissions() {
    return Stream.of(
            Kind.NAMESPACE, Kind.AWS_ACCOUNT, Kind.EVENT_BACKBONE, Kind.SERVICE_ACCOUNT_BUS)
        .allMatch(this::sees);
  }

  /** The same of another state of the cluster. */
  public Sight of(Snapshot other) {
    return new Sight(Statuses.fillIn(other, everywhere), everywhere, namespaces, unseen);
  }
}
