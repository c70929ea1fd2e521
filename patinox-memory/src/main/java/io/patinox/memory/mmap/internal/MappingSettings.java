package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.mmap.WhenDirty;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The options of a mapped file, checked. They are described at the builder.
///
/// @param path the file
/// @param name the name
/// @param order the byte order
/// @param headerlessFrom where elements of a file without a header begin, or -1
/// @param sparse whether there may be holes
/// @param blockBytes bytes of a block with a checksum, or 0
/// @param whenDirty what happens to a dirty file
/// @param locking which lock is held
/// @param lockTimeout how long it is waited for
/// @param confined whether one thread uses it
/// @param arena the caller's arena
/// @param group the group's memory
/// @param nativeAccess whether calls of the operating system may be used
/// @param populate whether all is read at first
/// @param forceOnClose whether closing waits for the disk
/// @param checkInterval after what time a body looks at the length of the file
/// @param closeTimeout how long closing waits
/// @param ticker the clock
/// @param monitor where it reports
/// @param registry what holds it
public record MappingSettings(
        Path path,
        String name,
        ByteOrder order,
        long headerlessFrom,
        boolean sparse,
        int blockBytes,
        WhenDirty whenDirty,
        FileLocking locking,
        Duration lockTimeout,
        boolean confined,
        @Nullable Arena arena,
        @Nullable SharedMemory group,
        boolean nativeAccess,
        boolean populate,
        boolean forceOnClose,
        Duration checkInterval,
        Duration closeTimeout,
        Ticker ticker,
        Monitor monitor,
        @Nullable ResourceRegistry registry) {}
