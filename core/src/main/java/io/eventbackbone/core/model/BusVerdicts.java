package io.eventbackbone.core.model;

import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers which buses are admitted. Several threads may ask. */
final class BusVerdicts {

  private final Map<ServiceAccountBus, Admission<AdmittedBus>> verdicts =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** The verdict on a bus, which is decided when it is first asked for. */
  Admission<AdmittedBus> of(
      ServiceAccountBus bus, Function<ServiceAccountBus, Admission<AdmittedBus>> decision) {
    return verdicts.computeIfAbsent(bus, decision);
  }
}
