package io.eventbackbone.cli.contract;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec.Version;
import io.eventbackbone.cli.answer.Code;
import io.eventbackbone.cli.answer.TypeCheck;
import io.eventbackbone.cli.answer.TypeCheck.Problem;
import io.eventbackbone.cli.cluster.Sight;
import io.eventbackbone.cli.cluster.Snapshot;
import io.eventbackbone.core.catalog.Catalog;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.TypeAdmissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks event types before they are applied. */
public final class ContractCheck {

  private ContractCheck() {}

  /** By themselves: their schemas, and the compatibility of their versions. */
  public static TypeCheck of(List<EventType> types) {
    List<Problem> problems = new ArrayList<>();
    types.forEach(type -> byItself(type, problems));
    return new TypeCheck(List.of(), types.size(), problems);
  }

  /** By themselves, and against what the cluster has. */
  public static TypeCheck of(List<EventType> types, Sight cluster) {
    List<Problem> problems = new ArrayList<>();
    for (EventType type : types) {
      if (byItself(type, problems)) {
        changes(type, cluster.snapshot()).ifPresent(it -> add(type, it, problems));
        inCluster(type, cluster.snapshot()).ifPresent(it -> add(type, it, problems));
      }
    }
    return new TypeCheck(cluster.unseen(), types.size(), problems);
  }

  private record Found(Code code, String message) {}

  private static void add(EventType type, Found found, List<Problem> problems) {
    problems.add(new Problem(Admissions.describe(type), found.code(), found.message()));
  }

  /** Whether nothing is wrong with it by itself. */
  private static boolean byItself(EventType type, List<Problem> problems) {
    Optional<Found> found =
        unreadable(type)
            .or(() ->
                refusal(
                    TypeAdmissions.versions(type)
                        .then(versions -> Catalog.compatible(type, versions))));
    found.ifPresent(it -> add(type, it, problems));
    return found.isEmpty();
  }

  private static Optional<Found> unreadable(EventType type) {
    if (type.getSpec() == null) {
      return Optional.of(
          new Found(
              Code.UNREADABLE,
              type.unreadable().map(Object::toString).orElse("spec is missing: write it")));
    }
    boolean isComplete =
        type.getSpec().busRef() != null
            && type.getSpec().detailType() != null
            && type.getSpec().versions() != null;
    return isComplete
        ? Optional.empty()
        : Optional.of(
            new Found(
                Code.UNREADABLE, "spec needs busRef, detailType and versions: write all of them"));
  }

  private static Optional<Found> refusal(Admission<?> admission) {
    return admission instanceof Refused<?> refused
        ? Optional.of(new Found(code(refused.reason()), refused.message()))
        : Optional.empty();
  }

  private static Code code(Reason reason) {
    return switch (reason) {
      case INCOMPATIBLE -> Code.INCOMPATIBLE;
      case PROPERTY_IN_USE -> Code.PROPERTY_IN_USE;
      default -> Code.TYPE_REFUSED;
    };
  }

  private static Optional<Found> changes(EventType type, Snapshot cluster) {
    List<Version> before =
        cluster.sameAs(type).stream()
            .filter(EventType.class::isInstance)
            .map(EventType.class::cast)
            .filter(it -> it.getSpec() != null)
            .flatMap(it -> it.getSpec().versions().stream())
            .toList();
    return type.getSpec().versions().stream()
        .filter(version ->
            before.stream()
                .anyMatch(it ->
                    it.version().equals(version.version())
                        && !it.schema().equals(version.schema())))
        .map(version ->
            new Found(
                Code.VERSION_CHANGED,
                "version %s has another schema in the cluster: list the new schema as another version"
                    .formatted(version.version())))
        .findFirst();
  }

  /** A reference may be there when the manifests are applied. */
  private static Optional<Found> inCluster(EventType type, Snapshot cluster) {
    Admission<?> admission =
        new TypeAdmissions(cluster).type(type).then(new Catalog(cluster)::replacement);
    return switch (admission) {
      case Admitted<?> admitted -> Optional.empty();
      case Refused<?> refused ->
          switch (refused.reason()) {
            case REFERENCE_NOT_FOUND, REFERENCE_NOT_ALLOWED, REFERENCE_REFUSED -> Optional.empty();
            default -> refusal(admission);
          };
    };
  }
}
