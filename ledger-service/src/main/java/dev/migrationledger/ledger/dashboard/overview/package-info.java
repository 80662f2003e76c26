/**
 * The first page: what is wrong, where, since when and what to do, then all projects and where their environments are. Read {@code OverviewQuery} for
 * how PostgreSQL groups equal environments, then {@code Overview}, which puts the groups into words and columns; it is a pure function.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.overview;

import org.jspecify.annotations.NullMarked;
