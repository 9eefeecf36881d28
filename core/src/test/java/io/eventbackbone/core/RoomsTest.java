package io.eventbackbone.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.api.Test;

/** Holds the core's rooms to what docs/architecture.md says of them. */
class RoomsTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.eventbackbone.core");

  /** The types of a custom resource extend CustomResource, which the client's library holds. */
  @Test
  void doesNoInputOrOutput() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.fabric8.kubernetes.client..",
                    "io.javaoperatorsdk..",
                    "software.amazon.awssdk..",
                    "java.net..",
                    "java.net.http..",
                    "java.nio.file..",
                    "org.slf4j..")
                .and(not(type(CustomResource.class))))
        .check(CORE);
  }

  @Test
  void roomsUseOnlyRoomsBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("resource")
        .definedBy("..core.resource..")
        .layer("wanted")
        .definedBy("..core.wanted..")
        .layer("pattern")
        .definedBy("..core.pattern..")
        .layer("contract")
        .definedBy("..core.contract..")
        .layer("model")
        .definedBy("..core.model..")
        .layer("routing")
        .definedBy("..core.routing..")
        .layer("catalog")
        .definedBy("..core.catalog..")
        .layer("topology")
        .definedBy("..core.topology..")
        .layer("delivery")
        .definedBy("..core.delivery..")
        .layer("quota")
        .definedBy("..core.quota..")
        .layer("plan")
        .definedBy("..core.plan..")
        .whereLayer("resource")
        .mayNotAccessAnyLayer()
        .whereLayer("wanted")
        .mayOnlyAccessLayers("resource")
        .whereLayer("pattern")
        .mayNotAccessAnyLayer()
        .whereLayer("contract")
        .mayNotAccessAnyLayer()
        .whereLayer("model")
        .mayOnlyAccessLayers("wanted", "resource", "pattern", "contract")
        .whereLayer("routing")
        .mayOnlyAccessLayers("model", "wanted", "resource", "pattern")
        .whereLayer("catalog")
        .mayOnlyAccessLayers("routing", "model", "pattern", "contract")
        .whereLayer("topology")
        .mayOnlyAccessLayers("routing", "model", "wanted", "resource", "pattern")
        .whereLayer("delivery")
        .mayOnlyAccessLayers("model", "wanted", "resource", "pattern")
        .whereLayer("quota")
        .mayOnlyAccessLayers("topology", "model", "wanted", "resource", "pattern")
        .whereLayer("plan")
        .mayOnlyAccessLayers("model", "wanted", "resource")
        .check(CORE);
  }
}
