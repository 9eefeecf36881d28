package io.eventbackbone.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

  @TempDir private Path folder;

  private static String manifest(String name) {
    return "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
        .formatted(name);
  }

  @Test
  void readsTheFilesOfAFolderInTheOrderOfTheirNames() throws IOException {
    Files.writeString(folder.resolve("b.json"), manifest("b"));
    Files.writeString(folder.resolve("a.yaml"), manifest("a1") + "\n---\n---\n" + manifest("a2"));
    Files.writeString(folder.resolve("readme.md"), "no manifest");
    Files.writeString(
        Files.createDirectory(folder.resolve("deep")).resolve("c.yml"), manifest("c"));

    assertThat(names(Manifests.of(folder, Manifests.Depth.FLAT))).containsExactly("a1", "a2", "b");
    assertThat(names(Manifests.of(folder, Manifests.Depth.RECURSIVE)))
        .containsExactly("a1", "a2", "b", "c");
  }

  @Test
  void readsAFileOfAnyEndingThatIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.txt"), manifest("x"));

    assertThat(names(Manifests.of(file, Manifests.Depth.FLAT))).containsExactly("x");
  }

  @Test
  void readsTheItemsOfLists() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("list.yaml"),
            "kind: List\nitems: [%s, %s]".formatted(manifest("x"), manifest("y")));

    assertThat(names(Manifests.of(file, Manifests.Depth.FLAT))).containsExactly("x", "y");
  }

  @Test
  void namesTheFileThatIsNone() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "kind: [");
    Path bare = Files.writeString(folder.resolve("bare.yaml"), "a: 1");

    assertThatThrownBy(() -> Manifests.of(broken, Manifests.Depth.FLAT))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("broken.yaml, line");
    assertThatThrownBy(() -> Manifests.of(bare, Manifests.Depth.FLAT))
        .hasMessageContaining("bare.yaml has what is no manifest");
    assertThatThrownBy(() -> Manifests.of(folder.resolve("none"), Manifests.Depth.FLAT))
        .hasMessageContaining("can't be read");
  }

  private static List<String> names(List<ObjectNode> objects) {
    return objects.stream().map(it -> it.path("metadata").path("name").asText()).toList();
  }
}
