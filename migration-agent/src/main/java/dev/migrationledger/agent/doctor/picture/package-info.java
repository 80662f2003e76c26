/**
 * The part of a history that matters, drawn in a terminal: start with {@link dev.migrationledger.agent.doctor.picture.Picture}. What
 * is shown is chosen by {@code Excerpt}, and where its lines run by {@code Lanes}. Pure.
 */
@NullMarked
package dev.migrationledger.agent.doctor.picture;

import org.jspecify.annotations.NullMarked;
