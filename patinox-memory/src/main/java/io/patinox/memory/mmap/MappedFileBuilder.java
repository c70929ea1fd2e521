package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.MappingSettings;
import io.patinox.memory.mmap.internal.Opener;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Opens or creates a mapped file. Every option has a default; what opens checks them all.
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="build"}
///
/// | method | file | gives |
/// |---|---|---|
/// | [#openReadOnly()] | must be there | a [MappedFile] |
/// | [#open()] | must be there | a [MutableMappedFile] |
/// | [#create(long)] | must not be there | a [MutableMappedFile] |
/// | [#openOrCreate(long)] | either | a [MutableMappedFile] |
/// | [#openPrivate()] | must be there | a [WritableMappedFile] that leaves the file as it is |
///
/// Not thread-safe. A builder may be used again for another mapping of the file.
///
/// @param <T> the type of the elements
public final class MappedFileBuilder<T> {
    private static final int LEAST_BLOCK = 4096;
    private static final int LARGEST_BLOCK = 1 << 30;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final Path path;
    private final Class<T> type;
    private @Nullable String name;
    private MethodHandles.@Nullable Lookup lookup;
    private ByteOrder byteOrder = ByteOrder.LITTLE_ENDIAN;
    private long headerlessFrom = -1;
    private boolean sparse;
    private int checksumBlockBytes;
    private WhenDirty whenDirty = WhenDirty.REFUSE;
    private FileLocking locking = FileLocking.NONE;
    private Duration lockTimeout = Duration.ZERO;
    private boolean confined;
    private @Nullable Arena arena;
    private @Nullable MappingGroup group;
    private boolean nativeAccess;
    private boolean populate;
    private boolean forceOnClose = true;
    private Duration checkInterval = Duration.ofSeconds(1);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Ticker ticker = Ticker.system();
    private Monitor monitor = Monitor.noop();
    private @Nullable ResourceRegistry registry;

    MappedFileBuilder(Path path, Class<T> type) {
        this.path = path;
        this.type = type;
    }

    /// Sets the name, as it stands in metrics, events and errors. Default: `mmap-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public MappedFileBuilder<T> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Sets a lookup that may reach the type of the elements. Default: none, which suffices for
    /// public records of exported packages, and for all types outside of named modules.
    ///
    /// @param lookup `MethodHandles.lookup()`, called where the type can be used
    /// @return this builder
    public MappedFileBuilder<T> lookup(MethodHandles.Lookup lookup) {
        this.lookup = Options.required("lookup", lookup);
        return this;
    }

    /// Sets the byte order. A file of the other order is refused. Default: little-endian, on every
    /// machine.
    ///
    /// @param byteOrder the order
    /// @return this builder
    public MappedFileBuilder<T> byteOrder(ByteOrder byteOrder) {
        this.byteOrder = Options.required("byteOrder", byteOrder);
        return this;
    }

    /// Opens a file without a header, as other programs write them: it has nothing but elements
    /// from some place to its end, and its layout is taken on trust. Default: files have headers.
    ///
    /// @param fromByte where the first element begins, from 0
    /// @return this builder
    public MappedFileBuilder<T> headerless(long fromByte) {
        this.headerlessFrom = Options.inRange("headerless", fromByte, 0, Long.MAX_VALUE / 4);
        return this;
    }

    /// Lets files have holes: room that takes no place on the disk until it is written to. If the
    /// disk is full then, the write faults. Default: room is taken when a file is created or grows,
    /// and a full disk is an error of that call.
    ///
    /// @return this builder
    public MappedFileBuilder<T> sparse() {
        this.sparse = true;
        return this;
    }

    /// Gives a file that is created a checksum for each block of it. They are renewed by
    /// [MutableMappedFile#force()] and by closing, for the blocks that were written to. Default:
    /// none.
    ///
    /// @param blockBytes a power of two from 4,096 to 1,073,741,824; 65,536 suits most
    /// @return this builder
    public MappedFileBuilder<T> checksums(int blockBytes) {
        Options.inRange("checksums", blockBytes, LEAST_BLOCK, LARGEST_BLOCK);
        Options.consistent(
                Integer.bitCount(blockBytes) == 1,
                "checksums",
                blockBytes,
                "a power of two",
                "choose " + Integer.highestOneBit(blockBytes));
        this.checksumBlockBytes = blockBytes;
        return this;
    }

    /// Sets what happens to a file that its last writer did not close. Default: it is refused.
    ///
    /// @param whenDirty what happens
    /// @return this builder
    public MappedFileBuilder<T> whenDirty(WhenDirty whenDirty) {
        this.whenDirty = Options.required("whenDirty", whenDirty);
        return this;
    }

    /// Sets which lock is held while the file is open. Default: none.
    ///
    /// @param locking the lock
    /// @return this builder
    public MappedFileBuilder<T> locking(FileLocking locking) {
        this.locking = Options.required("locking", locking);
        return this;
    }

    /// Sets how long to wait for the lock. Default: zero, not at all.
    ///
    /// @param lockTimeout from zero to 365 days
    /// @return this builder
    public MappedFileBuilder<T> lockTimeout(Duration lockTimeout) {
        this.lockTimeout = Options.inRange("lockTimeout", lockTimeout, Duration.ZERO, LONGEST);
        return this;
    }

    /// Lets only the thread that opens the file use and close it. Unmapping then costs other
    /// threads nothing. Default: any thread.
    ///
    /// @return this builder
    public MappedFileBuilder<T> confined() {
        this.confined = true;
        return this;
    }

    /// Maps into an arena of the caller's, who ends it. After that the file's bodies get
    /// `MAPPING-CLOSED`. What was mapped before a file grew stays mapped as long as the arena
    /// lives. Default: an arena of the file's own.
    ///
    /// @param arena the arena
    /// @return this builder
    public MappedFileBuilder<T> arena(Arena arena) {
        this.arena = Options.required("arena", arena);
        return this;
    }

    /// Maps together with others, to be unmapped together. Default: by itself.
    ///
    /// @param group the group
    /// @return this builder
    public MappedFileBuilder<T> group(MappingGroup group) {
        this.group = Options.required("group", group);
        return this;
    }

    /// Lets calls of the operating system be used that the JDK does not offer: for [#populate()]
    /// and [MappedFile#advise]. They are used only where the JVM was started with
    /// `--enable-native-access=io.patinox.memory` (or `ALL-UNNAMED`), and only on Linux and macOS;
    /// nothing depends on them. Default: false.
    ///
    /// @param nativeAccess whether they may be used
    /// @return this builder
    public MappedFileBuilder<T> nativeAccess(boolean nativeAccess) {
        this.nativeAccess = nativeAccess;
        return this;
    }

    /// Has everything read when it is mapped, so that the first accesses do not wait for the disk.
    /// With [#nativeAccess(boolean)] by one call that can't fault. Default: pages are read when
    /// they are used.
    ///
    /// @return this builder
    public MappedFileBuilder<T> populate() {
        this.populate = true;
        return this;
    }

    /// Sets whether closing waits until what was written has reached the disk, and the first write
    /// until the mark that says that the file is dirty has. Without it a file is marked as clean
    /// although a power failure may still lose some of it; a crash of the process alone loses
    /// nothing. Default: true.
    ///
    /// @param forceOnClose whether it waits
    /// @return this builder
    public MappedFileBuilder<T> forceOnClose(boolean forceOnClose) {
        this.forceOnClose = forceOnClose;
        return this;
    }

    /// Sets after what time a body that ends asks whether the file is still as long as what is
    /// mapped: a file that is cut in the middle of a page does not fault, but reads as zeros there.
    /// Zero: after each body, which costs a call of the operating system. Default: 1 second.
    ///
    /// @param checkInterval from zero to 365 days
    /// @return this builder
    public MappedFileBuilder<T> checkInterval(Duration checkInterval) {
        this.checkInterval =
                Options.inRange("checkInterval", checkInterval, Duration.ZERO, LONGEST);
        return this;
    }

    /// Sets how long [MappedFile#close()] waits for bodies. Default: 30 seconds.
    ///
    /// @param closeTimeout from zero to 365 days
    /// @return this builder
    public MappedFileBuilder<T> closeTimeout(Duration closeTimeout) {
        this.closeTimeout = Options.inRange("closeTimeout", closeTimeout, Duration.ZERO, LONGEST);
        return this;
    }

    /// Sets the clock. Default: the system's.
    ///
    /// @param ticker the clock
    /// @return this builder
    public MappedFileBuilder<T> ticker(Ticker ticker) {
        this.ticker = Options.required("ticker", ticker);
        return this;
    }

    /// Sets where the file reports. Default: nowhere.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public MappedFileBuilder<T> monitor(Monitor monitor) {
        this.monitor = Options.required("monitor", monitor);
        return this;
    }

    /// Sets the registry that holds the file: closing it closes the file, and it finds files that
    /// were lost without being closed. Default: none.
    ///
    /// @param registry the registry
    /// @return this builder
    public MappedFileBuilder<T> registry(ResourceRegistry registry) {
        this.registry = Options.required("registry", registry);
        return this;
    }

    /// Opens a file to be read.
    ///
    /// @return the mapped file
    /// @throws io.patinox.memory.error.InvalidOptionException if options contradict each other
    /// @throws io.patinox.memory.error.MappingLayoutException if the type can't be mapped
    /// @throws io.patinox.memory.error.MappingStorageException if the file is not there, or can't
    ///   be read
    /// @throws io.patinox.memory.error.MappingHeaderException if it has no good header
    /// @throws io.patinox.memory.error.MappingMismatchException if its layout is not the type's
    /// @throws io.patinox.memory.error.MappingDirtyException if its last writer did not close it
    /// @throws io.patinox.memory.error.MappingLockedException if its lock is held by others
    /// @throws io.patinox.memory.error.MappingLimitException if no more can be mapped
    public MappedFile<T> openReadOnly() {
        return Opener.readOnly(settings(), type, lookup);
    }

    /// Opens a file to be read and written.
    ///
    /// @return the mapped file
    public MutableMappedFile<T> open() {
        return Opener.mutable(settings(), type, lookup);
    }

    /// Opens a file to be read, and changed in memory only. The JDK asks for the right to write to
    /// the file all the same.
    ///
    /// @return the mapped file
    public WritableMappedFile<T> openPrivate() {
        return Opener.privately(settings(), type, lookup);
    }

    /// Creates a file, and opens it to be read and written. If that fails, no file is left.
    ///
    /// @param count how many elements it has at first, from 0; they are of zeros
    /// @return the mapped file
    /// @throws io.patinox.memory.error.MappingStorageException if a file is there already, can't be
    ///   created, or finds no room on the disk
    public MutableMappedFile<T> create(long count) {
        return Opener.create(settings(), type, lookup, count);
    }

    /// Opens a file if there is one, else creates it. Of several processes that do so at once one
    /// creates it, and others may find it unfinished; a [lock][#locking(FileLocking)] keeps them
    /// apart.
    ///
    /// @param count how many elements a new file has, from 0; of no effect on one that is there
    /// @return the mapped file
    public MutableMappedFile<T> openOrCreate(long count) {
        return Opener.openOrCreate(settings(), type, lookup, count);
    }

    private MappingSettings settings() {
        int arenas = (confined ? 1 : 0) + (arena == null ? 0 : 1) + (group == null ? 0 : 1);
        Options.consistent(
                arenas <= 1,
                "arena",
                arenas + " of confined, arena and group",
                "at most one of confined, arena and group",
                "leave the others out");
        Options.consistent(
                headerlessFrom < 0 || checksumBlockBytes == 0,
                "checksums",
                checksumBlockBytes,
                "off for a file without a header",
                "leave out checksums or headerless");
        return new MappingSettings(
                path,
                name == null ? "mmap-" + UNNAMED.incrementAndGet() : name,
                byteOrder,
                headerlessFrom,
                sparse,
                checksumBlockBytes,
                whenDirty,
                locking,
                lockTimeout,
                confined,
                arena,
                group == null ? null : group.memory(),
                nativeAccess,
                populate,
                forceOnClose,
                checkInterval,
                closeTimeout,
                ticker,
                monitor,
                registry);
    }
}
