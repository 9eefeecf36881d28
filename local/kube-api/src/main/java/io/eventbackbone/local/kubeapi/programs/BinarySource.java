package io.eventbackbone.local.kubeapi.programs;

import java.util.function.Consumer;

/** One place that the programs of a Kubernetes API can come from. */
interface BinarySource {

  Outcome provide(Consumer<String> progress);

  sealed interface Outcome {}

  record Provided(Binaries.Found binaries) implements Outcome {}

  /**
   * Nothing from here.
   *
   * @param reason half a sentence that names the place and what was wrong
   */
  record Unavailable(String reason) implements Outcome {}
}
