package io.eventbackbone.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the operator's rooms to what docs/architecture.md says of them. */
class RoomsTest {

  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.eventbackbone.operator");

  @Test
  void noRoomsUseEachOther() {
    slices().matching("io.eventbackbone.operator.(**)").should().beFreeOfCycles().check(OPERATOR);
  }

  @Test
  void onlyAwsCallsAws() {
    noClasses()
        .that()
        .resideInAnyPackage("..operator.cluster..", "..operator.admission..", "..operator.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "..operator.aws..")
        .check(OPERATOR);
    noClasses()
        .that()
        .resideInAnyPackage("..operator.reconcile..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk.services..")
        .check(OPERATOR);
  }

  @Test
  void awsDoesNotKnowTheCluster() {
    noClasses()
        .that()
        .resideInAnyPackage("..operator.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..", "..operator.cluster..", "..operator.reconcile..")
        .check(OPERATOR);
  }

  @Test
  void nothingKnowsTheSandbox() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.eventbackbone.sandbox..", "io.eventbackbone.local..")
        .check(OPERATOR);
  }
}
