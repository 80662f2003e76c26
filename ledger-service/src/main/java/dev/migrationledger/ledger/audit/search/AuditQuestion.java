package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.core.query.SearchQuery;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A query, as someone asks it.
 *
 * @param zone in which its times are
 * @param now from which its times are counted
 */
public record AuditQuestion(SearchQuery query, ZoneId zone, Instant now, SearchScope scope) {}
