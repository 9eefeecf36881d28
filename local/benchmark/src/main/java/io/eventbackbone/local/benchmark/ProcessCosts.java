package io.eventbackbone.local.benchmark;

import io.eventbackbone.local.launcher.Patience;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process costs this machine. */
record ProcessCosts(Process process) {

  private static final Duration LOOK_AT_REST = Duration.ofSeconds(1);
  private static final double RESTING_CPU_SECONDS = 0.1;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final int BYTES_PER_KIB = 1024;

  /** The most memory that was resident so far. */
  long peakResidentBytes() {
    return peakWhileAlive()
        .orElseThrow(() -> new ProgramFailure("resident memory is read from /proc, as on Linux"));
  }

  /** The same; empty: the process has ended. */
  Optional<Long> peakWhileAlive() {
    try {
      Matcher peak =
          PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
      return peak.find()
          ? Optional.of(Long.parseLong(peak.group(1)) * BYTES_PER_KIB)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  double cpuSeconds() {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new ProgramFailure("this system tells no CPU time of processes"))
            .toMillis()
        / 1000.0;
  }

  /** Waits until it has done what it began, such as loading classes: until it hardly runs. */
  void awaitRest() {
    double before;
    do {
      before = cpuSeconds();
      Patience.pause(LOOK_AT_REST);
    } while (cpuSeconds() - before > RESTING_CPU_SECONDS);
  }

  /** What is left of the heap after a full collection, which this causes. */
  long liveHeapBytes() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process histogram =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      return first(
          LIVE, new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ProgramFailure("jcmd of this JDK could not be run", e);
    }
  }

  private static long first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new ProgramFailure("there is no %s in: %s".formatted(pattern, text));
    }
    return Long.parseLong(matcher.group(1));
  }
}
