package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;

/**
 * What is known of an object where it is there.
 *
 * @param impliedName whether it may have another name, because a naming convention gives it one
 */
record Shape(Definition definition, boolean impliedName) {

    static Shape unknown(ObjectKind kind) {
        return new Shape(Definition.unknown(kind), false);
    }

    Shape with(Definition other) {
        return new Shape(other, impliedName);
    }

    boolean isUnnamed() {
        return impliedName
                || (definition instanceof Definition.Constraint constraint
                        && constraint.type() == Definition.ConstraintType.CHECK);
    }
}
