package io.eventbackbone.operator.topology;

import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.PackedRule;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a bus is among the packs of its backbone, by the backbone's status. The backbone's
 * reconciler alone moves it, and in this order: nowhere, joining, inside, leaving, nowhere. The bus
 * answers by the rule that its own status names, so that at every moment one rule is sure to
 * forward to it.
 */
public sealed interface Place {

  /** In no pack. */
  record Nowhere() implements Place {}

  /** The pack is about to forward to it; maybe it does already. */
  record Joining(String rule) implements Place {}

  /** The pack forwards to it. */
  record Inside(String rule) implements Place {}

  /** The pack forwards to it until its status names another rule, or none. */
  record Leaving(String rule) implements Place {}

  static Place of(ServiceAccountBus bus, EventBackbone backbone) {
    String name = AdmittedBus.nameOf(bus);
    return backbone.getStatus().packs().stream()
        .filter(pack -> Packing.all(pack).anyMatch(name::equals))
        .findFirst()
        .map(pack -> in(pack, name))
        .orElseGet(Nowhere::new);
  }

  /** The places of all buses that have one, by {@code namespace/name}. */
  static Map<String, Place> all(EventBackbone backbone) {
    Map<String, Place> all = new HashMap<>();
    for (PackedRule pack : backbone.getStatus().packs()) {
      Packing.all(pack).forEach(bus -> all.put(bus, in(pack, bus)));
    }
    return all;
  }

  private static Place in(PackedRule pack, String bus) {
    if (pack.buses().contains(bus)) {
      return new Inside(pack.rule());
    }
    return pack.leaving().contains(bus) ? new Leaving(pack.rule()) : new Joining(pack.rule());
  }
}
