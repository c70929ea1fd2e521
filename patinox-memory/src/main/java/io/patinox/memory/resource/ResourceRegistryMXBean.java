package io.patinox.memory.resource;

/// What JMX shows of a registry, under the name
/// `io.patinox.memory:type=ResourceRegistry,name="<name>"`. See [ResourceRegistryBuilder#jmx].
///
/// Every call walks the live resources, without stopping anybody.
public interface ResourceRegistryMXBean {
    /// {@return how many resources were acquired}
    long getAcquired();

    /// {@return how many cleanups returned}
    long getCleaned();

    /// {@return how many cleanups failed for good}
    long getFailed();

    /// {@return how many cleanups were abandoned}
    long getAbandoned();

    /// {@return how many resources were detached}
    long getDetached();

    /// {@return how many resources are open}
    long getOpen();

    /// {@return how many leaks were found}
    long getLeaked();

    /// {@return the health, with reasons}
    String getHealth();

    /// {@return the names of resources whose cleanups are past their deadlines}
    String[] getStuck();

    /// Lists the oldest resources.
    ///
    /// @param n how many at most, 1 to 1,000,000
    /// @return a line each, the oldest first
    String[] oldest(int n);

    /// Lists the largest resources.
    ///
    /// @param n how many at most, 1 to 1,000,000
    /// @return a line each, the largest first
    String[] largest(int n);

    /// Describes the registry: see [ResourceRegistry#dump()].
    ///
    /// @return many lines
    String dump();

    /// Describes the registry: see [ResourceRegistry#dumpJson()].
    ///
    /// @return a JSON object
    String dumpJson();
}
