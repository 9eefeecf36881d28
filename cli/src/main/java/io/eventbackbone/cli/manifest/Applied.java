package io.eventbackbone.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.ObjectReader;
import io.eventbackbone.cli.cluster.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster as it would be with manifests applied. A spec takes the place of the former, labels are
 * added to the former, and statuses stay.
 *
 * @param snapshot of the cluster
 * @param ignored how many manifests are of kinds that make no difference to a backbone
 */
public record Applied(Snapshot snapshot, int ignored) {

  private static final String GROUP = "eventbackbone.io/";

  /**
   * The cluster with manifests.
   *
   * @param namespace of manifests that name none
   * @param now age of objects that are new: of two that claim the same, the older has it
   */
  public static Applied to(
      Snapshot cluster, List<ObjectNode> manifests, String namespace, Instant now) {
    List<HasMetadata> objects = new ArrayList<>();
    for (ObjectNode manifest : manifests) {
      kind(manifest)
          .map(kind -> applied(cluster, kind, manifest, namespace, now))
          .ifPresent(objects::add);
    }
    return new Applied(cluster.with(objects), manifests.size() - objects.size());
  }

  private static Optional<Kind> kind(ObjectNode manifest) {
    String apiVersion = manifest.path("apiVersion").asText();
    return Kind.of(manifest.path("kind").asText())
        .filter(kind ->
            kind == Kind.NAMESPACE ? apiVersion.equals("v1") : apiVersion.startsWith(GROUP));
  }

  private static HasMetadata applied(
      Snapshot cluster, Kind kind, ObjectNode manifest, String namespace, Instant now) {
    HasMetadata object = ObjectReader.read(kind, manifest);
    ObjectMeta metadata = object.getMetadata();
    if (kind.isNamespaced() && metadata.getNamespace() == null) {
      metadata.setNamespace(namespace);
    }
    Optional<HasMetadata> former = cluster.sameAs(object);
    metadata.setCreationTimestamp(
        former.map(it -> it.getMetadata().getCreationTimestamp()).orElse(now.toString()));
    Map<String, String> labels = new TreeMap<>();
    former.ifPresent(it -> labels.putAll(labels(it)));
    labels.putAll(labels(object));
    metadata.setLabels(labels);
    former.ifPresent(it -> keepStatus(it, object));
    return object;
  }

  private static Map<String, String> labels(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
  }

  private static void keepStatus(HasMetadata former, HasMetadata object) {
    if (former instanceof BackboneResource<?, ?> from
        && object instanceof BackboneResource<?, ?> to) {
      copyStatus(from, to);
    }
  }

  /** Of two objects of one kind. */
  @SuppressWarnings("unchecked")
  private static <T extends io.eventbackbone.api.v1alpha1.ConditionedStatus> void copyStatus(
      BackboneResource<?, ?> from, BackboneResource<?, T> to) {
    to.setStatus((T) from.getStatus());
  }
}
