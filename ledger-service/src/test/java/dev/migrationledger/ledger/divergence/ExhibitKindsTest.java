package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of evidence is found by some rule; one that no rule finds any more goes. */
class ExhibitKindsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrationledger.contracts.diagnosis", "dev.migrationledger.core",
                    "dev.migrationledger.ledger.divergence");

    @Test
    void a_rule_finds_each_kind_of_evidence() {
        List<String> unused = Stream.of(Exhibit.What.values())
                .map(Exhibit.What::name)
                .filter(name -> CLASSES.get(Exhibit.What.class).getField(name).getAccessesToSelf().stream()
                        .map(JavaAccess::getOriginOwner)
                        .noneMatch(ExhibitKindsTest::isFinder))
                .toList();

        assertThat(unused).isEmpty();
    }

    /** Not the enum itself, nor a class that only tells the kinds of existing evidence apart. */
    private static boolean isFinder(JavaClass user) {
        return !user.isEquivalentTo(Exhibit.What.class)
                && user.getMethodCallsFromSelf().stream().noneMatch(
                        call -> call.getTargetOwner().isEquivalentTo(Exhibit.class) && call.getName().equals("what"));
    }
}
