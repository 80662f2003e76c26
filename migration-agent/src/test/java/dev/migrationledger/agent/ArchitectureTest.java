package dev.migrationledger.agent;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.migrationledger.agent.compare.ComparisonText;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.doctor.DoctorCheck;
import dev.migrationledger.agent.doctor.DoctorReport;
import dev.migrationledger.agent.mcp.tools.LedgerReader;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.NewMerge;
import java.util.Set;
import picocli.CommandLine;

@AnalyzeClasses(packages = "dev.migrationledger.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_agent_never_sees_the_ledger_nor_its_frameworks = noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.migrationledger.ledger..", "org.springframework..", "org.axonframework..");

    /** The lists of the tools and of the databases know all of them; nothing else may close a circle. */
    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("dev.migrationledger.agent.(**)").should()
            .beFreeOfCycles()
            .ignoreDependency(type(MigrationTools.class).or(type(Databases.class)), alwaysTrue());

    /** Commands, the options they share, and what turns an option's text into a value. */
    @ArchTest
    static final ArchRule only_commands_know_the_command_line = noClasses().that()
            .resideOutsideOfPackages("..agent.cli..", "dev.migrationledger.agent")
            .and().haveSimpleNameNotEndingWith("Command").and().haveSimpleNameNotEndingWith("Options")
            .and().areNotAssignableTo(CommandLine.ITypeConverter.class)
            .should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule only_databases_and_the_spool_know_jdbc = noClasses().that()
            .resideOutsideOfPackages("..agent.database..", "..agent.spool..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.sqlite..");

    /** A database of another kind is a package and a line in the list. */
    @ArchTest
    static final ArchRule only_the_list_of_databases_knows_postgresql = noClasses().that()
            .resideOutsideOfPackage("..agent.database.postgresql..").and().doNotHaveFullyQualifiedName(
                    Databases.class.getName())
            .should().dependOnClassesThat()
            .resideInAnyPackage("..agent.database.postgresql..", "org.postgresql..");

    /** The dialect of literal SQL in scripts: docs/adr/0038. */
    @ArchTest
    static final ArchRule only_footprints_know_the_dialect_of_sql = noClasses().that()
            .resideOutsideOfPackages("..agent.sql..", "..agent.tool.alembic.footprint..")
            .should().dependOnClassesThat().resideInAPackage("..agent.sql.postgresql..");

    @ArchTest
    static final ArchRule what_a_database_holds_is_data = classes().that()
            .resideInAnyPackage("..agent.database.observation..", "..agent.database.capture..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..agent.database.observation..", "..agent.database.capture..", "..contracts..",
                    "..migrationledger.core..", "java.lang..", "java.util..", "java.time..", "org.jspecify..");

    /** Why a reader gave up is a fact that goes into events as it is (ADR 41). */
    @ArchTest
    static final ArchRule readers_of_languages_are_pure = classes().that()
            .resideInAPackage("..agent.python..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..agent.python..", "java.lang..", "java.math..", "java.util..", "java.nio", "java.nio.charset..",
                    "java.text", "org.jspecify..", "..contracts.unread..");

    /** What is wrong with a configuration is a fact that goes into events as it is. */
    @ArchTest
    static final ArchRule readers_of_configurations_are_pure = classes().that()
            .resideInAPackage("..tool.alembic.config..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..tool.alembic.config..", "..contracts.scripts..", "java.lang..", "java.util..", "java.nio",
                    "java.nio.charset..", "java.text", "tools.jackson..", "org.jspecify..");

    /** The same files and settings make the same file, wherever it is worked out: ADR 58. */
    @ArchTest
    static final ArchRule files_are_worked_out_purely = classes().that()
            .resideInAnyPackage("..tool.alembic.mako..", "..tool.alembic.write..")
            .should().onlyDependOnClassesThat(
                    resideInAnyPackage(
                            "..tool.alembic.mako..", "..tool.alembic.write..", "..agent.python..",
                            "..contracts.revision..", "java.lang..", "java.util..", "java.time..", "java.nio",
                            "java.nio.charset..", "org.jspecify..")
                            .or(type(NewMerge.class)));

    @ArchTest
    static final ArchRule nothing_depends_on_main = noClasses().that()
            .resideOutsideOfPackage("dev.migrationledger.agent")
            .should().dependOnClassesThat().resideInAPackage("dev.migrationledger.agent");

    /** What a language is does not depend on who writes in it. */
    @ArchTest
    static final ArchRule languages_know_no_tool = noClasses().that()
            .resideInAnyPackage("..agent.python..", "..agent.sql..")
            .should().dependOnClassesThat().resideInAPackage("..agent.tool..");

    /** What is concluded depends on nothing but what was observed, what is known of the scripts and what is remembered. */
    @ArchTest
    static final ArchRule inference_is_pure = classes().that()
            .resideInAPackage("..agent.inference..")
            .should().onlyDependOnClassesThat(
                    resideInAnyPackage(
                            "..agent.inference..", "..database.observation..", "..database.capture..", "..contracts..",
                            "..migrationledger.core..", "java.lang..", "java.util..", "java.time..", "java.security..",
                            "java.nio", "java.nio.charset..", "org.jspecify..")
                            .or(type(ObservedFact.class)).or(type(PublishedScripts.class))
                            .or(type(PublishedFiles.class))
                            .or(type(History.class)));

    @ArchTest
    static final ArchRule only_the_reader_of_sql_knows_the_parser = noClasses().that()
            .resideOutsideOfPackage("..agent.sql..")
            .should().dependOnClassesThat().resideInAnyPackage("org.pgcodekeeper..", "org.antlr..");

    /** Another way to the ledger, such as Kafka, replaces this package alone. */
    @ArchTest
    static final ArchRule sending_knows_no_http = noClasses().that()
            .resideInAPackage("..agent.send")
            .should().dependOnClassesThat().resideInAnyPackage("..agent.send.http..", "java.net..");

    @ArchTest
    static final ArchRule only_one_package_speaks_http = noClasses().that()
            .resideOutsideOfPackage("..agent.send.http..")
            .should().dependOnClassesThat().resideInAPackage("java.net.http..");

    /** Whatever a model asks is only read: of what can change something, these packages know nothing (docs/mcp.md). */
    @ArchTest
    static final ArchRule models_only_read = classes().that()
            .resideInAPackage("..agent.mcp..")
            .should().onlyDependOnClassesThat(
                    resideInAnyPackage(
                            "..agent.mcp..", "..agent.cli..", "..agent.tool", "..agent.database.option..",
                            "..migrationledger.core..", "..contracts..", "java.lang..", "java.util..", "java.time..",
                            "java.io..", "java.nio.charset..", "java.net..", "tools.jackson..", "picocli..",
                            "org.jspecify..")
                            .or(type(LedgerClient.class)).or(type(ComparisonText.class))
                            .or(type(DoctorCheck.class)).or(type(DoctorReport.class)));

    @ArchTest
    static final ArchRule models_reach_a_ledger_only_by_its_reader = noClasses().that()
            .resideInAPackage("..agent.mcp..").and().doNotBelongToAnyOf(LedgerReader.class)
            .should().dependOnClassesThat().resideInAPackage("..agent.send..");

    @ArchTest
    static final ArchRule the_reader_only_gets = noClasses().that()
            .resideInAPackage("..agent.mcp..")
            .should().callMethodWhere(describe("a method of the ledger's client that could change something",
                    call -> call.getTargetOwner().isEquivalentTo(LedgerClient.class)
                            && !Set.of("at", "get", "file", "close").contains(call.getName())));
}
