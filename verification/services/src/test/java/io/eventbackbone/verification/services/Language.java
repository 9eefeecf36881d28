package io.eventbackbone.verification.services;

import io.eventbackbone.local.kubeapi.programs.GoPrograms;
import io.eventbackbone.local.kubeapi.programs.NodePackages;
import io.eventbackbone.local.kubeapi.programs.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A language that a sample is written in, and how its dependencies get beside its sources. */
enum Language {
  PYTHON {
    @Override
    void install(Path project, Class<?> test) throws IOException {
      String requirements = Files.readString(project.resolve("requirements.txt"));
      Path programs = new PythonEnvironment("sample-python", requirements).orSkip(test);
      Files.createSymbolicLink(project.resolve(".venv"), programs.getParent());
    }
  },
  NODE {
    @Override
    void install(Path project, Class<?> test) throws IOException {
      Path packages = new NodePackages("sample-node", project).orSkip(test);
      Files.createSymbolicLink(project.resolve("node_modules"), packages);
    }
  },
  GO {
    @Override
    void install(Path project, Class<?> test) throws IOException {
      Path programs = new GoPrograms("sample-go", project).orSkip(test);
      Files.createSymbolicLink(project.resolve("bin"), programs);
    }
  };

  private static final Path SAMPLES = Path.of("../..", "samples");

  /** What people who tried the sample have in its folder. */
  private static final Set<String> INSTALLED =
      Set.of(".venv", "__pycache__", "node_modules", "bin");

  /** Does in a copy of the sample what the documented command for it does, out of a cache. */
  abstract void install(Path project, Class<?> test) throws IOException;

  /** The sample's folder, as in a clone in which nothing was installed yet. */
  void copyTo(Path project) throws IOException {
    Path sample = SAMPLES.resolve(toString());
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : files.filter(file -> isSource(sample.relativize(file))).toList()) {
        Path copy = project.resolve(sample.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static boolean isSource(Path file) {
    return file.getNameCount() > 0 && !INSTALLED.contains(file.getName(0).toString());
  }

  /** The name of the sample's folder. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
