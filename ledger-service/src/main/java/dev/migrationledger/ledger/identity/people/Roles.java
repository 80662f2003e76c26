package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Role;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The roles that somebody has.
 *
 * @param everywhere in all projects; absent: none
 * @param inProjects by project
 */
public record Roles(@Nullable Role everywhere, NavigableMap<String, Role> inProjects) implements Serializable {

    public static final Roles NONE = new Roles(null, new TreeMap<>());

    public static final Roles ADMINISTRATOR = new Roles(Role.ADMINISTRATOR, new TreeMap<>());

    public Roles {
        inProjects = Collections.unmodifiableNavigableMap(new TreeMap<>(inProjects));
    }

    /** Whether they include a role in a project; in all projects where it is absent. */
    public boolean include(Role role, @Nullable String project) {
        return includes(everywhere, role) || (project != null && includes(inProjects.get(project), role));
    }

    /** Whether they include a role in at least one project. */
    public boolean includeSomewhere(Role role) {
        return includes(everywhere, role) || inProjects.values().stream().anyMatch(one -> includes(one, role));
    }

    private static boolean includes(@Nullable Role had, Role role) {
        return had != null && had.includes(role);
    }

    /** The role granted in a project, or in all; absent: none. */
    public @Nullable Role in(@Nullable String project) {
        return project == null ? everywhere : inProjects.get(project);
    }

    /** With another role in a place, or without one. */
    public Roles with(@Nullable String project, @Nullable Role role) {
        if (project == null) {
            return new Roles(role, inProjects);
        }
        NavigableMap<String, Role> changed = new TreeMap<>(inProjects);
        if (role == null) {
            changed.remove(project);
        } else {
            changed.put(project, role);
        }
        return new Roles(everywhere, changed);
    }

    /**
     * What a token may do: no more than its own role, and no more than its person. An agent's token works while its person administers.
     *
     * @param project absent: wherever the person has roles
     */
    public Roles limitedTo(Role role, @Nullable String project) {
        NavigableMap<String, Role> limited = new TreeMap<>();
        (project == null ? inProjects.keySet() : new TreeSet<>(List.of(project))).forEach(one -> {
            Role lower = lower(higher(everywhere, inProjects.get(one)), role);
            if (lower != null) {
                limited.put(one, lower);
            }
        });
        return new Roles(project == null ? lower(everywhere, role) : null, limited);
    }

    private static @Nullable Role higher(@Nullable Role one, @Nullable Role other) {
        return one == null || (other != null && other.includes(one)) ? other : one;
    }

    private static @Nullable Role lower(@Nullable Role had, Role limit) {
        if (had == null || limit == Role.AGENT) {
            return had == Role.ADMINISTRATOR ? limit : null;
        }
        return had.includes(limit) ? limit : had;
    }

    /** These and others: the higher one in each place. */
    public Roles and(Roles others) {
        Roles all = new Roles(higher(everywhere, others.everywhere), inProjects);
        for (Map.Entry<String, Role> other : others.inProjects.entrySet()) {
            all = all.with(other.getKey(), higher(all.in(other.getKey()), other.getValue()));
        }
        return all;
    }

    /** Of several in one place, the highest. */
    public static Roles of(List<GrantedRole> granted) {
        Roles all = NONE;
        for (GrantedRole one : granted) {
            all = all.with(one.project(), higher(all.in(one.project()), one.role()));
        }
        return all;
    }

    /** Each of them, those in all projects first. */
    public List<GrantedRole> list() {
        List<GrantedRole> all = new ArrayList<>();
        if (everywhere != null) {
            all.add(new GrantedRole(everywhere, null));
        }
        inProjects.forEach((project, role) -> all.add(new GrantedRole(role, project)));
        return all;
    }
}
