package io.eventbackbone.records;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.eventbackbone.records.Component.Presence;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * A record with its builder. Code that uses the builder still compiles after a schema gets another
 * optional property.
 */
final class RecordCode {

  private final ClassName name;
  private final ClassName builder;
  private final List<Component> components;

  private RecordCode(ClassName name, List<Component> components) {
    this.name = name;
    this.components = components;
    builder = name.nestedClass("Builder");
  }

  /** Which properties a reader of the record leaves alone. */
  enum Unknown {
    IGNORED,
    REFUSED
  }

  static TypeSpec.Builder of(
      ClassName name, List<Component> components, Unknown unknown, CodeBlock doc) {
    return new RecordCode(name, components).record(unknown, doc);
  }

  private TypeSpec.Builder record(Unknown unknown, CodeBlock doc) {
    TypeSpec.Builder code =
        TypeSpec.recordBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(doc)
            .addAnnotation(
                AnnotationSpec.builder(JsonInclude.class)
                    .addMember("value", "$T.NON_NULL", JsonInclude.Include.class)
                    .build());
    if (unknown == Unknown.IGNORED) {
      code.addAnnotation(
          AnnotationSpec.builder(JsonIgnoreProperties.class)
              .addMember("ignoreUnknown", "true")
              .build());
    }
    CodeBlock parameters = parameterDocs();
    if (!parameters.isEmpty()) {
      code.addJavadoc(doc.isEmpty() ? "$L" : "\n\n$L", parameters);
    }
    MethodSpec.Builder header = MethodSpec.constructorBuilder();
    components.forEach(it -> header.addParameter(it.inHeader()));
    code.recordConstructor(header.build());
    CodeBlock checks = joined(components.stream().map(Component::check));
    if (!checks.isEmpty()) {
      code.addMethod(
          MethodSpec.compactConstructorBuilder()
              .addModifiers(Modifier.PUBLIC)
              .addCode(checks)
              .build());
    }
    return code.addMethod(start()).addMethod(copy()).addType(builder());
  }

  private CodeBlock parameterDocs() {
    return joined(
        components.stream()
            .flatMap(it -> it.doc().stream().map(doc -> Javadoc.ofParameter(it.name(), doc))));
  }

  private static CodeBlock joined(Stream<CodeBlock> blocks) {
    CodeBlock.Builder all = CodeBlock.builder();
    blocks.forEach(all::add);
    return all.build();
  }

  private MethodSpec start() {
    return MethodSpec.methodBuilder("builder")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(builder)
        .addStatement("return new $T()", builder)
        .build();
  }

  private MethodSpec copy() {
    CodeBlock values =
        joined(components.stream().map(it -> CodeBlock.of("\n.$1N($1N)", it.name())));
    return MethodSpec.methodBuilder("toBuilder")
        .addJavadoc("A builder with the values of this record, to be changed.\n")
        .addModifiers(Modifier.PUBLIC)
        .returns(builder)
        .addStatement("return new $T()$L", builder, values)
        .build();
  }

  private TypeSpec builder() {
    TypeSpec.Builder code =
        TypeSpec.classBuilder(builder)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("Makes a record of values that are set by name.\n")
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (Component it : components) {
      code.addField(field(it)).addMethod(setter(it));
    }
    String arguments = components.stream().map(it -> "$L").collect(Collectors.joining(",$W"));
    return code.addMethod(
            MethodSpec.methodBuilder("build")
                .addModifiers(Modifier.PUBLIC)
                .returns(name)
                .addStatement(
                    "return new $T(" + arguments + ")",
                    Stream.concat(Stream.of(name), components.stream().map(Component::built))
                        .toArray())
                .build())
        .build();
  }

  private static FieldSpec field(Component component) {
    if (component.presence() == Presence.OTHERS) {
      return FieldSpec.builder(component.type(), component.name(), Modifier.PRIVATE)
          .initializer("$T.of()", Map.class)
          .build();
    }
    FieldSpec.Builder field =
        FieldSpec.builder(JavaType.nullable(component.type()), component.name(), Modifier.PRIVATE);
    if (component.presence() == Presence.REQUIRED) {
      component.only().ifPresent(field::initializer);
    }
    return field.build();
  }

  private MethodSpec setter(Component component) {
    return MethodSpec.methodBuilder(component.name())
        .addModifiers(Modifier.PUBLIC)
        .returns(builder)
        .addParameter(component.declared(), component.name())
        .addStatement("this.$1N = $1N", component.name())
        .addStatement("return this")
        .build();
  }
}
