package dev.migrationledger.core;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.migrationledger.testsupport.architecture.PurityRules;

/** The core is pure, and so are the contracts it stands on. */
@AnalyzeClasses(packages = {
    "dev.migrationledger.contracts",
    "dev.migrationledger.core"}, importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchTests core_and_contracts_are_pure = ArchTests.in(PurityRules.class);
}
