package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.python.symbolic.Binding;
import dev.migrationledger.agent.python.symbolic.CallListener;
import dev.migrationledger.agent.python.symbolic.EvaluatedModule;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that {@code env.py} hands to Alembic: {@code target_metadata}, followed through the files of the project without
 * running any. Of it only the naming convention matters.
 */
final class TargetMetadata {

    private static final String NAME = "target_metadata";

    /** What a declarative base or an extension is given its metadata by. */
    private static final List<String> BASES = List.of("declarative_base", "SQLAlchemy", "registry", "automap_base");

    private TargetMetadata() {}

    /** The convention by which Alembic's operations name what has no finished name. */
    static NamingConvention convention(Layout layout) {
        Path file = layout.environment();
        if (file == null || !Files.isRegularFile(file)) {
            return NamingConvention.UNKNOWN;
        }
        try {
            Configured configured = new Configured();
            EvaluatedModule environment = EvaluatedModule.of(
                    layout.name(file), Files.readAllBytes(file), new ProjectModules(file, layout),
                    AlembicRuntime.ASSUMPTIONS, configured);
            NamingConvention convention = metadata(handedOver(environment, configured));
            return convention.known() ? convention : LiteralConventions.only(layout);
        } catch (IOException e) {
            return NamingConvention.UNKNOWN;
        }
    }

    /** The module's own name for it, else what it tells {@code context.configure}, by itself or in one of its functions. */
    private static @Nullable Symbol handedOver(EvaluatedModule environment, Configured configured) {
        Binding bound = environment.names().get(NAME);
        if (bound != null) {
            return bound.symbol();
        }
        for (Map.Entry<String, Binding> name : List.copyOf(environment.names().entrySet())) {
            if (name.getValue().symbol() instanceof Symbol.Local) {
                environment.follow(name.getKey(), configured);
            }
        }
        return configured.metadata != null || !configured.without ? configured.metadata : Symbol.None.NONE;
    }

    private static final class Configured implements CallListener {
        private @Nullable Symbol metadata;
        /** Whether Alembic is surely given none. */
        private boolean without;

        @Override
        public void called(Made call, SourceRange inFollowed, Guard guard) {
            Symbol told = call.named().get(NAME);
            if (told != null && metadata == null) {
                metadata = told;
            }
            without |= told == null && call.complete() && EnvironmentScript.isConfiguring(call);
        }

        @Override
        public void unknown(SourceRange place, SourceRange inFollowed, String expression, UnreadReason reason) {
            // It may configure nothing at all.
        }
    }

    private static NamingConvention metadata(@Nullable Symbol symbol) {
        return switch (symbol) {
            case Symbol.Reference reference -> metadata(reference.target());
            // Several metadata have no convention that Alembic would see.
            case Symbol.Items _ -> NamingConvention.NONE;
            case Member(Symbol of, String name) when name.equals("metadata") -> ofBase(of);
            case null -> NamingConvention.UNKNOWN;
            // A convention may be set behind the call.
            case Made made when made.place().source().text().contains(".naming_convention") -> NamingConvention.UNKNOWN;
            default -> NamingConvention.of(symbol);
        };
    }

    /** Of a class or an extension that has metadata. */
    private static NamingConvention ofBase(@Nullable Symbol base) {
        return switch (base) {
            case Symbol.Reference reference -> ofBase(reference.target());
            case Symbol.Type type -> ofClass(type);
            case Member(Symbol of, String name) when name.equals("Model") -> ofBase(of);
            case Made(Member(Symbol of, String name), _, _, _, _, _) when name.equals("generate_base") -> ofBase(of);
            case Made made when BASES.contains(last(made)) -> ofMade(made);
            case null, default -> NamingConvention.UNKNOWN;
        };
    }

    private static NamingConvention ofClass(Symbol.Type type) {
        Map<String, Symbol> members = type.members().all();
        Symbol metadata = members.get("metadata");
        if (metadata != null) {
            return metadata(metadata);
        }
        boolean declarative = type.definition().bases().stream()
                .anyMatch(base -> base.value().place().excerpt().contains("DeclarativeBase"));
        return declarative && !members.containsKey("registry") ? NamingConvention.NONE : NamingConvention.UNKNOWN;
    }

    private static NamingConvention ofMade(Made made) {
        Symbol metadata = made.named().get("metadata");
        if (metadata != null) {
            return metadata(metadata);
        }
        Symbol model = made.named().get("model_class");
        if (model != null) {
            return ofBase(model);
        }
        return made.complete() && made.named().isEmpty() ? NamingConvention.NONE : NamingConvention.UNKNOWN;
    }

    private static String last(Made made) {
        return switch (made.callee()) {
            case Symbol.Reference reference -> reference.dotted().substring(reference.dotted().lastIndexOf('.') + 1);
            case Member member -> member.name();
            default -> "";
        };
    }
}
