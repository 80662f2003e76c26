package dev.migrationledger.core.bench;

import dev.migrationledger.core.graph.RevisionGraph;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jgrapht.alg.lca.NaiveLCAFinder;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
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

/** Where two databases part, asked of a graph that is loaded already. Sizes stop where the rival takes minutes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
public class MergeBaseBenchmark {

    @Param({"1000", "10000"})
    public int size;

    private LargeHistory history = new LargeHistory(100);
    private RevisionGraph graph = RevisionGraph.of(List.of());
    private DirectedAcyclicGraph<String, DefaultEdge> rival = GraphBenchmark.jgrapht(List.of());

    @Setup(Level.Trial)
    public void load() {
        history = new LargeHistory(size);
        graph = RevisionGraph.of(history.revisions);
        rival = GraphBenchmark.jgrapht(history.ordered);
        Set<String> ours = Set.copyOf(mergeBase());
        if (!ours.equals(mergeBase_jgrapht())) {
            throw new IllegalStateException("the two answer differently: " + ours + " and " + mergeBase_jgrapht());
        }
    }

    @Benchmark
    public List<String> mergeBase() {
        return graph.mergeBase(List.of(history.left), List.of(history.right));
    }

    @Benchmark
    public Set<String> mergeBase_jgrapht() {
        return new NaiveLCAFinder<>(rival).getLCASet(history.left, history.right);
    }
}
