package io.eventbackbone.cli.cluster;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The kinds that answers are made of. */
public enum Kind {
  NAMESPACE(Namespace.class, "/api/v1", "namespaces"),
  AWS_ACCOUNT(AwsAccount.class, Kind.GROUP_PATH, "awsaccounts"),
  EVENT_BACKBONE(EventBackbone.class, Kind.GROUP_PATH, "eventbackbones"),
  SERVICE_ACCOUNT_BUS(ServiceAccountBus.class, Kind.GROUP_PATH, "serviceaccountbuses"),
  EVENT_ROUTE(EventRoute.class, Kind.GROUP_PATH, "eventroutes"),
  EVENT_SUBSCRIPTION(EventSubscription.class, Kind.GROUP_PATH, "eventsubscriptions"),
  EVENT_TYPE(EventType.class, Kind.GROUP_PATH, "eventtypes"),
  EVENT_REPLAY(EventReplay.class, Kind.GROUP_PATH, "eventreplays");

  /** The kinds that decide which subscriptions receive an event. */
  public static final Set<Kind> OF_TOPOLOGY =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(EVENT_REPLAY)));

  private static final String GROUP_PATH = "/apis/eventbackbone.io/v1alpha1";

  private final Class<? extends HasMetadata> type;
  private final String version;
  private final String plural;

  Kind(Class<? extends HasMetadata> type, String version, String plural) {
    this.type = type;
    this.version = version;
    this.plural = plural;
  }

  public Class<? extends HasMetadata> type() {
    return type;
  }

  /** {@code EventRoute}. */
  public String title() {
    return type.getSimpleName();
  }

  /** Several: {@code EventRoutes}. */
  String titles() {
    return title() + (this == SERVICE_ACCOUNT_BUS ? "es" : "s");
  }

  /** The kind of that title, if it is one of these. */
  public static Optional<Kind> of(String title) {
    return Arrays.stream(values()).filter(it -> it.title().equals(title)).findFirst();
  }

  /** Whether its objects are in namespaces. */
  public boolean isNamespaced() {
    return this != NAMESPACE && this != AWS_ACCOUNT;
  }

  String path() {
    return version + "/" + plural;
  }

  String path(String namespace) {
    return version + "/namespaces/" + namespace + "/" + plural;
  }
}
