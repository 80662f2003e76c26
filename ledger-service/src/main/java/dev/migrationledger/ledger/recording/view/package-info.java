/**
 * What events add up to. A {@code View} is written in the transaction that records the events; {@code ViewRebuild} compares and rebuilds views from the
 * same functions. To keep a state of all projects, extend {@code OrganisationView}; {@code StoredJson} reads and writes JSON columns.
 * {@code ViewForms} keeps a ledger from recording once another version has stored the views in other forms.
 */
@NullMarked
package dev.migrationledger.ledger.recording.view;

import org.jspecify.annotations.NullMarked;
