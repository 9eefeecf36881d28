package io.eventbackbone.core.model;

import static io.eventbackbone.core.model.Reason.INVALID_FILTER;
import static io.eventbackbone.core.model.Reason.INVALID_IDENTIFIER;
import static io.eventbackbone.core.model.Reason.INVALID_SELECTOR;
import static io.eventbackbone.core.model.Reason.PATTERN_TOO_LARGE;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.Archive;
import io.eventbackbone.api.v1alpha1.EventFilter;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.pattern.FilterVerdict;
import io.eventbackbone.core.pattern.FilterVerdict.Accepted;
import io.eventbackbone.core.pattern.Filters;
import io.eventbackbone.core.pattern.PatternQuota;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Checks a spec by itself, without the other objects of the cluster. */
public final class SpecCheck {

  /** EventBridge reserves it for events of AWS ("Event structure" of the User Guide). */
  private static final String SOURCES_OF_AWS = "aws.";

  private SpecCheck() {}

  /**
   * Whether each label selector of the object is valid in Kubernetes. An invalid one admits nobody
   * and selects nothing.
   */
  public static <T extends HasMetadata> Admission<T> selectorsOf(T object) {
    List<String> problems = Selectors.problems(object);
    return problems.isEmpty()
        ? new Admitted<>(object)
        : new Refused<>(INVALID_SELECTOR, Abbreviation.ofSentences(problems));
  }

  /** Whether services can publish with the bus's identifier as Source. */
  public static Admission<ServiceAccountBus> identifierOf(ServiceAccountBus bus) {
    String identifier = AdmittedBus.identifier(bus);
    return identifier.toLowerCase(Locale.ROOT).startsWith(SOURCES_OF_AWS)
        ? new Refused<>(
            INVALID_IDENTIFIER,
            "spec.identifier: EventBridge refuses events whose Source begins with aws., as %s does: delete the bus and create it with another identifier"
                .formatted(identifier))
        : new Admitted<>(bus);
  }

  /** Whether the conventions of the backbone are valid. */
  public static Admission<EventBackbone> conventionsOf(EventBackbone backbone) {
    return Filters.problem(backbone.getSpec().conventions())
        .<Admission<EventBackbone>>map(problem -> new Refused<>(INVALID_FILTER, problem.toString()))
        .orElseGet(() -> new Admitted<>(backbone));
  }

  /** Whether the pattern of the archive, if the spec enables one, is valid. */
  public static Admission<EventBackbone> archiveOf(EventBackbone backbone) {
    return archive(backbone, backbone.getSpec().archive());
  }

  /** Whether the pattern of the archive, if the spec enables one, is valid. */
  public static Admission<ServiceAccountBus> archiveOf(ServiceAccountBus bus) {
    return archive(bus, bus.getSpec().archive().settings());
  }

  private static <T> Admission<T> archive(T object, Archive archive) {
    return BusArchive.problem(archive, PatternQuota.HIGHEST)
        .<Admission<T>>map(problem -> new Refused<>(INVALID_FILTER, problem))
        .orElseGet(() -> new Admitted<>(object));
  }

  /** The filter of a route; without one every event passes. */
  static Admission<EventFilter> filterOf(EventRoute route) {
    return route
        .getSpec()
        .writtenFilter()
        .map(SpecCheck::notEmpty)
        .orElseGet(() -> new Admitted<>(EventFilter.everything()));
  }

  /** The filter of a subscription, which must have one. */
  static Admission<EventFilter> filterOf(EventSubscription subscription) {
    return notEmpty(
        Optional.ofNullable(subscription.getSpec().filter()).orElseGet(EventFilter::everything));
  }

  private static Admission<EventFilter> notEmpty(EventFilter filter) {
    List<String> empty = filter.emptyFields();
    if (!empty.isEmpty()) {
      return new Refused<>(
          INVALID_FILTER,
          "spec.filter.%s is empty: leave it out, or write what passes"
              .formatted(String.join(" and spec.filter.", empty)));
    }
    return filter.detailTypes().isEmpty() && filter.pattern().isEmpty()
        ? new Refused<>(
            INVALID_FILTER,
            "spec.filter is empty: write detailTypes, a pattern or both; the pattern"
                + " {\"source\":[{\"prefix\":\"\"}]} lets every event pass")
        : new Admitted<>(filter);
  }

  /** Whether the filter of a route is an event pattern, whatever the conventions are. */
  public static Admission<List<String>> formOf(EventRoute route) {
    return verdict(
        filterOf(route),
        filter -> Filters.checkRouteForm(filter, route.getSpec().senderMatch()),
        Accepted::warnings);
  }

  /** Whether the filter of a subscription is an event pattern, whatever the conventions are. */
  public static Admission<List<String>> formOf(EventSubscription subscription) {
    return verdict(filterOf(subscription), Filters::checkForm, Accepted::warnings);
  }

  /**
   * Checks a filter that the spec contains.
   *
   * @param admitted what an accepted filter admits
   */
  static <T> Admission<T> verdict(
      Admission<EventFilter> written,
      Function<EventFilter, FilterVerdict> check,
      Function<Accepted, T> admitted) {
    return written.then(filter ->
        switch (check.apply(filter)) {
          case FilterVerdict.TooLong tooLong ->
              new Refused<>(PATTERN_TOO_LARGE, "spec.filter: " + tooLong.message());
          case FilterVerdict.Refused refused ->
              new Refused<>(
                  INVALID_FILTER, "spec.filter: " + Abbreviation.ofProblems(refused.problems()));
          case Accepted accepted -> new Admitted<>(admitted.apply(accepted));
        });
  }
}
