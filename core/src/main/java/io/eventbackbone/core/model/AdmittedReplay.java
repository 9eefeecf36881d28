package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackboneSpec.ManagementPolicy;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * A replay that may run.
 *
 * @param archive that is replayed
 * @param account of the archive's bus
 * @param rules that receive the events
 * @param awaited objects whose rules are still to come
 * @param warnings for people
 */
public record AdmittedReplay(
    EventReplay resource,
    ReplayWindow window,
    BusArchive archive,
    AdmittedBackbone backbone,
    AwsAccount account,
    List<RuleKey> rules,
    List<HasMetadata> awaited,
    List<String> warnings) {

  public AdmittedReplay {
    rules = List.copyOf(rules);
    awaited = List.copyOf(awaited);
    warnings = List.copyOf(warnings);
  }

  /** What the replay waits for, if a rule is still to come. */
  public Optional<String> missingRules() {
    return Optional.of(awaited)
        .filter(it -> !it.isEmpty())
        .map(
            it -> "the rule of " + Abbreviation.of(it.stream().map(Admissions::describe).toList()));
  }

  /** Why nothing is replayed, if the operator may change nothing. */
  public Optional<String> observing() {
    return Optional.of("managementPolicy of the backbone is Observe, and nothing is replayed")
        .filter(it -> backbone.spec().managementPolicy() == ManagementPolicy.OBSERVE);
  }
}
