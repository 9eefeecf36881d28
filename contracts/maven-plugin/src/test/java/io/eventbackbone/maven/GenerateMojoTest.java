package io.eventbackbone.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services of this repository are built with the goal; this is what they don't show. */
class GenerateMojoTest {

  private static final String TYPE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: orders}
      ---
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventType
      metadata: {name: created, namespace: orders}
      spec:
        busRef: {name: orders}
        detailType: Order.Created
        unknown: field
        versions: [{version: "1", schema: {type: object, properties: {total: {type: number}}}}]
      """;

  @TempDir private Path folder;

  private GenerateMojo mojo(String manifests, String... detailTypes) throws IOException {
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("types.yaml"), manifests);
    Files.writeString(contracts.resolve("README.md"), "no manifest");
    GenerateMojo mojo = new GenerateMojo();
    mojo.manifests = List.of(contracts.toFile());
    mojo.packageName = "com.example";
    mojo.detailTypes = Arrays.asList(detailTypes);
    mojo.sources = folder.resolve("sources").toFile();
    mojo.resources = folder.resolve("resources").toFile();
    mojo.project = new MavenProject();
    return mojo;
  }

  @Test
  void recordsAndSchemasArePartsOfTheBuild() throws Exception {
    GenerateMojo mojo = mojo(TYPE);

    mojo.execute();

    assertThat(mojo.project.getCompileSourceRoots())
        .containsExactly(folder.resolve("sources").toString());
    assertThat(folder.resolve("sources/com/example/OrderCreated.java")).exists();
    assertThat(mojo.project.getResources())
        .extracting(it -> it.getDirectory())
        .containsExactly(folder.resolve("resources").toString());
    assertThat(folder.resolve("resources/event-types/Order.Created.json"))
        .content()
        .contains("\"total\"");
  }

  /** Else the compiler would compile everything again, and what is gone. */
  @Test
  void onlyWhatChangedIsWritten() throws Exception {
    mojo(TYPE).execute();
    Path file = folder.resolve("sources/com/example/OrderCreated.java");
    FileTime before = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, before);

    mojo(TYPE).execute();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);

    mojo(TYPE.replace("Order.Created", "Order.Taken")).execute();
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("sources/com/example/OrderTaken.java")).exists();
  }

  @Test
  void aMistakeFailsTheBuild() throws IOException {
    assertThatThrownBy(mojo(TYPE.replace("type: number", "type: money"))::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(
            "EventType orders/created: spec.versions[0].schema/properties/total/type");
    assertThatThrownBy(mojo(TYPE, "Order.Creatd")::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "detailTypes: no EventType has the detail type Order.Creatd; did you mean"
                + " Order.Created?");
    assertThatThrownBy(mojo(TYPE + "\n---\n{")::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("types.yaml, line");
    assertThatThrownBy(mojo(TYPE.replace("Order.Created", "../../../x"))::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("is no path in");
    GenerateMojo misspelt = mojo(TYPE);
    misspelt.packageName = "com.class";
    assertThatThrownBy(misspelt::execute).isInstanceOf(MojoExecutionException.class);
  }
}
