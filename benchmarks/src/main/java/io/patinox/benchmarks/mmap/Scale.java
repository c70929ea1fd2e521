package io.patinox.benchmarks.mmap;

/// How many elements there are.
///
/// A fork is told by a system property, so that one benchmark method serves every scale.
enum Scale {
    /// A file that the caches of a processor hold, or nearly.
    SMALL(65_536),
    /// 240 MB, which they don't.
    LARGE(10_000_000);

    /// How many elements a benchmark of random access reads or writes at once, in one body.
    static final int ACCESSES = 65_536;

    /// The same as [#LARGE], as a constant for annotations.
    static final int ALL = 10_000_000;

    private static final String PROPERTY = "patinox.bench.mmap";

    final long elements;

    Scale(long elements) {
        this.elements = elements;
    }

    static Scale here() {
        return valueOf(System.getProperty(PROPERTY, LARGE.name()));
    }

    /// Returns the option by which a JVM has this scale.
    String jvmOption() {
        return "-D" + PROPERTY + "=" + name();
    }
}
