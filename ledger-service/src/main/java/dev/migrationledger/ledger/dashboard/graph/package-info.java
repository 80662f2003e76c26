/**
 * The page of a project with its history as a graph, and the page of a revision. {@code ProjectPageController} reads the views; {@code ProjectPage} is what
 * the page shows, and {@code GraphRows} its rows, both pure. Where lines run is {@code dev.migrationledger.core.drawing}'s; how they look, the style
 * sheet's.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.graph;

import org.jspecify.annotations.NullMarked;
