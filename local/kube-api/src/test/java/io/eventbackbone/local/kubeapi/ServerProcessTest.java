package io.eventbackbone.local.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  private static final Path SLEEP = Path.of("/bin/sleep");

  /** What starts a server, and says its number. */
  static final class Parent {
    public static void main(String[] arguments) throws InterruptedException {
      var server = ServerProcess.start(SLEEP, List.of("1000"), Path.of(arguments[0]));
      System.out.println(server.process().pid());
      Thread.sleep(TimeUnit.HOURS.toMillis(1));
    }
  }

  @Test
  void endsWithAParentThatIsKilled(@TempDir Path folder) throws IOException {
    var parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    try {
      line = parent.inputReader(StandardCharsets.UTF_8).readLine();
    } finally {
      parent.destroyForcibly();
    }
    var server = ProcessHandle.of(Long.parseLong(line));

    server.ifPresent(it -> it.onExit().orTimeout(1, TimeUnit.MINUTES).join());

    assertThat(server.filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void isKilled(@TempDir Path folder) {
    var server = ServerProcess.start(SLEEP, List.of("1000"), folder);
    server.kill();
    assertThat(server.isAlive()).isFalse();
    assertThat(server.report()).contains("sleep ended with exit code 137");
  }
}
