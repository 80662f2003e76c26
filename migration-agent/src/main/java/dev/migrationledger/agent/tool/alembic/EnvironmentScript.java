package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.CallListener;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.ImportedNames;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.tool.Setting;
import dev.migrationledger.agent.tool.Setting.Computed;
import dev.migrationledger.agent.tool.Setting.Unset;
import dev.migrationledger.agent.tool.Setting.Variable;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code env.py} tells Alembic of the database and its version table. It is followed like a script, never run. */
final class EnvironmentScript implements CallListener {

    private static final Set<String> ENGINES = Set.of("create_engine", "create_async_engine", "engine_from_config",
            "async_engine_from_config");
    private static final Set<String> EXECUTING = Set.of("execute", "exec_driver_sql", "scalar");
    private static final Pattern SEARCH_PATH_OPTION = Pattern.compile("-c\\s*search_path=((?:[^\\s\\\\]|\\\\.)+)");
    private static final Pattern SET_SEARCH_PATH = Pattern.compile(
            "(?is)\\s*set\\s+(?:session\\s+|local\\s+)?search_path\\s*(?:=|\\s+to\\s)\\s*(.+?)\\s*;?\\s*");
    private static final Pattern SET_CONFIG = Pattern.compile(
            "(?is)\\s*select\\s+set_config\\(\\s*'search_path'\\s*,\\s*'([^']*)'.*");
    private static final Pattern WIDTH = Pattern.compile(
            "(?is)version_num\\b[^,;]*?\\b(?:varchar|character varying)\\s*\\(\\s*(\\d{1,6})\\s*\\)");
    private static final Pattern ENVIRONMENT_VARIABLE = Pattern.compile(
            "environ(?:\\[|\\.get\\()\\s*[\"'](\\w+)[\"']|getenv\\(\\s*[\"'](\\w+)[\"']");

    /** What a search path is set by in a way that is not followed, such as a listener of an engine's events. */
    private static final Pattern SETS_SEARCH_PATH = Pattern.compile(
            "search_path|default_schema_name|schema_translate_map", Pattern.CASE_INSENSITIVE);

    private Setting url = Unset.UNSET;
    private Setting engineUrl = Unset.UNSET;
    private @Nullable Setting versionTable;
    private @Nullable Setting versionTableSchema;
    private Setting searchPath = Unset.UNSET;
    private @Nullable Integer width;
    private boolean complete = true;
    private boolean readsArguments;

    private EnvironmentScript() {}

    /** Follows the module. */
    static EnvironmentScript of(String name, byte[] bytes, ImportedNames imports) {
        EnvironmentScript script = new EnvironmentScript();
        EvaluatedModule followed = EvaluatedModule.of(name, bytes, imports, AlembicRuntime.ASSUMPTIONS, script);
        Matcher line = SETS_SEARCH_PATH.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (script.searchPath == Unset.UNSET && line.find()) {
            script.searchPath = new Computed(name);
        }
        script.complete &= followed.problems().isEmpty() && script.versionTable != null;
        return script;
    }

    /** One that may set anything, and of which nothing is known. */
    static EnvironmentScript unreadable(String name) {
        EnvironmentScript script = new EnvironmentScript();
        script.url = new Computed(name);
        script.versionTable = new Computed(name);
        script.versionTableSchema = new Computed(name);
        script.searchPath = new Computed(name);
        script.complete = false;
        return script;
    }

    Setting url() {
        return url == Unset.UNSET ? engineUrl : url;
    }

    Setting versionTable() {
        return versionTable == null ? Unset.UNSET : versionTable;
    }

    Setting versionTableSchema() {
        return versionTableSchema == null ? Unset.UNSET : versionTableSchema;
    }

    Setting searchPath() {
        return searchPath;
    }

    /** That it gives the version table's column; absent where it does not. */
    @Nullable
    Integer width() {
        return width;
    }

    /** Whether a call of {@code context.configure} was read to its end. */
    boolean isComplete() {
        return complete;
    }

    /** Whether it looks at the arguments of {@code alembic -x}. */
    boolean readsArguments() {
        return readsArguments;
    }

    @Override
    public void unknown(SourceRange place, SourceRange inFollowed, String expression, UnreadReason reason) {
        // A place that cannot be followed is what env.py is full of: engines, models, loggers.
    }

    @Override
    public void called(Made call, SourceRange inFollowed, Guard guard) {
        String name = last(call.callee());
        String option = text(argument(call, name.equals("set_section_option") ? 1 : 0, "name"));
        if (isConfiguring(call)) {
            configure(call, inFollowed);
        } else if ((name.equals("set_main_option") || name.equals("set_section_option"))
                && "sqlalchemy.url".equals(option)) {
            Setting set = setting(argument(call, name.equals("set_main_option") ? 1 : 2, "value"), inFollowed, true);
            url = set instanceof Setting.Literal literal
                    ? new Setting.Literal(literal.value().replace("%%", "%"))
                    : set;
        } else if (ENGINES.contains(name)) {
            engine(call, name, inFollowed);
        } else if (EXECUTING.contains(name)) {
            executed(argument(call, 0, "statement"), inFollowed);
        } else if (name.equals("execution_options")) {
            translated(call.named().get("schema_translate_map"), inFollowed);
        } else if (name.equals("get_x_argument")) {
            readsArguments = true;
        }
    }

    /** Two calls that disagree leave it open; a call for {@code --sql} alone says nothing of a live database. */
    private void configure(Made call, SourceRange place) {
        boolean offline = call.named().containsKey("url") && !call.named().containsKey("connection");
        if (offline) {
            return;
        }
        complete &= call.complete();
        versionTable = agreed(versionTable, setting(call.named().get("version_table"), place, false), place);
        versionTableSchema = agreed(versionTableSchema, setting(call.named().get("version_table_schema"), place, false),
                place);
    }

    private static Setting agreed(@Nullable Setting before, Setting now, SourceRange place) {
        return before == null || before.equals(now) ? now : computed(place);
    }

    private void engine(Made call, String name, SourceRange place) {
        Symbol first = argument(call, 0, "url");
        if (name.endsWith("engine") && !(first instanceof Made made && last(made.callee()).equals("get_main_option"))) {
            engineUrl = setting(first, place, true);
        }
        if (call.named().get("connect_args") instanceof Symbol.Dict arguments) {
            for (Symbol.Entry entry : arguments.entries()) {
                String key = text(entry.key());
                if ("options".equals(key)) {
                    Matcher option = SEARCH_PATH_OPTION.matcher(outline(entry.value()));
                    if (option.find()) {
                        path(option.group(1), place);
                    }
                } else if ("server_settings".equals(key) && entry.value() instanceof Symbol.Dict settings) {
                    settings.entries().stream().filter(setting -> "search_path".equals(text(setting.key())))
                            .forEach(setting -> path(outline(setting.value()), place));
                }
            }
        }
    }

    private void executed(@Nullable Symbol statement, SourceRange place) {
        Symbol sql = statement instanceof Made made && !made.positional().isEmpty()
                ? made.positional().getFirst()
                : statement;
        String text = outline(sql);
        Matcher set = SET_SEARCH_PATH.matcher(text);
        Matcher config = SET_CONFIG.matcher(text);
        Matcher wide = WIDTH.matcher(text);
        if (set.matches()) {
            path(set.group(1), place);
        } else if (config.matches()) {
            path(config.group(1), place);
        }
        if (wide.find()) {
            width = Math.max(width == null ? 0 : width, Integer.parseInt(wide.group(1)));
        }
    }

    /** {@code {None: "tenant"}}: what names no schema is in this one. */
    private void translated(@Nullable Symbol map, SourceRange place) {
        if (map instanceof Symbol.Dict dict) {
            dict.entries().stream().filter(entry -> entry.key() instanceof Symbol.None)
                    .forEach(entry -> path(outline(entry.value()), place));
        } else if (map != null) {
            searchPath = computed(place);
        }
    }

    private void path(String path, SourceRange place) {
        boolean known = !path.isEmpty() && path.indexOf(Symbol.Unknown.HOLE) < 0 && !path.contains("%");
        Setting now = known ? new Setting.Literal(path) : computed(place);
        searchPath = searchPath == Unset.UNSET || searchPath.equals(now) ? now : computed(place);
    }

    private static Setting computed(SourceRange place) {
        return new Computed(place.source().file() + ":" + place.line());
    }

    private static Setting setting(@Nullable Symbol symbol, SourceRange place, boolean isUrl) {
        return switch (symbol) {
            case null -> Unset.UNSET;
            case Symbol.None _ -> Unset.UNSET;
            case Symbol.Text(String text, _) -> Setting.of(text);
            case Reference reference -> reference(reference, place, isUrl);
            case Member(Symbol of, String name) when name.equals("schema") -> ofMetadata(of, place);
            case Made made when last(made.callee()).equals("getenv") || isEnvironmentGet(made.callee()) ->
                variable(made, place, isUrl);
            case Symbol.Unknown unknown -> perhapsVariable(unknown.expression(), place, isUrl);
            case Made made -> perhapsVariable(made.place().excerpt(), place, isUrl);
            case Symbol _ -> computed(place);
        };
    }

    private static Setting reference(Reference reference, SourceRange place, boolean isUrl) {
        Symbol resolved = EvaluatedModule.resolved(reference);
        if (!(resolved instanceof Symbol.Unknown) && !(resolved instanceof Reference)) {
            return setting(resolved, place, isUrl);
        }
        String owner = reference.dotted().endsWith(".schema")
                ? reference.dotted().substring(0, reference.dotted().length() - ".schema".length())
                : "";
        return owner.isEmpty()
                ? computed(place)
                : ofMetadata(EvaluatedModule.resolved(new Reference(owner, reference.importer())), place);
    }

    /** {@code target_metadata.schema}. */
    private static Setting ofMetadata(Symbol metadata, SourceRange place) {
        return metadata instanceof Made made && last(made.callee()).equals("MetaData")
                ? setting(made.named().get("schema"), place, false)
                : computed(place);
    }

    private static Setting variable(Made call, SourceRange place, boolean isUrl) {
        String name = text(argument(call, 0, "key"));
        Symbol otherwise = argument(call, 1, "default");
        return name == null ? computed(place) : new Variable(name, setting(otherwise, place, isUrl));
    }

    /** A value that a variable goes through on its way, as a URL whose percent signs are doubled. */
    private static Setting perhapsVariable(String expression, SourceRange place, boolean isUrl) {
        Matcher variable = ENVIRONMENT_VARIABLE.matcher(expression);
        boolean alone = variable.lookingAt() || expression.startsWith("os.");
        return alone && (variable.lookingAt() || variable.find()) && (isUrl || !expression.contains(")."))
                ? new Variable(variable.group(1) != null ? variable.group(1) : variable.group(2), null)
                : computed(place);
    }

    private static boolean isEnvironmentGet(Symbol callee) {
        return last(callee).equals("get") && (callee instanceof Member member
                ? last(member.of()).equals("environ")
                : callee instanceof Reference reference && reference.dotted().endsWith("environ.get"));
    }

    /** Whether a call tells Alembic how it is to run. */
    static boolean isConfiguring(Made call) {
        return last(call.callee()).equals("configure") && isContext(call.callee());
    }

    private static boolean isContext(Symbol callee) {
        return switch (callee) {
            case Reference(String dotted, _) ->
                dotted.equals("alembic.context.configure") || dotted.equals("context.configure");
            case Member(Reference(String dotted, _), _) -> dotted.equals("alembic.context");
            case Symbol _ -> false;
        };
    }

    private static String last(Symbol symbol) {
        return switch (symbol) {
            case Member member -> member.name();
            case Reference reference -> reference.dotted().substring(reference.dotted().lastIndexOf('.') + 1);
            case Symbol _ -> "";
        };
    }

    private static @Nullable Symbol argument(Made call, int position, String name) {
        return position < call.positional().size() ? call.positional().get(position) : call.named().get(name);
    }

    private static @Nullable String text(@Nullable Symbol symbol) {
        return symbol instanceof Symbol.Text(String text, _) ? text : null;
    }

    /** What is known of a text, with holes for the rest. */
    private static String outline(@Nullable Symbol symbol) {
        return switch (symbol) {
            case Symbol.Text(String text, _) -> text;
            case Symbol.Unknown unknown when unknown.outline() != null -> String.valueOf(unknown.outline());
            case null -> "";
            case Symbol _ -> "" + Symbol.Unknown.HOLE;
        };
    }
}
