package io.eventbackbone.records;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.api.v1alpha1.EventTypeSpec;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.TypeAdmissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.NullMarked;

/** Makes a Java file of each event type: a record of the data of its latest version. */
public final class JavaRecords {

  /** A constructor takes no more: a number counts twice among its 255 arguments. */
  private static final int MOST_PROPERTIES = 120;

  private JavaRecords() {}

  /**
   * A file of Java.
   *
   * @param path below the folder of the sources, with slashes
   */
  public record SourceFile(String path, String text) {}

  /**
   * Why an event type has no record.
   *
   * @param object {@code EventType orders/order-created}
   * @param message for people: the mistake and the remedy
   */
  public record Problem(String object, String message) {

    @Override
    public String toString() {
      return object + ": " + message;
    }
  }

  /** The files, and the event types without one. */
  public record Generation(List<SourceFile> files, List<Problem> problems) {
    public Generation {
      files = List.copyOf(files);
      problems = List.copyOf(problems);
    }
  }

  /** Whether a text is the name of a package. */
  public static boolean isPackage(String name) {
    return SourceVersion.isName(name, SourceVersion.latest());
  }

  /**
   * The records of event types. An event type that has none holds up no other.
   *
   * @param packageName of the records
   */
  public static Generation of(List<EventType> types, String packageName) {
    List<SourceFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (EventType type : types) {
      String object = Admissions.describe(type);
      problem(type, object, owners)
          .ifPresentOrElse(
              it -> problems.add(new Problem(object, it)),
              () -> files.add(file(type, object, packageName)));
    }
    return new Generation(files, problems);
  }

  private static Optional<String> problem(
      EventType type, String object, Map<String, String> owners) {
    EventTypeSpec spec = type.getSpec();
    if (spec == null || spec.detailType() == null || spec.versions() == null) {
      return Optional.of(
          type.unreadable()
              .map(Object::toString)
              .orElse("spec needs detailType and versions: write both"));
    }
    if (TypeAdmissions.versions(type) instanceof Refused<?> refused) {
      return Optional.of(refused.message());
    }
    if (latest(type).schema().findValues("properties").stream()
        .anyMatch(it -> it.size() > MOST_PROPERTIES)) {
      return Optional.of(
          "an object has more than %d properties, too many for a record: group some in an object"
              .formatted(MOST_PROPERTIES));
    }
    String name = Identifiers.type(spec.detailType());
    String owner = owners.putIfAbsent(name.toLowerCase(Locale.ROOT), object);
    return Optional.ofNullable(owner)
        .map(it ->
            "%s has the name %s already: choose the event types to generate".formatted(it, name));
  }

  private static EventTypeSpec.Version latest(EventType type) {
    List<EventTypeSpec.Version> versions = type.getSpec().versions();
    return versions.get(versions.size() - 1);
  }

  private static SourceFile file(EventType type, String object, String packageName) {
    EventTypeSpec spec = type.getSpec();
    EventTypeSpec.Version latest = latest(type);
    ClassName name = ClassName.get(packageName, Identifiers.type(spec.detailType()));
    CodeBlock.Builder doc = CodeBlock.builder();
    spec.writtenDescription().ifPresent(it -> doc.add("$L\n\n<p>", Javadoc.of(it)));
    doc.add("Data of $L, version $L.", Javadoc.of(spec.detailType()), Javadoc.of(latest.version()));
    TypeSpec code =
        SchemaTypes.of(latest.schema(), name, doc.build())
            .addAnnotation(NullMarked.class)
            .addAnnotation(
                AnnotationSpec.builder(Generated.class)
                    .addMember("value", "$S", "io.eventbackbone.records")
                    .addMember(
                        "comments", "$S", "%s, version %s".formatted(object, latest.version()))
                    .build())
            .build();
    JavaFile file = JavaFile.builder(packageName, code).skipJavaLangImports(true).build();
    return new SourceFile(
        packageName.replace('.', '/') + "/" + name.simpleName() + ".java", file.toString());
  }
}
