package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.schema.Definition;
import org.jspecify.annotations.Nullable;

/** Parts of a statement that are not known. */
final class Holes {

    private Holes() {}

    /** As people are shown it. */
    static String shown(String statement) {
        return statement.replace(LiteralSql.HOLE, "…");
    }

    static boolean in(Object value) {
        return value.toString().contains(LiteralSql.HOLE);
    }

    /** What is known of an object of whose definition parts are not. */
    static Definition without(Definition definition) {
        if (!in(definition)) {
            return definition;
        }
        return switch (definition) {
            case Definition.Column column -> new Definition.Column(
                    in(String.valueOf(column.collation())) ? null : known(column.type()), known(column.collation()),
                    column.nullable(), column.unchecked(),
                    known(column.defaultValue()), known(column.identity()), known(column.generated()), null);
            case Definition.Constraint constraint -> constraint.withColumns(known(constraint.columns()))
                    .withReferences(known(constraint.references())).withReferenced(known(constraint.referenced()))
                    .withExpression(known(constraint.expression())).withDetails(known(constraint.details()));
            case Definition.Index index -> new Definition.Index(
                    known(index.table()), known(index.columns()), known(index.keys()), index.unique(),
                    known(index.method()), known(index.where()), index.valid(), known(index.details()));
            case Definition.Schema _,Definition.Extension _,Definition.Table _,Definition.Sequence _,Definition.EnumType _,Definition.Domain _,Definition.CompositeType _,Definition.StoredQuery _,Definition.Function _,Definition.Trigger _,Definition.Policy _ ->
                Definition.unknown(definition.kind());
        };
    }

    static Alteration without(Alteration alteration) {
        if (!in(alteration)) {
            return alteration;
        }
        String text = shown(alteration.toString());
        return switch (alteration) {
            case Alteration.TypeChanged _ -> new Alteration.Unknown(Aspect.TYPE, text);
            case Alteration.DefaultSet _ -> new Alteration.Unknown(Aspect.DEFAULT, text);
            case Alteration.Commented _,Alteration.NotCompared _ -> new Alteration.NotCompared(text);
            case Alteration.NullableSet _,Alteration.IdentitySet _,Alteration.ValueAdded _,Alteration.ValueRenamed _,Alteration.ValuesSet _,Alteration.OwnerSet _,Alteration.TriggerSet _,Alteration.Validated _,Alteration.TimingSet _,Alteration.PartitionSet _,Alteration.InheritanceSet _,Alteration.Unknown _ ->
                new Alteration.Unknown(Aspect.ANYTHING, text);
        };
    }

    private static <T> @Nullable T known(@Nullable T value) {
        return value == null || in(value) ? null : value;
    }
}
