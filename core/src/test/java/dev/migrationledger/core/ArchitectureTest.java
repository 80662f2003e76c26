package dev.migrationledger.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.migrationledger.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule core_knows_the_jdk_and_the_contracts = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("dev.migrationledger.core..", "dev.migrationledger.contracts..", "java..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule core_knows_no_json = noClasses().should().dependOnClassesThat()
            .resideInAPackage("dev.migrationledger.contracts.wire");

    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching("dev.migrationledger.core.(**)").should()
            .beFreeOfCycles();
}
