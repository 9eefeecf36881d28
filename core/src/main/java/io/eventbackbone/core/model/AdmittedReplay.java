package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventReplay;
import io.eventbackbone.core.resource.ResourceKey.RuleKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

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
}
