/**
 * What Git knows of files. Start with {@link dev.migrationledger.agent.git.FileAuthors} and {@link
 * dev.migrationledger.agent.git.MergedTree}. Git is the one program that the agent runs by itself:
 * each call is made and nothing in the repository can have it run another (ADR 59).
 */
@NullMarked
package dev.migrationledger.agent.git;

import org.jspecify.annotations.NullMarked;
