package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Answer;
import dev.migrationledger.agent.python.symbolic.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Methods and attributes of SQLAlchemy's results and rows. Absent results are not to be known. */
final class QueryResults {

    private QueryResults() {}

    static @Nullable Symbol method(Answer answer, String method) {
        return switch (answer) {
            case Answer.Some some -> switch (method) {
                case "scalar", "scalar_one_or_none", "fetchone", "first", "one_or_none" -> of(
                        new Answer.One(some.guard()));
                case "fetchall", "all", "mappings", "scalars", "unique", "fetchmany" -> of(some);
                default -> null;
            };
            case Answer.Single single -> switch (method) {
                case "scalar", "scalar_one", "scalar_one_or_none" -> single.value();
                case "fetchone", "first", "one", "one_or_none" -> single.row();
                case "fetchall", "all", "fetchmany" -> new Symbol.Items(
                        Symbol.Items.Kind.LIST, List.of(single.row()));
                case "scalars" -> of(new Answer.Single(single.value(), true));
                case "mappings", "unique", "tuples", "columns", "yield_per" -> of(single);
                default -> null;
            };
            case Answer.Row row -> List.of("tuple", "_tuple", "_asdict").contains(method) ? of(row) : null;
            case Answer.Objects objects -> switch (objects.form()) {
                case ENTRIES -> switch (method) {
                    case "fetchall", "all", "mappings", "unique" -> of(objects);
                    case "scalars" -> of(objects.as(Answer.Form.NAMES));
                    default -> null;
                };
                case NAMES -> method.equals("all") ? of(objects) : null;
                case ENTRY, NAME -> null;
            };
            case Answer.Chosen _,Answer.Holds _,Answer.One _,Answer.Count _,Answer.Match _,Answer.Matches _ -> null;
        };
    }

    static @Nullable Symbol attribute(Answer answer, String name) {
        return switch (answer) {
            case Answer.Some(var guard) -> name.equals("rowcount") ? of(new Answer.Count(guard)) : null;
            case Answer.Row row -> name.equals("rowcount") ? null : of(row);
            case Answer.Single _,Answer.Objects _,Answer.Chosen _,Answer.Holds _,Answer.One _,Answer.Count _,Answer.Match _,Answer.Matches _ ->
                null;
        };
    }

    private static Symbol of(Answer answer) {
        return new Symbol.Answered(answer);
    }
}
