package io.eventbackbone.cli;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.cli.cluster.Kind;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of an object in a namespace, as options take it. */
record ObjectName(String namespace, String name) {

  /** Reads {@code namespace/name}. */
  static final class Converter implements ITypeConverter<ObjectName> {
    @Override
    public ObjectName convert(String text) {
      String[] parts = text.split("/", -1);
      if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new TypeConversionException(
            "'%s' is no NAMESPACE/NAME, for instance orders/orders".formatted(text));
      }
      return new ObjectName(parts[0], parts[1]);
    }
  }

  /** The bus of that name. */
  ServiceAccountBus bus(String option, Sight sight) {
    return find(option, Kind.SERVICE_ACCOUNT_BUS, ServiceAccountBus.class, sight);
  }

  /** The subscription of that name. */
  EventSubscription subscription(String option, Sight sight) {
    return find(option, Kind.EVENT_SUBSCRIPTION, EventSubscription.class, sight);
  }

  private <T extends HasMetadata> T find(String option, Kind kind, Class<T> type, Sight sight) {
    return sight
        .snapshot()
        .readable(type)
        .filter(it -> Snapshot.key(it).equals(toString()))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                "%s: there is no %s %s%s"
                    .formatted(
                        option,
                        kind.title(),
                        this,
                        sight.sees(kind, namespace) ? "" : ", or you may not see it")));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
