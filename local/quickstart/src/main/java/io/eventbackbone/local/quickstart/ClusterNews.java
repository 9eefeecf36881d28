package io.eventbackbone.local.quickstart;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What has changed in a cluster since the last look, as far as a person wants to hear of it. */
final class ClusterNews {

  private final Cluster cluster;
  private final Map<String, ResourceState> known = new LinkedHashMap<>();
  private final Set<String> toldEvents = new HashSet<>();

  ClusterNews(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The resources that have become Ready since the last look, or have ceased to be. */
  List<ResourceState> states() {
    return cluster.states().stream().filter(this::isNews).toList();
  }

  private boolean isNews(ResourceState now) {
    var before = known.put(now.name(), now);
    boolean wasReady = before != null && before.isReady();
    return wasReady != now.isReady();
  }

  /** Names of the resources that were Ready at the last look. */
  Set<String> ready() {
    return known.values().stream()
        .filter(ResourceState::isReady)
        .map(ResourceState::name)
        .collect(Collectors.toSet());
  }

  /** What is in the way of those that were not. */
  List<String> obstacles(Collection<String> wanted) {
    return wanted.stream()
        .filter(name -> !ready().contains(name))
        .map(name -> name + ": " + (known.containsKey(name) ? known.get(name).detail() : "absent"))
        .toList();
  }

  /** The operator's Events since the last look. */
  List<Event> events() {
    return cluster.operatorEvents().stream()
        .filter(event -> toldEvents.add(event.getMetadata().getName() + " " + event.getCount()))
        .toList();
  }
}
