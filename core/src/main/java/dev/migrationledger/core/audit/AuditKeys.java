package dev.migrationledger.core.audit;

import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.core.query.QueryKey.TimeUse;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryLanguage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The language of the audit. */
public final class AuditKeys {

    public static final String ACTOR = "actor";
    public static final String ACTOR_KIND = "actor-kind";
    public static final String AI = "ai";
    public static final String KIND = "kind";
    public static final String PROJECT = "project";
    public static final String ENVIRONMENT = "environment";
    public static final String LABEL = "label";
    public static final String REVISION = "revision";
    public static final String RUN = "run";
    public static final String AGENT = "agent";
    public static final String USER = "user";
    public static final String APPLICATION = "application";
    public static final String ADDRESS = "address";
    public static final String EVIDENCE = "evidence";
    public static final String OBJECT = "object";
    public static final String SOURCE = "source";
    public static final String CODE = "code";
    public static final String ID = "id";
    public static final String POSITION = "position";
    public static final String SINCE = "since";
    public static final String UNTIL = "until";
    public static final String AT = "at";
    public static final String RECORDED = "recorded";

    /** Keys whose values are names that a ledger either knows or does not, with a word for what has the name. */
    public static final Map<String, String> NAMES = names();

    /** Shorter names of some kinds, and names for several. The kinds of a group begin with its text. */
    private static final Map<String, String> GROUPS = groups();

    public static final QueryLanguage LANGUAGE = new QueryLanguage(List.of(
            QueryKey.text(ACTOR, "Who did it: a person, pipeline, agent or database user.", "by"),
            QueryKey.oneOf(ACTOR_KIND, "What the actor is.", actorKinds()),
            QueryKey.text(AI, "The AI agent that ran the command, as the run claims; * for any."),
            QueryKey.oneOf(KIND, "What happened, such as stamped, applied, deploy or policy.", kinds(), "what"),
            QueryKey.text(PROJECT, "The project."),
            QueryKey.text(ENVIRONMENT, "The environment: production, or navbot/production.", "env"),
            QueryKey.text(LABEL, "A label of the environment at that time: tier=prod, or tier."),
            QueryKey.text(REVISION, "A revision; its first letters with * at the end.", "rev"),
            QueryKey.text(RUN, "The run of a migration command."),
            QueryKey.text(AGENT, "The agent that reported it."),
            QueryKey.text(USER, "The database user of a captured session."),
            QueryKey.text(APPLICATION, "The application name of a captured session.", "app"),
            QueryKey.text(ADDRESS, "The client address of a captured session."),
            QueryKey.oneOf(EVIDENCE, "How the agent knows it.",
                    Arrays.stream(Method.values()).map(AuditKeys::word).toList()),
            QueryKey.text(OBJECT, "A schema object that was touched, such as public.users.", "table"),
            QueryKey.text(SOURCE, "The scripts, branch or pull request."),
            QueryKey.oneOf(CODE, "The code of a finding.",
                    Arrays.stream(DivergenceCode.values()).map(DivergenceCode::code).toList()),
            QueryKey.text(ID, "The id of a deploy, override, merge, finding, token or key."),
            QueryKey.numbers(POSITION, "The place in the log: 100, 100..200, >100."),
            QueryKey.times(SINCE, "It happened at this time or later: monday, 7d, 2026-11-01.", TimeUse.SINCE),
            QueryKey.times(UNTIL, "It happened at this time or earlier.", TimeUse.UNTIL),
            QueryKey.times(AT, "It happened within this time: last-week, 2026-11-01..2026-11-07.", TimeUse.WITHIN),
            QueryKey.times(RECORDED, "The ledger recorded it within this time.", TimeUse.WITHIN)));

    private AuditKeys() {}

    /** The kind of an event, from its name in the catalogue: {@code revision-stamped}. */
    public static String kind(String catalogueName) {
        return catalogueName.substring(catalogueName.indexOf('.') + 1, catalogueName.lastIndexOf(".v"));
    }

    /** Every name under which a kind is found: its own first. */
    public static List<String> namesOf(String kind) {
        return Stream.concat(Stream.of(kind), GROUPS.entrySet().stream()
                .filter(group -> kind.startsWith(group.getValue()) && !group.getKey().equals(kind))
                .map(Map.Entry::getKey)).distinct().toList();
    }

    /** A constant as a query writes it. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(PROJECT, "project");
        names.put(ENVIRONMENT, "environment");
        names.put(ACTOR, "actor");
        names.put(AGENT, "agent");
        names.put(USER, "database user");
        return names;
    }

    private static List<String> kinds() {
        return Stream.concat(GROUPS.keySet().stream(), EventCatalogue.all().keySet().stream().map(AuditKeys::kind))
                .distinct().toList();
    }

    private static List<String> actorKinds() {
        return Arrays.stream(AuditActor.Kind.values()).map(AuditKeys::word).toList();
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("stamped", "revision-stamped");
        groups.put("applied", "revision-applied");
        groups.put("reverted", "revision-reverted");
        groups.put("edited", "version-table-edited");
        groups.put("gap", "observation-gap");
        groups.put("run", "run-");
        groups.put("divergence", "divergence-");
        groups.put("deploy", "deploy-");
        groups.put("override", "override-");
        groups.put("merge", "merge-");
        groups.put("branch", "branch-");
        groups.put("policy", "policy-");
        groups.put("acceptance", "acceptance-");
        groups.put("role", "role-");
        groups.put("token", "access-token-");
        groups.put("agent-key", "agent-key-");
        groups.put("pipeline", "pipeline-");
        groups.put("schema", "schema-");
        groups.put("scripts", "scripts-");
        return groups;
    }
}
