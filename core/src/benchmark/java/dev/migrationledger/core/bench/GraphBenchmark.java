package dev.migrationledger.core.bench;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The same questions to both, each from the revisions on: loading is part of every real answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
@Fork(value = 1, jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
public class GraphBenchmark {

    @Param({"1000", "10000", "100000"})
    public int size;

    private LargeHistory history = new LargeHistory(100);

    @Setup(Level.Trial)
    public void makeUp() {
        history = new LargeHistory(size);
    }

    @Benchmark
    public Object load() {
        return RevisionGraph.of(history.revisions);
    }

    @Benchmark
    public Object load_jgrapht() {
        return jgrapht(history.ordered);
    }

    @Benchmark
    public void ask(Blackhole answers) {
        RevisionGraph graph = RevisionGraph.of(history.revisions);
        answers.consume(graph.heads());
        Set<String> implied = graph.implied(List.of(history.left));
        answers.consume(implied.size());
        answers.consume(graph.topological(implied));
    }

    @Benchmark
    public void ask_jgrapht(Blackhole answers) {
        DirectedAcyclicGraph<String, DefaultEdge> graph = jgrapht(history.ordered);
        answers.consume(graph.vertexSet().stream().filter(id -> graph.outDegreeOf(id) == 0).toList());
        Set<String> implied = new HashSet<>(graph.getAncestors(history.left));
        implied.add(history.left);
        answers.consume(implied.size());
        List<String> order = new ArrayList<>(implied.size());
        new TopologicalOrderIterator<>(graph).forEachRemaining(id -> {
            if (implied.contains(id)) {
                order.add(id);
            }
        });
        answers.consume(order);
    }

    @Benchmark
    public Object everything_with_merge_base_and_problems() {
        RevisionGraph graph = RevisionGraph.of(history.revisions);
        return List.of(graph.heads(), graph.topological(graph.implied(graph.realHeads())), graph.problems(),
                graph.mergeBase(List.of(history.left), List.of(history.right)));
    }

    static DirectedAcyclicGraph<String, DefaultEdge> jgrapht(List<Revision> ordered) {
        DirectedAcyclicGraph<String, DefaultEdge> graph = new DirectedAcyclicGraph<>(DefaultEdge.class);
        for (Revision revision : ordered) {
            graph.addVertex(revision.revision());
            revision.parents().forEach(parent -> graph.addEdge(parent, revision.revision()));
            revision.dependsOn().forEach(dependency -> graph.addEdge(dependency, revision.revision()));
        }
        return graph;
    }
}
