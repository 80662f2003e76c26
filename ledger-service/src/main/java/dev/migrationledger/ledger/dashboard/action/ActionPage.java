package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.ledger.dashboard.action.ActionField.Kind;
import dev.migrationledger.ledger.dashboard.action.PageAction.Confirmation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action as {@code templates/action.html} shows it.
 *
 * @param problem why it was not recorded; empty: nothing is wrong
 * @param field what is wrong; empty: no single one
 * @param confirmation what would be recorded; absent: the form is shown
 */
record ActionPage(
        PageAction action, List<ActionField> fields, String problem, String field,
        @Nullable Confirmation confirmation) {

    ActionPage {
        fields = List.copyOf(fields);
    }

    static ActionPage of(
            PageAction action, PageAnswers answers, String problem, String field, @Nullable Confirmation confirmation) {
        return new ActionPage(action, action.fields().stream()
                .map(one -> answers.texts().containsKey(one.name()) ? shown(one, answers, confirmation == null) : one)
                .toList(), problem, field, confirmation);
    }

    /** The script of the pages sends a time as the API takes it; a field takes it as browsers write it. */
    private static ActionField shown(ActionField one, PageAnswers answers, boolean form) {
        return one.with(form && one.kind() == Kind.MOMENT ? answers.field(one.name()) : answers.text(one.name()));
    }

    /** Whether there is something to send: what asks for nothing and is refused only leads back. */
    public boolean isOpen() {
        return confirmation != null || action.asks() || field.equals(ActionPages.COMMENT);
    }

    /** Whether it is typed where the action is confirmed: what is optional does not need a page before that. */
    public boolean isTypedHere(ActionField one) {
        return one.name().equals(ActionPages.COMMENT) && !action.asks();
    }

    /** Whether the person can go back to what they typed. */
    public boolean isChangeable() {
        return action.asks();
    }

    /** Of an input for one line; empty for others. */
    public String inputType(ActionField one) {
        return switch (one.kind()) {
            case LINE -> "text";
            case MOMENT -> "datetime-local";
            case NUMBER -> "number";
            case HIDDEN -> "hidden";
            case TEXT, CODE, CHOICE -> "";
        };
    }

    public boolean isArea(ActionField one) {
        return one.kind() == Kind.TEXT || one.kind() == Kind.CODE;
    }
}
