package io.patinox.memory.mmap.internal;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.error.MappingInterruptedException;
import io.patinox.memory.error.MappingReentrantException;
import io.patinox.memory.error.MappingStaleException;
import io.patinox.memory.error.MappingThreadException;
import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MappedFileHeader;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.internal.layout.BlockMarks;
import io.patinox.memory.mmap.internal.layout.Body;
import io.patinox.memory.mmap.internal.layout.Fence;
import io.patinox.memory.mmap.internal.layout.SliceFactory;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.CheckedFunction;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// An open mapped file: its regions, the bodies in them, and its end. What changes a file is in
/// [MutableCore].
///
/// @param <T> the type of the elements
@SuppressWarnings("ReferenceEquality") // a region is one object
class MappingCore<T> implements MetricsSource {

    /*
     * A body enters the current region, and stays in it until it ends. Whoever replaces the
     * region, by growth or closing, retires the old one; it is given back once, by whoever finds
     * it idle: the one who retired it, or the body that left it last (see Users). So no region
     * is unmapped while somebody is in it, and none is forgotten.
     *
     * `change` guards which region is current, the size of the file, and the closing: `closed`
     * is set under it. Who holds it and found the file open may use the current region without
     * entering, as a region is given back under it, too.
     *
     * With checksums, bodies that write hold `seal` shared, and what computes checksums holds it
     * alone, always after `change`. So a body must not ask for that, which is refused. It takes
     * `seal` before it enters a region, so that growth can't replace the one that it writes to,
     * and gives it back before it leaves, as leaving may need `change`.
     */

    final MappingSettings settings;
    final FileShape shape;
    final FileAccess file;
    final MappingReports reports;
    final ReentrantLock change = new ReentrantLock();
    final @Nullable ReentrantReadWriteLock seal;
    volatile Region region;
    volatile long count;
    volatile boolean closed;

    private final MapMode mode;
    private final @Nullable AutoCloseable lock;
    private final @Nullable Thread owner;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final long checkNanos;
    private long checkedNanos;
    private int regions;
    private final AtomicLong leftBodies = new AtomicLong();
    private boolean mustUnregister;
    private @Nullable Throwable failure;
    private volatile @Nullable Runnable ended;
    private volatile Duration closeTimeout;

    MappingCore(
            MappingSettings settings,
            FileShape shape,
            FileAccess file,
            MapMode mode,
            @Nullable AutoCloseable lock,
            long count,
            long capacity) {
        this.settings = settings;
        this.shape = shape;
        this.file = file;
        this.mode = mode;
        this.lock = lock;
        this.owner = settings.confined() ? Thread.currentThread() : null;
        this.seal =
                shape.blockBytes() > 0 && mode == MapMode.READ_WRITE
                        ? new ReentrantReadWriteLock()
                        : null;
        this.reports = new MappingReports(settings);
        this.checkNanos = settings.checkInterval().toNanos();
        this.checkedNanos = settings.ticker().nanos();
        this.closeTimeout = settings.closeTimeout();
        this.count = count;
        this.region = map(capacity);
    }

    final String fileName() {
        return file.name();
    }

    final @Nullable Thread owner() {
        return owner;
    }

    // ---- regions

    final Region map(long capacity) {
        MappingCount.begin(fileName());
        Memory memory = null;
        boolean mapped = false;
        try {
            memory = Memory.of(settings);
            MemorySegment whole =
                    file.map(mode, shape.mapFrom(), shape.mappedBytes(capacity), memory.arena());
            BlockMarks marks =
                    seal == null
                            ? null
                            : new BlockMarks(shape.blocks(capacity), shape.blockBytes());
            Region made = new Region(memory, whole, shape.headerBytes(), capacity, marks);
            mapped = true;
            regions++;
            return made;
        } finally {
            if (!mapped) {
                MappingCount.end();
                if (memory != null) {
                    memory.release(fileName());
                }
            }
        }
    }

    /// Makes another region the current one, under `change`, and retires the old.
    final void replace(long capacity) {
        Region old = region;
        region = map(capacity);
        reports.remaps.incrementAndGet();
        if (old.users.retire()) {
            givenBack(old);
        }
    }

    /// Unmaps a region that nobody is in any more.
    private void givenBack(Region free) {
        change.lock();
        try {
            boolean last = closed && free == region;
            if (last) {
                attempt("settle", () -> settle(free));
            }
            attempt("unmap", () -> free.memory.release(fileName()));
            leftBodies.addAndGet(free.users.entered());
            free.memory.uncount();
            regions--;
            if (!closed) {
                attempt("cut", this::cut);
            } else if (regions == 0) {
                end();
            }
        } finally {
            change.unlock();
        }
    }

    final void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (!closed) {
                reports.failed(what, e);
            } else if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    /// Brings a file to its end before its last region is unmapped.
    void settle(Region last) {}

    /// Cuts a file that became shorter, if nobody is in its tail any more.
    void cut() {}

    /// Returns how many regions are mapped, under `change`.
    final int regions() {
        return regions;
    }

    private void end() {
        attempt("close", file::close);
        attempt("unlock", this::unlock);
        SharedMemory group = settings.group();
        if (group != null) {
            group.remove(this);
        }
        Runnable then = ended;
        if (then != null) {
            attempt("detach", then);
        }
        Throwable late = failure;
        if (late != null) {
            reports.failed("close", late); // the closer may have stopped waiting
        }
        if (mustUnregister) {
            reports.monitor().unregister(this);
        }
        reports.monitor().close();
        done.countDown();
    }

    private void unlock() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- bodies

    final Region enter() {
        return enter(null);
    }

    // the region is chosen once `seal` is held, if it is needed: growth may have replaced it while
    // that was waited for, and what is written to an old one is noted in marks that nobody looks at
    private Region enter(@Nullable ReentrantReadWriteLock sealed) {
        while (true) {
            if (sealed != null) {
                sealed.readLock().lock();
            }
            Region current = region;
            if (current.users.enter() && !closed) {
                return current;
            }
            if (sealed != null) {
                sealed.readLock().unlock();
            }
            leave(current);
            requireOpen();
        }
    }

    final void leave(Region left) {
        if (left.users.leave()) {
            givenBack(left);
        }
    }

    /// Runs a body.
    final <S extends MappedSlice<T>, R extends @Nullable Object, X extends Exception> R body(
            SliceFactory<T, S> slices,
            boolean writes,
            CheckedFunction<? super S, ? extends R, X> body)
            throws X {
        ReentrantReadWriteLock sealed = writes ? seal : null;
        Region in = enter(sealed);
        Body life = new Body(fileName(), writes ? in.marks : null);
        try {
            long published = Math.min(count, in.capacity);
            R result = body.apply(slices.slice(writes ? in.data : in.readable, published, life));
            Fence.fence();
            checkLength(in);
            return result;
        } catch (Throwable e) {
            throw MappingCore.<X>sneaky(Faults.translate(this, in, e));
        } finally {
            life.end();
            if (sealed != null) {
                sealed.readLock().unlock();
            }
            leave(in);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Exception> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /// Does something with the current region, under `change`.
    final void guarded(Region used, Runnable action) {
        try {
            action.run();
            Fence.fence();
        } catch (RuntimeException | Error e) {
            throw MappingCore.<RuntimeException>sneaky(Faults.translate(this, used, e));
        }
    }

    /// Brings what is mapped into memory.
    final void preload(Region used, MemorySegment range) {
        if (settings.nativeAccess() && NativeAdvice.populate(range, false)) {
            return;
        }
        guarded(used, range::load);
        checkLength(used);
    }

    final void checkLength(Region used) {
        long now = settings.ticker().nanos();
        if (checkNanos == 0 || now - checkedNanos >= checkNanos) {
            checkedNanos = now;
            long size = file.size();
            if (size < shape.mapFrom() + used.whole.byteSize()) {
                throw faulted(used, size, null);
            }
        }
    }

    final MappingFaultException faulted(Region used, @Nullable Throwable cause) {
        long size;
        try {
            size = file.size();
        } catch (RuntimeException e) {
            size = -1;
        }
        return faulted(used, size, cause);
    }

    private MappingFaultException faulted(Region used, long size, @Nullable Throwable cause) {
        reports.faulted(used.whole.byteSize(), size);
        long from = shape.mapFrom();
        return new MappingFaultException(
                fileName(), from, from + used.whole.byteSize(), size, cause);
    }

    // ---- what is at the path

    final void requireOpen() {
        if (closed) {
            throw new MappingClosedException(fileName(), "the file");
        }
    }

    final void requireOutside(String what) {
        ReentrantReadWriteLock sealed = seal;
        if (sealed != null && sealed.getReadHoldCount() > 0) {
            throw new MappingReentrantException(fileName(), what);
        }
    }

    final void check() {
        requireOpen();
        Region current = region;
        requireSame(shape.mapFrom() + current.whole.byteSize());
        reports.good();
    }

    /// Checks that the file at the path is the one that is mapped, and as long as it must be.
    final void requireSame(long bytes) {
        String what = file.changed();
        if (what == null) {
            long size = file.size();
            if (size < bytes) {
                what = "was cut off to %d bytes, of %d,".formatted(size, bytes);
            }
        }
        if (what != null) {
            reports.stale(what);
            throw new MappingStaleException(fileName(), what);
        }
    }

    /// Follows a writer, which may also have made the file shorter.
    long refresh() {
        requireOpen();
        requireSame(shape.mapFrom() + shape.headerBytes());
        change.lock();
        try {
            requireOpen();
            long capacity;
            long published;
            if (shape.headerless()) {
                capacity = Opener.elements(shape, file.size());
                published = capacity;
            } else {
                MappedFileHeader now = FileHeader.read(file);
                capacity = now.capacity();
                published = now.count();
            }
            if (capacity != region.capacity) {
                replace(capacity);
            }
            count = published;
            return published;
        } finally {
            change.unlock();
        }
    }

    // ---- closing

    final void whenEnded(Runnable then) {
        ended = then;
    }

    final void register() {
        SharedMemory group = settings.group();
        if (group != null) {
            group.add(this);
        }
        mustUnregister = true;
        reports.monitor().register(this);
        if (settings.populate()) {
            preload(region, region.whole);
        }
    }

    final void requireOwner() {
        Thread mine = owner;
        if (mine != null && mine != Thread.currentThread()) {
            throw new MappingThreadException(fileName(), mine.getName());
        }
    }

    final void closeTimeout(Duration timeout) {
        closeTimeout = timeout;
    }

    final void close() {
        close(closeTimeout);
    }

    final boolean close(Duration timeout) {
        Options.inRange("timeout", timeout, Duration.ZERO, Duration.ofDays(365));
        requireOwner();
        boolean first = closing.compareAndSet(false, true);
        if (first) {
            Region last;
            change.lock();
            try {
                closed = true;
                reports.closed();
                last = region;
            } finally {
                change.unlock();
            }
            if (last.users.retire()) {
                givenBack(last);
            }
        }
        if (!ended(timeout)) {
            if (first) {
                reports.abandoned(Math.max(1, region.users.inside()), timeout);
            }
            return false;
        }
        if (first && failure != null) {
            throw MappingCore.<RuntimeException>sneaky(failure);
        }
        return true;
    }

    private boolean ended(Duration timeout) {
        try {
            // within a body nobody waits, as the body may be what is waited for
            return done.getCount() == 0
                    || (!timeout.isZero()
                            && !withinBody()
                            && done.await(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MappingInterruptedException(fileName(), "the bodies", e);
        }
    }

    private static boolean withinBody() {
        String here = MappingCore.class.getName();
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame ->
                                frame.getMethodName().equals("body")
                                        && frame.getClassName().equals(here)));
    }

    final boolean isClosed() {
        return closed || closing.get();
    }

    // ---- what it tells of itself

    @Override
    public final String name() {
        return settings.name();
    }

    @Override
    public final String component() {
        return "mmap";
    }

    @Override
    public final MetricsSnapshot metrics() {
        Region current = region;
        boolean mapped = done.getCount() > 0;
        return MetricsSnapshot.builder(component(), name())
                .counter("mmap.bodies", leftBodies.get() + (mapped ? current.users.entered() : 0))
                .counter("mmap.faults", reports.faults.get())
                .counter("mmap.remaps", reports.remaps.get())
                .counter("mmap.appended", reports.appended.get())
                .counter("mmap.forced", reports.forced.get())
                .gauge("mmap.count", count)
                .gauge("mmap.capacity", current.capacity)
                .gauge("mmap.mapped.bytes", mapped ? current.whole.byteSize() : 0)
                .gauge("mmap.mappings", MappingCount.current())
                .gauge("mmap.in.use", current.users.inside())
                .build();
    }

    @Override
    public final Health health() {
        return reports.health();
    }

    @Override
    public final String toString() {
        return "mapped file '%s' (%s), %d elements%s"
                .formatted(
                        name(),
                        fileName(),
                        count,
                        closed ? ", " + MemoryErrorCode.MAPPING_CLOSED : "");
    }
}
