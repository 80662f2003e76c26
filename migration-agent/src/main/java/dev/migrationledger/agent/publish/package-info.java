/**
 * What is published of scripts: {@link dev.migrationledger.agent.publish.PublishedScripts} says what is new of a history, {@link
 * dev.migrationledger.agent.publish.PublishedFiles} what is new of its files, and {@link
 * dev.migrationledger.agent.publish.Publication} sends both where nobody watches a database. To tell more of a file, add it to
 * {@code RevisionFile} and to the tools that read one.
 */
@NullMarked
package dev.migrationledger.agent.publish;

import org.jspecify.annotations.NullMarked;
