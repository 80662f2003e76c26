package dev.migrationledger.testsupport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a pure module keeps to: no input or output, no threads, no clock and no chance. */
public final class PurityRules {

    private PurityRules() {}

    @ArchTest
    static final ArchRule nothing_touches_the_world = noClasses()
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.sql..")
            .orShould().accessClassesThat().areAssignableTo(Thread.class);

    /** Time and new ids come in from the edges; the same input is the same output for ever. */
    @ArchTest
    static final ArchRule nothing_reads_a_clock_or_rolls_a_die = noClasses()
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
