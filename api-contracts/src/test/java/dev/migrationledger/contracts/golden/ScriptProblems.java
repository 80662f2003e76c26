package dev.migrationledger.contracts.golden;

import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.FileProblem.*;
import dev.migrationledger.contracts.scripts.GraphProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import dev.migrationledger.contracts.unread.SyntaxError.UnclosedBracket;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.List;

/** One problem of each kind. */
final class ScriptProblems {

    private static final Place INI = new Place("alembic.ini", 3);
    private static final Place TOML = new Place("pyproject.toml", 7);
    private static final Place SCRIPT = new Place("versions/3f1c_routes.py", 12);
    private static final PythonValue NUMBER = new PythonValue(PythonValue.Kind.NUMBER, "42");
    private static final DeclaredRevision ROUTES = new DeclaredRevision("3f1c", "versions/3f1c_routes.py");
    private static final DeclaredRevision MAPS = new DeclaredRevision("7ab2", "versions/7ab2_maps.py");
    private static final DeclaredRevisions BOTH = new DeclaredRevisions(List.of(ROUTES, MAPS), 2);

    static final List<ScriptProblem> ALL = List.of(
            new ByteOrderMark(INI),
            new LineOutsideSection(INI),
            new LineNotUnderstood(INI),
            new SectionTwice(INI, "alembic"),
            new OptionTwice(INI, "timezone", "alembic"),
            new ReferenceTooDeep(INI, "timezone"),
            new StrayPercent(INI, "timezone", "zone", "timezone = %%04d"),
            new UndefinedReference(INI, "file_template", "rev", "alembic", "file_template = %%(rev)s"),
            new NotToml(TOML, "Unexpected end of input"),
            new NestedTooDeeply(TOML),
            new NoTable(TOML),
            new BooleanExpected(TOML, "sourceless", "\"yes\""),
            new ListExpected(TOML, "version_locations"),
            new TablesExpected(TOML, "post_write_hooks"),
            new TextExpected(TOML, "timezone", "number"),
            new StrayTomlPercent(TOML, "file_template", "%%(rev)s"),
            new IniNotUtf8(INI),
            new TomlNotUtf8(TOML),
            new OtherWordForTrue(INI, "sourceless", "yes"),
            new NoScriptLocation(INI, "tenant"),
            new UnknownSeparator(INI, "path_separator", "comma"),
            new EmptyVersionLocation(INI),
            new NoVersionsFolder(INI, "/srv/navbot/migrations/versions"),
            new FolderMissing(INI, "migrations"),
            new FolderAmbiguous(INI, "migrations"),
            new FolderBesideFile(INI, "migrations"),
            new InvalidPath(INI, "a?b", "Nul character not allowed"),
            new PackageNotFound(INI, "navbot.db:migrations", "navbot.db"),
            new FileTwice(SCRIPT),
            new NoScripts(SCRIPT, List.of("migrations/versions")),
            new TooManyScripts(SCRIPT, 100_000, 20_000),
            new FolderForbidden(SCRIPT),
            new FolderUnlistable(SCRIPT),
            new CompiledOnly(SCRIPT),
            new NotRegular(SCRIPT),
            new TooLarge(SCRIPT),
            new DanglingLink(SCRIPT),
            new Vanished(SCRIPT),
            new Forbidden(SCRIPT),
            new Unreadable(SCRIPT, "Input/output error"),
            new ReadingFailed(SCRIPT, new UnreadFile(Obstacle.FILE_TOO_DEEP)),
            new AgentError(SCRIPT, "IllegalStateException"),
            new InvalidPython(SCRIPT, new UnclosedBracket("(")),
            new WildcardImport(SCRIPT),
            new RevisionMissing(SCRIPT),
            new RevisionNotText(SCRIPT, NUMBER),
            new ParentMissing(SCRIPT, "3f1c"),
            new ParentEmpty(SCRIPT),
            new DeclarationUnknown(SCRIPT, Declared.DOWN_REVISION, "parent()", new UnknownValue(Value.COMPUTED)),
            new DeclarationNotText(SCRIPT, Declared.DEPENDS_ON, NUMBER),
            new PartUnknown(SCRIPT, Declared.BRANCH_LABELS, new UnknownValue(Value.COMPUTED)),
            new PartNotText(SCRIPT, Declared.BRANCH_LABELS, NUMBER),
            new EmptyId("versions/empty.py"),
            new IllegalId(new DeclaredRevision("3f-1c", "versions/3f-1c_routes.py"), "-"),
            new OverlongIds(BOTH, List.of(40, 41), 32),
            new DuplicateId("3f1c", BOTH),
            new MissingParent("1a2b", BOTH,
                    new Suggestion(Suggestion.Naming.BEGINNING, "1a2b3c", "versions/1a2b3c_base.py")),
            new MissingDependency("1a2b", BOTH,
                    new Suggestion(Suggestion.Naming.FILE, "1a2b3c", "versions/1a2b3c_base.py")),
            new Cycle(BOTH, true),
            new LabelIsId("3f1c", MAPS, ROUTES),
            new LabelTwice("navigation", ROUTES),
            new LabelTaken("navigation", MAPS, ROUTES),
            new SeveralHeads(BOTH, true, List.of(new EffectiveHead("3f1c", "7ab2")),
                    List.of(new SameCode("3f1c", "7ab2"))),
            new ScriptProblem.LeftOut(10_001));

    private ScriptProblems() {}
}
