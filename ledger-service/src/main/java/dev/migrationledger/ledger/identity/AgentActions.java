package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.AgentKeys.Issued;
import dev.migrationledger.ledger.identity.agents.AgentsDecisions;
import dev.migrationledger.ledger.identity.agents.AgentsResult;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What administrators do with agents, for the API and for pages, and what agents do with their keys. Each method records something, or throws a {@link Refusal} that says why not. */
public final class AgentActions {

    public static final int USUAL_HOURS = 24;

    private final AgentKeys keys;

    AgentActions(AgentKeys keys) {
        this.keys = keys;
    }

    /** A key that exists. */
    public AgentKey show(String key) {
        return keys.find(key).orElseThrow(AgentActions::unknown);
    }

    /** What was asked for as it would be recorded, if it can be. */
    public static AgentKey.CodeWanted check(AgentKey.CodeWanted wanted) {
        int hours = hours(wanted);
        if (hours < 1 || hours > AgentKey.LONGEST_HOURS) {
            throw Refusal.invalid("hours", "hours is %d; use 1 to %d.".formatted(hours, AgentKey.LONGEST_HOURS));
        }
        EnvironmentPattern.check("project", wanted.project());
        EnvironmentPattern.check("environment", wanted.environment());
        return new AgentKey.CodeWanted(wanted.project(), wanted.environment(), wanted.hours(),
                RequestFields.optional("comment", wanted.comment(), ActionComment.LONGEST));
    }

    private static int hours(AgentKey.CodeWanted wanted) {
        return Objects.requireNonNullElse(wanted.hours(), USUAL_HOURS);
    }

    /** A code with which one agent enrols; the answer has it, this once. */
    public AgentKey.Code issue(AgentKey.CodeWanted wanted, String by) {
        AgentKey.CodeWanted checked = check(wanted);
        Issued issued = keys.issue(checked.project(), checked.environment(), Duration.ofHours(hours(checked)), by,
                checked.comment());
        if (issued.result() == AgentsResult.TOO_MANY) {
            throw Refusal.conflict("too-many-codes",
                    "There are %,d open codes. Use them, or wait until they expire.".formatted(
                            AgentsDecisions.MOST_CODES));
        }
        return issued.code();
    }

    /**
     * Notes the next state of a key.
     *
     * @param body of the request, which the key signs
     * @param proof absent: the request is not signed
     * @param address from which it comes
     */
    public void renew(String key, byte[] body, @Nullable AgentProof proof, String address) {
        AgentKey.Renewal wanted = RequestFields.read(body, AgentKey.Renewal.class);
        KeyState shown = state("state", wanted.state());
        KeyState next = state("next", wanted.next());
        if (next.number() != shown.number() + 1) {
            throw Refusal.invalid("next", "next has the number %d. Use %d, the one after that of state."
                    .formatted(next.number(), shown.number() + 1));
        }
        if (proof == null || !proof.signature().key().equals(key)) {
            throw Refusal.invalid(Ed25519Signature.KEY_HEADER, "The request is not signed with this key. Sign it.");
        }
        if (keys.renew(proof.signature(), Sha256.hex(body), shown, next,
                address) instanceof AgentKeys.Check.Refused(String code, String detail)) {
            throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, code, detail, null));
        }
    }

    private static KeyState state(String field, String text) {
        try {
            return KeyState.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(field,
                    "%s is not the state of a key. Write a number, a dot and 22 random letters.".formatted(field));
        }
    }

    /** The reason as it would be recorded. */
    public static String reason(String text) {
        String reason = Redaction.of(text.strip());
        checkText("reason", reason);
        return reason;
    }

    static void checkText(String field, String value) {
        if (value.isEmpty() || value.length() > AgentKey.LONGEST_TEXT) {
            throw Refusal.invalid(field, "The %s has %d characters; use 1 to %d.".formatted(field, value.length(),
                    AgentKey.LONGEST_TEXT));
        }
    }

    /** Nothing that it signs is accepted any more, from now on. */
    public AgentKey revoke(String key, String by, String reason) {
        return changed(keys.revoke(key, by, reason(reason)), key);
    }

    /** What it signs is accepted again, from the holder that renews it first. */
    public AgentKey reinstate(String key, String by) {
        return changed(keys.reinstate(key, by), key);
    }

    private AgentKey changed(AgentsResult result, String key) {
        return switch (result) {
            case DONE -> keys.key(key);
            case UNCHANGED ->
                throw Refusal.conflict("not-suspended", "The key is not suspended; nothing is to be done.");
            case UNKNOWN, EXPIRED, ENROLLED_BEFORE, TOO_MANY -> throw unknown();
        };
    }

    private static Refusal unknown() {
        return Refusal.notFound("No such key exists, or it is revoked. See 'GET /api/v1/agents'.");
    }
}
