package dev.migrationledger.ledger.policy.file;

import static dev.migrationledger.ledger.policy.file.PolicyMistakes.quoted;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.envelope.PlainNames;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.core.policy.PolicyCheck;
import dev.migrationledger.core.policy.PolicyText;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads the file of a policy. All of its mistakes are found at once, each with its line and column. PolicyValues are read as they are written: YAML
 * would take {@code 22:00} for a number.
 */
public final class PolicyFile {

    /** In characters. */
    public static final int LONGEST = 65_536;

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 20;
    private static final int MOST_APPROVALS = 10;
    private static final int LONGEST_NAME = 100;

    private static final String MODES = PolicyValues.choices(List.of(RuleMode.values()));
    private static final List<Role> PEOPLE = List.of(Role.VIEWER, Role.APPROVER, Role.ADMINISTRATOR);
    private static final String WHERE = "{environments: [production]} or {labels: {tier: prod}}";

    private static final List<String> SECTIONS = Stream.concat(
            Arrays.stream(Section.values()).map(Section::key), Stream.of("unreachable", "merges")).toList();

    private final PolicyMistakes mistakes = new PolicyMistakes();
    private final Map<Section, List<Node>> rules = new EnumMap<>(Section.class);

    private PolicyFile() {}

    /**
     * What was read.
     *
     * @param policy absent where there are mistakes
     */
    public record Reading(@Nullable Policy policy, List<PolicyMistake> mistakes) {
        public Reading {
            mistakes = List.copyOf(mistakes);
        }
    }

    /** Reads a file. */
    public static Reading read(String text) {
        PolicyFile file = new PolicyFile();
        Policy policy = file.parse(text).map(file::policy).orElse(Policy.DEFAULT);
        return new Reading(file.mistakes.count() == 0 ? policy : null, file.mistakes.list());
    }

    private Optional<Node> parse(String text) {
        if (text.length() > LONGEST) {
            mistakes.add(1, 1, "the file has %,d characters; use at most %,d".formatted(text.length(), LONGEST));
            return Optional.empty();
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null || (root instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
                mistakes.add(1, 1, "the file is empty; write at least one rule, such as unreachable: local");
                return Optional.empty();
            }
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            mistakes.add(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1,
                    "this is not YAML (%s); correct it".formatted(e.getProblem()));
        } catch (ReaderException e) {
            String before = text.substring(0, Math.min(e.getPosition(), text.length()));
            mistakes.add((int) before.lines().count(), before.length() - before.lastIndexOf('\n'),
                    "the character U+%04X is not allowed; remove it".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            // Too many aliases, or too deep: these have no place.
            mistakes.add(1, 1, "the file cannot be read (%s); write it without aliases and deep nesting"
                    .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
        return Optional.empty();
    }

    private Policy policy(Node root) {
        PolicyFields fields = PolicyFields.of(root, SECTIONS, mistakes);
        Policy policy = new Policy(
                rules(fields, Section.FINDINGS, List.of("codes", "where", "mode"), this::finding),
                rules(fields, Section.PROMOTION, List.of("to", "from", "for", "mode"), this::promotion),
                rules(fields, Section.FRESHNESS, List.of("where", "at-most", "mode"), this::freshness),
                rules(fields, Section.FREEZE,
                        List.of("name", "where", "zone", "from", "until", "days", "pass", "mode"),
                        rule -> FreezeFields.read(rule, name(rule), where(rule), passes(rule), mode(rule), mistakes)),
                rules(fields, Section.PIPELINE, List.of("where", "mode"),
                        rule -> mode(rule).map(mode -> new PipelineRule(where(rule), mode))),
                rules(fields, Section.APPROVALS, List.of("where", "count", "mode"), this::approvals),
                unreachable(fields), merges(fields));
        PolicyCheck.problems(policy).forEach(problem -> mistakes.add(
                Objects.requireNonNull(rules.get(problem.place().section())).get(problem.place().index()),
                PolicyText.of(problem)));
        return policy;
    }

    /** All rules of a section; none where one of them has mistakes, since places count from the first one. */
    private <R> List<R> rules(
            PolicyFields file, Section section, List<String> keys, Function<PolicyFields, Optional<R>> reader) {
        Node value = file.value(section.key());
        if (value == null) {
            return List.of();
        }
        List<Node> nodes = PolicyFields.elements(value, section.key(), "write a rule after a hyphen", mistakes);
        int before = mistakes.count();
        List<R> read = new ArrayList<>();
        nodes.forEach(node -> reader.apply(PolicyFields.of(node, keys, mistakes)).ifPresent(read::add));
        rules.put(section, nodes);
        return mistakes.count() == before ? read : List.of();
    }

    private Unreachable unreachable(PolicyFields file) {
        Node value = file.value("unreachable");
        return value == null
                ? Unreachable.LOCAL
                : file.scalar(value, text -> PolicyValues.one(Unreachable.class, text), "an answer",
                        PolicyValues.choices(List.of(Unreachable.values()))).orElse(Unreachable.LOCAL);
    }

    private MergeRule merges(PolicyFields file) {
        Node value = file.value("merges");
        if (value == null) {
            return MergeRule.DEFAULT;
        }
        PolicyFields fields = PolicyFields.of(value,
                List.of("approvals", "approvals-where-shared", "authors", "rehearsal"),
                mistakes);
        int approvals = people(fields, "approvals", MergeRule.DEFAULT.approvals());
        int shared = people(fields, "approvals-where-shared", approvals);
        if (shared < approvals) {
            mistakes.add(value, "approvals-where-shared is %d, and approvals is %d; write at least %d".formatted(shared,
                    approvals, approvals));
        }
        return new MergeRule(approvals, shared, choice(fields, "authors", MergeRule.Authors.class),
                choice(fields, "rehearsal", MergeRule.Rehearsal.class));
    }

    private static <E extends Enum<E>> @Nullable E choice(PolicyFields fields, String key, Class<E> type) {
        Node value = fields.value(key);
        return value == null
                ? null
                : fields.scalar(value, text -> PolicyValues.one(type, text), "an answer",
                        PolicyValues.choices(List.of(type.getEnumConstants()))).orElse(null);
    }

    private static int people(PolicyFields fields, String key, int otherwise) {
        Node value = fields.value(key);
        return value == null
                ? otherwise
                : fields.scalar(value,
                        text -> text.matches("\\d{1,2}") && Integer.parseInt(text) <= MOST_APPROVALS
                                ? Optional.of(Integer.valueOf(text))
                                : Optional.empty(),
                        "a number of approvals", "0 to " + MOST_APPROVALS).orElse(otherwise);
    }

    private Optional<FindingRule> finding(PolicyFields rule) {
        Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
        Optional<Node> value = rule.required("codes", "[schema-hole]");
        value.ifPresent(node -> rule.oneOrMore(node, PolicyFile::codes, "a code",
                "codes of docs/divergences.md, such as schema-hole, or 'all'", "codes").forEach(codes::addAll));
        Optional<RuleMode> mode = rule.required("mode", "warn").flatMap(node -> mode(rule, node));
        EnvironmentSelector where = where(rule);
        return value.isEmpty() ? Optional.empty() : mode.map(it -> new FindingRule(codes, where, it));
    }

    private static Optional<Set<DivergenceCode>> codes(String text) {
        return text.equals("all")
                ? Optional.of(EnumSet.allOf(DivergenceCode.class))
                : PolicyValues.one(DivergenceCode.class, text).map(EnumSet::of);
    }

    private Optional<PromotionRule> promotion(PolicyFields rule) {
        Optional<EnvironmentSelector> to = rule.required("to", WHERE).map(this::selector);
        Optional<EnvironmentSelector> from = rule.required("from", WHERE).map(this::selector);
        Optional<Duration> applied = rule.required("for", "24h").flatMap(node -> duration(rule, node));
        Optional<RuleMode> mode = mode(rule);
        return to.isEmpty() || from.isEmpty() || applied.isEmpty() || mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new PromotionRule(to.get(), from.get(), applied.get(), mode.get()));
    }

    private Optional<FreshnessRule> freshness(PolicyFields rule) {
        EnvironmentSelector where = where(rule);
        Optional<Duration> atMost = rule.required("at-most", "15m").flatMap(node -> duration(rule, node));
        Optional<RuleMode> mode = mode(rule);
        return atMost.isEmpty() || mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new FreshnessRule(where, atMost.get(), mode.get()));
    }

    private Optional<ApprovalRule> approvals(PolicyFields rule) {
        EnvironmentSelector where = where(rule);
        Optional<Integer> count = rule.required("count", "1").flatMap(node -> rule.scalar(node,
                text -> text.matches("\\d{1,2}") && Integer.parseInt(text) > 0
                        && Integer.parseInt(text) <= MOST_APPROVALS
                                ? Optional.of(Integer.valueOf(text))
                                : Optional.empty(),
                "a number of approvals", "1 to " + MOST_APPROVALS));
        Optional<RuleMode> mode = mode(rule);
        return count.isEmpty() || mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApprovalRule(where, count.get(), mode.get()));
    }

    private static Optional<Duration> duration(PolicyFields rule, Node node) {
        return rule.scalar(node, PolicyValues::duration, "a duration",
                "a number with s, m, h or d, such as 24h, up to 366d");
    }

    /** Enforced where nothing else is written. */
    private static Optional<RuleMode> mode(PolicyFields rule) {
        Node value = rule.value("mode");
        return value == null ? Optional.of(RuleMode.ENFORCE) : mode(rule, value);
    }

    private static Optional<RuleMode> mode(PolicyFields rule, Node value) {
        return rule.scalar(value, text -> PolicyValues.one(RuleMode.class, text), "a mode", MODES);
    }

    private static Optional<String> name(PolicyFields rule) {
        return rule.required("name", "weekend").flatMap(node -> rule.scalar(node,
                text -> text.isBlank() || text.length() > LONGEST_NAME ? Optional.empty() : Optional.of(text.strip()),
                "a name", "1 to %d characters".formatted(LONGEST_NAME)));
    }

    private static Set<Role> passes(PolicyFields rule) {
        Node value = rule.value("pass");
        return value == null
                ? Set.of()
                : Set.copyOf(
                        rule.oneOrMore(value, text -> PolicyValues.one(Role.class, text).filter(PEOPLE::contains),
                                "a role",
                                PolicyValues.choices(PEOPLE), "roles"));
    }

    private EnvironmentSelector where(PolicyFields rule) {
        Node value = rule.value("where");
        return value == null ? EnvironmentSelector.EVERYWHERE : selector(value);
    }

    private EnvironmentSelector selector(Node node) {
        PolicyFields parts = PolicyFields.of(node, List.of("environments", "labels"), mistakes);
        if (parts.values().isEmpty() && node instanceof MappingNode) {
            mistakes.add(node, "this selects by nothing; write %s".formatted(WHERE));
        }
        Node environments = parts.value("environments");
        Set<String> names = environments == null
                ? Set.of()
                : new HashSet<>(parts.oneOrMore(environments, PolicyFile::environment, "a name of an environment",
                        "letters, digits, '.', '_' and '-'", "environments"));
        return new EnvironmentSelector(names, labels(parts));
    }

    private static Optional<String> environment(String text) {
        return PlainNames.isName(text) ? Optional.of(text) : Optional.empty();
    }

    private Map<String, Set<String>> labels(PolicyFields parts) {
        Node value = parts.value("labels");
        if (value == null) {
            return Map.of();
        }
        String example = "write {tier: prod}";
        PolicyFields labels = PolicyFields.any(value, example, mistakes);
        if (labels.values().isEmpty() && value instanceof MappingNode) {
            mistakes.add(value, "no label is named; " + example);
        }
        Map<String, Set<String>> wanted = new HashMap<>();
        labels.values().forEach((key, one) -> wanted.put(key, new HashSet<>(labels.oneOrMore(one,
                text -> text.isEmpty() ? Optional.empty() : Optional.of(text), "a value of the label " + quoted(key),
                "a text such as prod", "values of the label " + quoted(key)))));
        return wanted;
    }
}
