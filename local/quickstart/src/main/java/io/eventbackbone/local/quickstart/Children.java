package io.eventbackbone.local.quickstart;

import io.eventbackbone.local.launcher.JavaProgram;
import io.eventbackbone.local.launcher.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Java programs that the quickstart runs, each with a log file of its own in one folder. */
final class Children implements AutoCloseable {

  /** For programs that run a few minutes on a laptop: start quickly, stay small. */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Path folder;
  private final List<JavaProgram> children = new CopyOnWriteArrayList<>();

  Children(Path folder) {
    this.folder = folder;
  }

  /** Starts a jar under a name that no other child has. */
  void start(String name, Path jar, List<String> arguments, Map<String, String> environment) {
    children.add(
        JavaProgram.start(
            new JavaProgram.Launch(jar, JVM_OPTIONS, arguments, environment, log(name))));
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** Waiting that fails as soon as a child has ended: none should before all do. */
  Patience patience() {
    return new Patience(children, BETWEEN_LOOKS);
  }

  void requireAlive() {
    children.forEach(JavaProgram::requireAlive);
  }

  /** Asks all to end before it waits for any, the last started first. */
  @Override
  public void close() {
    List<JavaProgram> reversed = new ArrayList<>(children);
    Collections.reverse(reversed);
    reversed.forEach(JavaProgram::askToEnd);
    reversed.forEach(JavaProgram::close);
  }
}
