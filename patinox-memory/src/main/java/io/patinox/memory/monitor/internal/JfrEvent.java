package io.patinox.memory.monitor.internal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/// The flight recorder's form of every event. The recorder's own stack trace is off, as it would
/// only show the delivery thread.
@Category("Patinox")
@StackTrace(false)
abstract class JfrEvent extends Event {

    @Label("Source")
    @Nullable String source;

    @Label("Noticed At")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long at;

    @Label("Message")
    @Nullable String message;

    @Name("io.patinox.memory.ResourceLeaked")
    @Label("Resource Leaked")
    @Description("A guard became unreachable without having been closed")
    static final class ResourceLeaked extends JfrEvent {
        @Label("Type")
        @Nullable String type;

        @Label("Age")
        @Timespan(Timespan.NANOSECONDS)
        long ageNanos;

        @Label("Acquired At")
        @Nullable String site;

        @Label("Cleaned")
        boolean cleaned;

        @Label("Count")
        long count;
    }

    @Name("io.patinox.memory.ResourceOverdue")
    @Label("Resource Overdue")
    @Description("A resource has been held for longer than its registry's threshold")
    static final class ResourceOverdue extends JfrEvent {
        @Label("Resource")
        @Nullable String resource;

        @Label("Type")
        @Nullable String type;

        @Label("Held")
        @Timespan(Timespan.NANOSECONDS)
        long heldNanos;

        @Label("Holder")
        @Nullable String holder;

        @Label("Acquired At")
        @Nullable String site;
    }

    @Name("io.patinox.memory.ResourceReturned")
    @Label("Resource Returned")
    @Description("A resource that was reported as held for too long was given back after all")
    static final class ResourceReturned extends JfrEvent {
        @Label("Resource")
        @Nullable String resource;

        @Label("Type")
        @Nullable String type;

        @Label("Held")
        @Timespan(Timespan.NANOSECONDS)
        long heldNanos;
    }

    @Name("io.patinox.memory.CleanupFailed")
    @Label("Cleanup Failed")
    @Description("A cleanup failed for good")
    static final class CleanupFailed extends JfrEvent {
        @Label("Resource")
        @Nullable String resource;

        @Label("Attempts")
        int attempts;

        @Label("Failure")
        @Nullable String failure;
    }

    @Name("io.patinox.memory.CleanupAbandoned")
    @Label("Cleanup Abandoned")
    @Description("A cleanup went on beyond its deadline and was left alone")
    static final class CleanupAbandoned extends JfrEvent {
        @Label("Resource")
        @Nullable String resource;

        @Label("Deadline")
        @Timespan(Timespan.NANOSECONDS)
        long deadlineNanos;

        @Label("Stack")
        @Nullable String stack;
    }

    @Name("io.patinox.memory.LeaseLeaked")
    @Label("Lease Leaked")
    @Description("A lease became unreachable without having been released")
    static final class LeaseLeaked extends JfrEvent {
        @Label("Held")
        @Timespan(Timespan.NANOSECONDS)
        long heldNanos;

        @Label("Acquired At")
        @Nullable String site;

        @Label("Lease Label")
        @Nullable String label;
    }

    @Name("io.patinox.memory.LeaseOverdue")
    @Label("Lease Overdue")
    @Description("A lease has been held for longer than the leak threshold")
    static final class LeaseOverdue extends JfrEvent {
        @Label("Held")
        @Timespan(Timespan.NANOSECONDS)
        long heldNanos;

        @Label("Acquired At")
        @Nullable String site;

        @Label("Holder")
        @Nullable String holder;

        @Label("Holder Stack")
        @Nullable String holderStack;

        @Label("Lease Label")
        @Nullable String label;
    }

    @Name("io.patinox.memory.NestedAcquire")
    @Label("Nested Acquire")
    @Description("A thread waited for a connection while it held another one of the same pool")
    static final class NestedAcquire extends JfrEvent {
        @Label("Held")
        int held;

        @Label("Waited")
        @Timespan(Timespan.NANOSECONDS)
        long waitedNanos;

        @Label("Acquired At")
        @Nullable String site;

        @Label("Holder")
        @Nullable String holder;

        @Label("Stack")
        @Nullable String stack;
    }

    @Name("io.patinox.memory.CreateFailed")
    @Label("Create Failed")
    @Description("A manager could not create a connection")
    static final class CreateFailed extends JfrEvent {
        @Label("Attempts")
        int attempts;

        @Label("Failure")
        @Nullable String failure;

        @Label("Retry In")
        @Timespan(Timespan.NANOSECONDS)
        long retryInNanos;
    }

    @Name("io.patinox.memory.PoolUnavailable")
    @Label("Pool Unavailable")
    @Description("A pool has nothing to lend, and creating connections fails again and again")
    static final class PoolUnavailable extends JfrEvent {
        @Label("Attempts")
        int attempts;

        @Label("Failure")
        @Nullable String failure;

        @Label("Refused")
        boolean refused;
    }

    @Name("io.patinox.memory.PoolRecovered")
    @Label("Pool Recovered")
    @Description("A pool that was unavailable has a connection again")
    static final class PoolRecovered extends JfrEvent {
        @Label("After")
        @Timespan(Timespan.NANOSECONDS)
        long afterNanos;
    }

    @Name("io.patinox.memory.CallbackFailed")
    @Label("Callback Failed")
    @Description("Something a user passed in threw where nobody was waiting for it")
    static final class CallbackFailed extends JfrEvent {
        @Label("Callback")
        @Nullable String callback;

        @Label("Failure")
        @Nullable String failure;
    }

    @Name("io.patinox.memory.ConfigApplied")
    @Label("Config Applied")
    @Description("A configuration has a new version")
    static final class ConfigApplied extends JfrEvent {
        @Label("Version")
        long version;

        @Label("Cause")
        @Nullable String cause;
    }

    @Name("io.patinox.memory.ConfigRejected")
    @Label("Config Rejected")
    @Description("A change of a configuration was rejected, and the last good version stays")
    static final class ConfigRejected extends JfrEvent {
        @Label("Stage")
        @Nullable String stage;

        @Label("Problems")
        @Nullable String problems;
    }

    @Name("io.patinox.memory.ConfigRolloutChanged")
    @Label("Config Rollout Changed")
    @Description("A staged rollout of a configuration began, moved or ended")
    static final class ConfigRolloutChanged extends JfrEvent {
        @Label("Salt")
        @Nullable String salt;

        @Label("Percentage")
        double percentage;

        @Label("State")
        @Nullable String state;
    }

    @Name("io.patinox.memory.CacheLoadFailed")
    @Label("Cache Load Failed")
    @Description("Loads of a cache failed")
    static final class CacheLoadFailed extends JfrEvent {
        @Label("Key")
        @Nullable String key;

        @Label("Failure")
        @Nullable String failure;

        @Label("Stale Value Served")
        boolean stale;

        @Label("Count")
        long count;
    }

    @Name("io.patinox.memory.CacheEvictionStorm")
    @Label("Cache Eviction Storm")
    @Description("A cache gives up entries for its size so fast that most are of no use")
    static final class CacheEvictionStorm extends JfrEvent {
        @Label("Evictions")
        long evictions;

        @Label("Within")
        @Timespan(Timespan.NANOSECONDS)
        long withinNanos;

        @Label("Entries")
        long entries;
    }

    @Name("io.patinox.memory.MappingFaulted")
    @Label("Mapping Faulted")
    @Description("Mapped memory faulted")
    static final class MappingFaulted extends JfrEvent {
        @Label("File")
        @Nullable String file;

        @Label("Mapped Bytes")
        @DataAmount
        long mappedBytes;

        @Label("File Bytes")
        long fileBytes;

        @Label("Count")
        long count;
    }

    @Name("io.patinox.memory.MappingAbandoned")
    @Label("Mapping Abandoned")
    @Description("A mapped file was closed while bodies of it ran on")
    static final class MappingAbandoned extends JfrEvent {
        @Label("File")
        @Nullable String file;

        @Label("Bodies")
        long bodies;

        @Label("Waited")
        @Timespan(Timespan.NANOSECONDS)
        long waitedNanos;
    }

    @Name("io.patinox.memory.HealthChanged")
    @Label("Health Changed")
    @Description("The health of a component changed")
    static final class HealthChanged extends JfrEvent {
        @Label("From")
        @Nullable String from;

        @Label("To")
        @Nullable String to;
    }
}
