package io.eventbackbone.maven;

import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec;
import io.eventbackbone.records.JavaRecords;
import io.eventbackbone.records.JavaRecords.Generation;
import io.eventbackbone.records.JavaRecords.Problem;
import io.eventbackbone.records.JavaRecords.SourceFile;
import io.eventbackbone.records.Selection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/**
 * Makes a Java record of each EventType in manifests, and puts its schema on the class path, where
 * the library {@code events} holds published events to it. Maven sets the fields, as {@code
 * META-INF/maven/plugin.xml} says.
 */
public final class GenerateMojo extends AbstractMojo {

  /** Files, or folders, with manifests. Manifests of other kinds are left out. */
  List<File> manifests;

  /** The package of the records. */
  String packageName;

  /** Detail types of the records; without any, there is a record of each EventType. */
  List<String> detailTypes = List.of();

  File sources;

  File resources;

  MavenProject project;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (!JavaRecords.isPackage(packageName)) {
      throw new MojoExecutionException(
          "packageName: %s is no name of a Java package".formatted(packageName));
    }
    Selection chosen = Selection.of(EventTypeFiles.read(manifests), detailTypes);
    if (!chosen.unknown().isEmpty()) {
      throw new MojoFailureException("detailTypes: " + String.join("; ", chosen.unknown()));
    }
    Generation made = JavaRecords.of(chosen.types(), packageName);
    if (!made.problems().isEmpty()) {
      throw new MojoFailureException(
          made.problems().stream()
              .map(Problem::toString)
              .collect(Collectors.joining(System.lineSeparator())));
    }
    write(made.files(), chosen.types());
    project.addCompileSourceRoot(sources.getPath());
    Resource resource = new Resource();
    resource.setDirectory(resources.getPath());
    project.addResource(resource);
  }

  private void write(List<SourceFile> files, List<EventType> types) throws MojoExecutionException {
    Map<String, String> code = new LinkedHashMap<>();
    files.forEach(it -> code.put(it.path(), it.text()));
    Map<String, String> schemas = new LinkedHashMap<>();
    for (EventType type : types) {
      List<EventTypeSpec.Version> versions = type.getSpec().versions();
      schemas.put(
          "event-types/%s.json".formatted(type.getSpec().detailType()),
          versions.get(versions.size() - 1).schema().toPrettyString());
    }
    try {
      OutputFolder.write(sources.toPath(), code);
      OutputFolder.write(resources.toPath(), schemas);
    } catch (IOException e) {
      throw new MojoExecutionException("the records can't be written: " + e.getMessage(), e);
    }
    getLog().info("%d records in %s".formatted(files.size(), Path.of(sources.getPath())));
  }
}
