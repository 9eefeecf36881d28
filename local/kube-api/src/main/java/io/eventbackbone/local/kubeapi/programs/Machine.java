package io.eventbackbone.local.kubeapi.programs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What finding binaries depends on: the environment variables and the home folder of a user. */
public record Machine(Map<String, String> environment, Path home) {

  public static Machine here() {
    return new Machine(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  public Optional<Path> onPath(String program) {
    return Arrays.stream(variable("PATH").orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where binaries for kube-apiservers are kept between runs. */
  Path cache() {
    return home.resolve(".cache/event-backbone/kubernetes");
  }
}
