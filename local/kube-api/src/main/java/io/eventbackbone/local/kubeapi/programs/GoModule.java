package io.eventbackbone.local.kubeapi.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a module in the Go module proxy. Go keeps them in its own cache.
 *
 * @param path such as {@code github.com/kedacore/keda/v2}
 */
public record GoModule(String path, String version) {

  public static final GoModule KEDA = new GoModule("github.com/kedacore/keda/v2", "v2.21.0");

  /**
   * The module's folder. Where it can't be had, the test that asks is skipped, by name on standard
   * error; with {@code CI=true} or {@code kubeapi.required} it fails.
   */
  public Path orSkip(Class<?> test) {
    try {
      return provide(Machine.here());
    } catch (IOException e) {
      throw MissingPart.of(test, "%s %s can't be had: %s".formatted(path, version, e.getMessage()));
    }
  }

  private Path provide(Machine machine) throws IOException {
    Path go = machine.onPath("go").orElseThrow(() -> new IOException("no go on the PATH"));
    Process process =
        new ProcessBuilder(go.toString(), "mod", "download", "-json", path + "@" + version)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .directory(machine.home().toFile())
            .start();
    JsonNode answer = new JsonMapper().readTree(process.getInputStream());
    if (!answer.has("Dir")) {
      throw new IOException(answer.path("Error").asText("go mod download told nothing"));
    }
    return Path.of(answer.get("Dir").asText());
  }
}
