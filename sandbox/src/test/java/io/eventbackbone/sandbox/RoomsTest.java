package io.eventbackbone.sandbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.eventbackbone.sandbox.errors.AwsException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the rooms of the sandbox to what their package-info says. */
class RoomsTest {

  private static final String SANDBOX = "io.eventbackbone.sandbox.";

  /** A reader finds things in a room of this many types at most. */
  private static final int MOST_TYPES = 21;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.eventbackbone.sandbox");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          errors               | errors
          access               | errors
          api                  | errors access
          iam                  | errors access api
          sts                  | errors access api iam
          faults               | errors access api
          http                 | errors access api faults sts
          eventbridge.model    | errors access api
          eventbridge.delivery | errors access api eventbridge.model
          eventbridge          | errors access api eventbridge.model eventbridge.delivery
          sqs                  | errors access api
          logs.filter          | errors access api
          logs                 | errors access api logs.filter
          cloudwatch           | errors access api
          schemas              | errors access api
          servicequotas        | errors access api
          tagging              | errors access api
          """)
  void aRoomUsesOnlyTheRoomsItMay(String room, String others) {
    String[] allowed =
        Stream.concat(Stream.of(room), Arrays.stream(others.split(" ", -1)))
            .map(name -> SANDBOX + name)
            .toArray(String[]::new);

    noClasses()
        .that(resideInAPackage(SANDBOX + room))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.eventbackbone.sandbox..").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @Test
  void onlyTheErrorsMakeRefusals() {
    noClasses()
        .that(not(resideInAPackage(SANDBOX + "errors")))
        .should()
        .callConstructor(AwsException.class, int.class, String.class, String.class)
        .orShould()
        .callMethod(AwsException.class, "badRequest", String.class, String.class)
        .check(CLASSES);
  }

  @Test
  void noRoomIsOverfull() {
    Map<String, Long> types =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(types).allSatisfy((room, count) -> assertThat(count).isLessThan(MOST_TYPES));
  }
}
