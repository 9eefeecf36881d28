package io.eventbackbone.operator.admission;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.BackboneResource;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Backlog;
import io.eventbackbone.core.model.Inventory;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.SpecCheck;
import io.eventbackbone.operator.admission.Decision.Allowed;
import io.eventbackbone.operator.admission.Decision.Denied;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides about objects before they are stored. Pure: the refusals are those of {@link Admissions};
 * here is only which of them are worth a denial.
 *
 * <p>What another object's change can mend is a warning: Argo CD and {@code kubectl apply -f
 * folder} bring objects in any order. So a pattern is denied that no account can have, and one that
 * is longer than its account's quota is stored: a raised quota lets it in.
 */
public final class Reviewer {

  private static final Set<Reason> MENDED_ELSEWHERE =
      EnumSet.of(
          Reason.REFERENCE_NOT_FOUND,
          Reason.REFERENCE_NOT_ALLOWED,
          Reason.REFERENCE_REFUSED,
          Reason.PATTERN_TOO_LARGE);

  private final Admissions admissions;

  /**
   * @param inventory the cluster without the object that is applied, or with the version before:
   *     whoever is in it came first
   */
  public Reviewer(Inventory inventory) {
    this.admissions = new Admissions(inventory);
  }

  /**
   * Decides about an object of one of the five kinds.
   *
   * @throws IllegalArgumentException when it is of another kind
   */
  public Decision decide(HasMetadata applied) {
    return decision(admissionsOf(applied));
  }

  /** What somebody who deletes an object should know. */
  public Allowed ofDeletion(HasMetadata leaving) {
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
    if (applied instanceof AwsAccount account) {
      return List.of(silent(admissions.account(account)), silent(SpecCheck.selectorsOf(account)));
    }
    if (applied instanceof EventBackbone backbone) {
      return List.of(
          silent(SpecCheck.selectorsOf(backbone)),
          silent(SpecCheck.conventionsOf(backbone).then(SpecCheck::archiveOf)),
          silent(admissions.backbone(backbone)));
    }
    if (applied instanceof ServiceAccountBus bus) {
      return List.of(
          silent(SpecCheck.identifierOf(bus).then(SpecCheck::selectorsOf)),
          silent(admissions.bus(bus)),
          silent(admissions.unrivalled(bus)));
    }
    if (applied instanceof EventRoute route) {
      return List.of(
          silent(SpecCheck.selectorsOf(route)),
          admissions.backboneOf(route).then(backbone -> admissions.route(route, backbone)),
          admissions.formOf(route));
    }
    if (applied instanceof EventSubscription subscription) {
      return List.of(
          admissions
              .subscription(subscription)
              .then(admitted -> new Admitted<>(admitted.warnings())),
          admissions.formOf(subscription));
    }
    throw new IllegalArgumentException(
        "the webhook reviews no %s: leave it out of the ValidatingWebhookConfiguration"
            .formatted(applied.getKind()));
  }

  /** The first lasting refusal, else everything there is to say. */
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
    return admission instanceof Refused<List<String>> refused
        ? Stream.of(refused.message())
        : ((Admitted<List<String>>) admission).value().stream();
  }

  /** An admission that comes without warnings. */
  private static <T> Admission<List<String>> silent(Admission<T> admission) {
    return admission.then(it -> new Admitted<>(List.of()));
  }
}
