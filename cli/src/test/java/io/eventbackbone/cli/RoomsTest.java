package io.eventbackbone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the rooms of the command to what their package-info says. */
class RoomsTest {

  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.eventbackbone.cli");

  @Test
  void answersAreDecidedWithoutInputAndOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..cli.answer..",
            "..cli.reception..",
            "..cli.difference..",
            "..cli.health..",
            "..cli.graph..",
            "..cli.contract..",
            "..cli.export..",
            "..cli.trace..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client.dsl..",
            "software.amazon.awssdk..",
            "java.net.http..",
            "java.nio.file..",
            "picocli..",
            "..cli.aws..",
            "..cli.print..",
            "..cli.manifest..")
        .check(CLI);
  }

  @Test
  void answersKnowNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("..cli.answer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.eventbackbone.core..", "io.eventbackbone.api..", "..cli.cluster..")
        .check(CLI);
  }

  @Test
  void onlyThePageServes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli.page..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.eventbackbone.http..", "io.netty..")
        .check(CLI);
  }

  @Test
  void roomsHaveNoCircles() {
    slices().matching("io.eventbackbone.cli.(*)..").should().beFreeOfCycles().check(CLI);
  }
}
