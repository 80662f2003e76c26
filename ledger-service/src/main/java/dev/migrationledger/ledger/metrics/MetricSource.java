package dev.migrationledger.ledger.metrics;

import java.util.List;
import java.util.Map;

/** The numbers of one capability. Every bean of this type is asked at a scrape, at most every few seconds. */
public interface MetricSource {

    /** What is measured now. Costs few queries, however many environments there are. */
    List<Metric> metrics();

    /**
     * One number with all its series.
     *
     * @param name without unit prefix: in lower case, with underscores; it ends with its unit if it has one
     * @param help one sentence
     * @param labels in the order of the values of {@link Series}
     */
    record Metric(String name, String help, List<String> labels, List<Series> series) {
        public Metric {
            labels = List.copyOf(labels);
            series = List.copyOf(series);
        }

        /** One without labels. */
        public static Metric of(String name, String help, double value) {
            return new Metric(name, help, List.of(), List.of(new Series(List.of(), value)));
        }

        /** One with a label, a value for each of its values. */
        public static Metric of(String name, String help, String label, Map<String, Double> values) {
            return new Metric(name, help, List.of(label),
                    values.entrySet().stream().map(one -> new Series(List.of(one.getKey()), one.getValue())).toList());
        }
    }

    /** One value, with those of its labels. */
    record Series(List<String> labels, double value) {
        public Series {
            labels = List.copyOf(labels);
        }
    }
}
