package io.eventbackbone.cli.contract;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Version;
import io.eventbackbone.cli.answer.EventTypes;
import io.eventbackbone.cli.answer.EventTypes.Listed;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.catalog.Catalog;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Comparator;
import java.util.Optional;

/** Lists event types. */
public final class TypeList {

  private TypeList() {}

  /**
   * The event types that the caller may see and that can be read.
   *
   * @param namespace whose event types are asked about; empty: all
   */
  public static EventTypes of(Sight sight, Optional<String> namespace) {
    return new EventTypes(
        sight.unseen(),
        sight
            .snapshot()
            .readable(EventType.class)
            .filter(it -> namespace.filter(n -> !n.equals(namespace(it))).isEmpty())
            .map(TypeList::listed)
            .sorted(Comparator.comparing(Listed::detailType).thenComparing(Listed::name))
            .toList());
  }

  private static Listed listed(EventType type) {
    return new Listed(
        Snapshot.key(type),
        type.getSpec().detailType(),
        namespace(type) + "/" + type.getSpec().busRef().name(),
        type.getSpec().versions().stream().map(Version::version).toList(),
        Catalog.keyword(type.getSpec().compatibility()),
        type.getSpec().deprecated(),
        type.getStatus().condition("Ready").map(Condition::getStatus),
        Optional.ofNullable(type.getStatus().receivers()).map(it -> it.total()));
  }

  private static String namespace(EventType type) {
    return type.getMetadata().getNamespace();
  }
}
