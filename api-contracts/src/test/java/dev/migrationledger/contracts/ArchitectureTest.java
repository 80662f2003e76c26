package dev.migrationledger.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;

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

    @ArchTest
    static final ArchRule no_contract_touches_the_world = noClasses()
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.sql..")
            .orShould().accessClassesThat().areAssignableTo(Thread.class);

    /** Time and new ids come in from the edges; the same input is the same output for ever. */
    @ArchTest
    static final ArchRule no_contract_reads_a_clock_or_rolls_a_die = noClasses()
            .should().callCodeUnitWhere(new Unpredictable())
            .orShould().dependOnClassesThat(DescribedPredicate.describe(
                    "are clocks, or generators of random numbers that no caller gave",
                    type -> type.isAssignableTo(Clock.class)
                            || (type.isAssignableTo(RandomGenerator.class)
                                    && !type.isEquivalentTo(RandomGenerator.class))));

    private static final class Unpredictable extends DescribedPredicate<JavaCall<?>> {
        private static final Set<String> ANSWERS = Set.of(
                "java.time.now",
                "java.util.UUID.randomUUID",
                "java.util.random.RandomGenerator.of",
                "java.util.random.RandomGenerator.getDefault",
                "java.lang.Math.random",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime");

        Unpredictable() {
            super("it answers differently each time");
        }

        @Override
        public boolean test(JavaCall<?> call) {
            JavaClass owner = call.getTarget().getOwner();
            String type = owner.getPackageName().equals("java.time") ? "java.time" : owner.getName();
            return ANSWERS.contains(type + "." + call.getTarget().getName());
        }
    }
}
