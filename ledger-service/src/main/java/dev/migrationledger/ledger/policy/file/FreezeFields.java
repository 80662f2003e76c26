package dev.migrationledger.ledger.policy.file;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod;
import dev.migrationledger.contracts.policy.FreezePeriod.Dates;
import dev.migrationledger.contracts.policy.FreezePeriod.Weekly;
import dev.migrationledger.contracts.policy.Policy.FreezeRule;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.ledger.policy.file.PolicyValues.Moment;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The times of a freeze. */
final class FreezeFields {

    private static final String FORMS = "2026-12-20 18:00, friday 16:00 or 22:00";

    private FreezeFields() {}

    static Optional<FreezeRule> read(
            PolicyFields rule, Optional<String> name, EnvironmentSelector where, Set<Role> passes,
            Optional<RuleMode> mode,
            PolicyMistakes mistakes) {
        Optional<ZoneId> zone = rule.required("zone", "Europe/Berlin")
                .flatMap(node -> rule.scalar(node, PolicyValues::zone,
                        "a time zone", "a name such as Europe/Berlin or UTC"));
        Optional<Moment> from = moment(rule, "from", "friday 16:00");
        Optional<Moment> until = moment(rule, "until", "monday 08:00");
        Node days = rule.value("days");
        Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
        if (days != null) {
            named.addAll(rule.oneOrMore(days, PolicyValues::day, "a day",
                    PolicyValues.choices(List.of(DayOfWeek.values())), "days"));
        }
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        Optional<FreezePeriod> period = period(rule, from.get(), until.get(), named, mistakes);
        return name.isEmpty() || zone.isEmpty() || mode.isEmpty() || period.isEmpty()
                ? Optional.empty()
                : Optional.of(new FreezeRule(name.get(), where, zone.get(), period.get(), passes, mode.get()));
    }

    private static Optional<Moment> moment(PolicyFields rule, String key, String example) {
        return rule.required(key, example)
                .flatMap(node -> rule.scalar(node, PolicyValues::moment, "a time of a freeze", FORMS));
    }

    private static Optional<FreezePeriod> period(
            PolicyFields rule, Moment from, Moment until, Set<DayOfWeek> days, PolicyMistakes mistakes) {
        Node at = rule.required("until", "").orElseThrow();
        if (!from.isLike(until)) {
            mistakes.add(at, "'from' and 'until' have different forms; write both as %s".formatted(FORMS));
            return Optional.empty();
        }
        LocalDateTime first = from.dateTime();
        LocalDateTime last = until.dateTime();
        if ((first != null && last != null) ? !first.isBefore(last) : from.equals(until)) {
            mistakes.add(at, "the freeze ends when it begins, or earlier; write a later 'until'");
            return Optional.empty();
        }
        boolean daily = first == null && from.day() == null;
        Node named = rule.value("days");
        if (named != null && !daily) {
            mistakes.add(named, "'days' needs times without a day; write from: 22:00, or remove 'days'");
            return Optional.empty();
        }
        if (named != null && days.isEmpty()) {
            return Optional.empty();
        }
        DayOfWeek firstDay = from.day();
        DayOfWeek lastDay = until.day();
        return Optional.of(first != null && last != null
                ? new Dates(first, last)
                : firstDay != null && lastDay != null
                        ? Weekly.between(firstDay, from.time(), lastDay, until.time())
                        : Weekly.on(days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days, from.time(), until.time()));
    }
}
