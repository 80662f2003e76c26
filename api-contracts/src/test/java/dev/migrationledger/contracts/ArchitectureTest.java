package dev.migrationledger.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.migrationledger.contracts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule contracts_know_the_jdk_and_nothing_else = classes()
            .that().resideOutsideOfPackage("dev.migrationledger.contracts.wire")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("dev.migrationledger.contracts..", "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule one_package_knows_json = classes()
            .that().resideInAPackage("dev.migrationledger.contracts.wire")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("dev.migrationledger.contracts..", "java..", "org.jspecify.annotations",
                    "tools.jackson..", "com.fasterxml.jackson.annotation");

    @ArchTest
    static final ArchRule nothing_depends_on_the_json_form = noClasses()
            .that().resideOutsideOfPackage("dev.migrationledger.contracts.wire")
            .should().dependOnClassesThat().resideInAPackage("dev.migrationledger.contracts.wire");

    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching("dev.migrationledger.contracts.(*)..").should()
            .beFreeOfCycles();
}
