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
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the connection that {@code env.py} hands to Alembic may commit each statement by itself, so that a revision that fails
 * leaves what it did before. An engine that is used for something else, such as {@code CREATE DATABASE}, does not count.
 */
final class Autocommit implements CallListener {

    private static final String OPTION = "isolation_level";
    private static final Set<String> FROM_CONFIG = Set.of("engine_from_config", "async_engine_from_config");
    private static final Set<String> ENGINES = Set.of("create_engine", "create_async_engine");

    /** The word on a line of {@code env.py}, before any comment. */
    private static final Pattern WORD = Pattern.compile("(?im)^[^#\\n]*\\bautocommit\\b");

    private final List<Symbol> connections = new ArrayList<>();

    /** Connections and engines that are changed in place. */
    private final List<Symbol> changed = new ArrayList<>();
    private final boolean isInConfig;
    private final boolean isMentioned;

    private Autocommit(String environment, boolean isInConfig) {
        this.isInConfig = isInConfig;
        this.isMentioned = isInConfig || WORD.matcher(environment).find();
    }

    /** Whether it may; where env.py cannot be read, it is believed not to. */
    static boolean isPossible(Layout layout) {
        Path file = layout.environment();
        try {
            return file != null && Files.isRegularFile(file)
                    && isPossible(layout.name(file), Files.readAllBytes(file), new ProjectModules(file, layout),
                            layout.options().autocommits());
        } catch (IOException e) {
            return false;
        }
    }

    /** @param isInConfig whether the ini's own options for the engine say so */
    static boolean isPossible(String name, byte[] bytes, ImportedNames imports, boolean isInConfig) {
        Autocommit autocommit = new Autocommit(new String(bytes, StandardCharsets.ISO_8859_1), isInConfig);
        EvaluatedModule.of(name, bytes, imports, AlembicRuntime.ASSUMPTIONS, autocommit);
        return autocommit.connections.isEmpty()
                ? autocommit.isMentioned
                : autocommit.connections.stream().anyMatch(autocommit::commits);
    }

    @Override
    public void called(Made call, SourceRange inFollowed, Guard guard) {
        if (EnvironmentScript.isConfiguring(call)) {
            Symbol connection = call.positional().isEmpty()
                    ? call.named().get("connection")
                    : call.positional().getFirst();
            if (connection != null && connection != Symbol.None.NONE) {
                connections.add(connection);
            }
        } else if (call.callee() instanceof Member(Symbol of, String name) && isSet(call.named().get(OPTION))
                && (name.equals("update_execution_options") || (name.equals("execution_options") && !isEngine(of)))) {
            changed.add(of);
        }
    }

    @Override
    public void unknown(SourceRange place, SourceRange inFollowed, String expression, UnreadReason reason) {
        // A connection that comes from there is not known either.
    }

    /** Whether a connection, or what it was made of, does. Where that leads out of sight, the word itself in env.py counts. */
    private boolean commits(@Nullable Symbol connection) {
        return changed.contains(connection) || switch (connection) {
            case Made made when isSetBy(made) -> true;
            case Made made when isEngine(made) -> FROM_CONFIG.contains(last(made)) && isInConfig;
            case Made made -> made.callee() instanceof Member(Symbol of, _) ? commits(of) : isMentioned;
            case Member member -> commits(member.of());
            case Reference reference -> commits(reference.target());
            case null -> isMentioned;
            case Symbol _ -> isMentioned;
        };
    }

    private static boolean isSetBy(Made call) {
        return isSet(call.named().get(OPTION))
                || (call.named().get("execution_options") instanceof Symbol.Dict options
                        && options.entries().stream()
                                .anyMatch(entry -> entry.key() instanceof Symbol.Text(String key, _)
                                        && key.equals(OPTION) && isSet(entry.value())));
    }

    /** A level that is computed may be this one. */
    private static boolean isSet(@Nullable Symbol level) {
        return level != null && level != Symbol.None.NONE
                && (!(level instanceof Symbol.Text(String text, _)) || text.equalsIgnoreCase("AUTOCOMMIT"));
    }

    private static boolean isEngine(Symbol symbol) {
        return symbol instanceof Made made && (ENGINES.contains(last(made)) || FROM_CONFIG.contains(last(made)));
    }

    private static String last(Made made) {
        return switch (made.callee()) {
            case Reference reference -> reference.dotted().substring(reference.dotted().lastIndexOf('.') + 1);
            case Member member -> member.name();
            case Symbol _ -> "";
        };
    }
}
