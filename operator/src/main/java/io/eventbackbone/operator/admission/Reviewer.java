package io.eventbackbone.operator.admission;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Backlog;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.ReplayAdmissions;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.core.model.TypeAdmissions;
import io.eventbackbone.operator.admission.Decision.Allowed;
import io.eventbackbone.operator.admission.Decision.Denied;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides about an object before the API server stores it. {@link Admissions} finds the refusals;
 * this class decides which of them deny the object.
 *
 * <p>A refusal is only a warning if a change of another object can lift it: Argo CD and {@code
 * kubectl apply -f folder} apply objects in any order. So the webhook denies a pattern that no
 * account may have. It lets a pattern pass that exceeds the account's quota: AWS may raise it.
 */
public final class Reviewer {

  private static final Set<Reason> MENDED_ELSEWHERE =
      EnumSet.of(
          Reason.REFERENCE_NOT_FOUND,
          Reason.REFERENCE_NOT_ALLOWED,
          Reason.REFERENCE_REFUSED,
          Reason.PATTERN_TOO_LARGE,
          Reason.UNKNOWN_DETAIL_TYPE,
          Reason.NOT_ARCHIVED,
          Reason.SUBSCRIPTION_SUSPENDED);

  private final Admissions admissions;
  private final TypeAdmissions types;
  private final ReplayAdmissions replays;
  private final Catalog catalog;

  /**
   * Creates the reviewer of one object.
   *
   * @param inventory the cluster with the earlier version of the object, or without the object
   */
  public Reviewer(Inventory inventory) {
    this.admissions = new Admissions(inventory);
    this.types = new TypeAdmissions(inventory);
    this.replays = new ReplayAdmissions(inventory, InstantSource.system());
    this.catalog = new Catalog(inventory);
  }

  /**
   * Decides about an object of one of the seven kinds.
   *
   * @throws IllegalArgumentException when the object is of another kind
   */
  Decision decide(HasMetadata applied) {
    return decision(admissionsOf(applied));
  }

  /** Warns a person who deletes an object. */
  Allowed ofDeletion(HasMetadata leaving) {
    return leaving instanceof EventSubscription subscription
        ? admissions
            .referredBus(subscription)
            .then(admissions::bus)
            .admitted()
            .flatMap(bus -> Backlog.of(subscription, bus))
            .map(backlog -> new Allowed(backlog.warnings()))
            .orElse(Decision.ALLOWED)
        : Decision.ALLOWED;
  }

  private List<Admission<List<String>>> admissionsOf(HasMetadata applied) {
    if (applied instanceof BackboneResource<?, ?> resource && resource.unreadable().isPresent()) {
      return List.of(silent(Admissions.readable(resource)));
    }
    return switch (applied) {
      case AwsAccount account ->
          List.of(silent(admissions.account(account)), silent(SpecCheck.selectorsOf(account)));
      case EventBackbone backbone ->
          List.of(
              silent(SpecCheck.selectorsOf(backbone)),
              silent(SpecCheck.conventionsOf(backbone).then(SpecCheck::archiveOf)),
              silent(admissions.backbone(backbone)));
      case ServiceAccountBus bus ->
          List.of(
              silent(SpecCheck.identifierOf(bus).then(SpecCheck::selectorsOf)),
              silent(SpecCheck.archiveOf(bus)),
              silent(admissions.bus(bus)),
              silent(admissions.unrivalled(bus)));
      case EventRoute route ->
          List.of(
              silent(SpecCheck.selectorsOf(route)),
              admissions.backboneOf(route).then(backbone -> admissions.route(route, backbone)),
              SpecCheck.formOf(route));
      case EventSubscription subscription ->
          List.of(ofSubscription(subscription), SpecCheck.formOf(subscription));
      case EventType type ->
          List.of(
              silent(TypeAdmissions.versions(type).then(it -> Catalog.compatible(type, it))),
              silent(types.type(type).then(catalog::replacement)));
      case EventReplay replay ->
          List.of(
              silent(SpecCheck.selectorsOf(replay)),
              replays.replay(replay).then(it -> new Admitted<>(it.warnings())));
      default ->
          throw new IllegalArgumentException(
              "the webhook does not review %s: remove it from the ValidatingWebhookConfiguration"
                  .formatted(applied.getKind()));
    };
  }

  private Admission<List<String>> ofSubscription(EventSubscription subscription) {
    return admissions
        .subscription(subscription)
        .then(admitted ->
            catalog
                .filter(admitted)
                .then(warnings -> new Admitted<>(admitted.warned(warnings).warnings())));
  }

  /** Denies with the first lasting refusal, or allows with all warnings. */
  private static Decision decision(List<Admission<List<String>>> admissions) {
    return admissions.stream()
        .flatMap(Reviewer::denial)
        .findFirst()
        .orElseGet(
            () -> new Allowed(admissions.stream().flatMap(Reviewer::warnings).distinct().toList()));
  }

  private static Stream<Decision> denial(Admission<List<String>> admission) {
    return admission instanceof Refused<List<String>> refused
            && !MENDED_ELSEWHERE.contains(refused.reason())
        ? Stream.of(new Denied(refused.reason(), refused.message()))
        : Stream.empty();
  }

  private static Stream<String> warnings(Admission<List<String>> admission) {
    return switch (admission) {
      case Refused<List<String>>(Reason reason, String message) -> Stream.of(message);
      case Admitted<List<String>>(List<String> warnings) -> warnings.stream();
    };
  }

  /** The same decision without warnings. */
  private static <T> Admission<List<String>> silent(Admission<T> admission) {
    return admission.then(it -> new Admitted<>(List.of()));
  }
}
