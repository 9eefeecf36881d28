package io.eventbackbone.operator.gitops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * What Argo CD's Lua interpreter makes of objects with a health check, and what kstatus does: the
 * real ones, in the Go program of src/test/go/verdicts.
 */
final class Verdicts {

  private static final Path SOURCES = Path.of("src", "test", "go", "verdicts");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Of one object.
   *
   * @param health that the Lua check answers
   * @param message that goes with it
   * @param kstatus as kstatus computes it
   */
  record Verdict(String health, String message, String kstatus) {}

  private final Path program;

  private Verdicts(Path program) {
    this.program = program;
  }

  /** Skips the test where the program can't be built, by name on standard error; fails it in CI. */
  static Verdicts orSkip(Class<?> test) throws InterruptedException {
    try {
      return new Verdicts(GoProgram.built(SOURCES));
    } catch (IOException e) {
      String message =
          "no Go program for this test: %s. To run it, install Go 1.23 or newer with access to a module proxy"
              .formatted(e.getMessage());
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message, e);
      }
      System.err.println("SKIPPED " + test.getName() + ": " + message);
      return Assumptions.abort(message);
    }
  }

  /** One verdict for each of the objects. */
  List<Verdict> of(Path healthCheck, List<JsonNode> objects)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), healthCheck.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      JSON.writeValue(input, objects);
    }
    byte[] answer = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException("%s failed; standard error has why".formatted(program));
    }
    return JSON.readValue(answer, new TypeReference<>() {});
  }
}
