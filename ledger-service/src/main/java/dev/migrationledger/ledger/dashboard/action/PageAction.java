package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.ledger.problem.Refusal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person does on a page.
 *
 * @param title such as {@code Reject the merge of b and c}
 * @param button of the page that says what will be recorded
 * @param address of its form
 * @param back where the person came from, and goes afterwards
 * @param fields that it asks for
 * @param check says what would be recorded, or throws a {@link Refusal}; it changes nothing
 * @param record records it, or throws a {@link Refusal}
 */
record PageAction(
        String title, String button, String address, ActionLink back, List<ActionField> fields,
        Function<PageAnswers, Confirmation> check, Function<PageAnswers, Done> record) {

    PageAction {
        fields = List.copyOf(fields);
    }

    /** Whether the person has to type or to choose something. */
    boolean asks() {
        return fields.stream().anyMatch(field -> !field.isHidden() && field.required());
    }

    /**
     * What will be recorded.
     *
     * @param sentence who records what, until when
     * @param notes what follows from it
     */
    record Confirmation(String sentence, List<String> notes) {
        Confirmation {
            notes = List.copyOf(notes);
        }
    }

    /**
     * What was recorded.
     *
     * @param secret shown once; absent: there is none
     */
    record Done(String message, @Nullable String secret) {
        static Done of(String message) {
            return new Done(message, null);
        }
    }
}
