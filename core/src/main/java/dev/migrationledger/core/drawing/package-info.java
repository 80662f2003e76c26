/**
 * Draws a whole history, the newest revision first. Start with {@link dev.migrationledger.core.drawing.DrawnNode}, then {@code FoldedHistory}, which
 * puts what is uninteresting into one node, then {@code LaneDrawing}, which says where each line runs. What a row looks like is the page's. Pure.
 */
@NullMarked
package dev.migrationledger.core.drawing;

import org.jspecify.annotations.NullMarked;
