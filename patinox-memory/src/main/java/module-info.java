/// The scarce things of a service: resources to close, connections to share out, data that many
/// read, values worth caching, and what they report.
module io.patinox.memory {
    // compile time only: nullness annotations, and the event recorder and the management beans
    // where the JVM has them
    requires static transitive org.jspecify;
    requires static jdk.jfr;
    requires static java.management;

    // the library, lowest layer first
    exports io.patinox.memory.error;
    exports io.patinox.memory.monitor;
    exports io.patinox.memory.resource;
    exports io.patinox.memory.pool;
    exports io.patinox.memory.share;
    exports io.patinox.memory.config;
    exports io.patinox.memory.cache;
    exports io.patinox.memory.mmap;

    uses io.patinox.memory.config.ConfigFormat;
}
