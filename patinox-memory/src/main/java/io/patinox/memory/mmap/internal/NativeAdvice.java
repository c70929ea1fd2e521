package io.patinox.memory.mmap.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.patinox.memory.mmap.AccessAdvice;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells the operating system how mapped memory will be used, by `madvise` of Linux and macOS.
///
/// Nothing depends on it: where it can't be called, or says no, the answer is false. It is called
/// only where the JVM was started with native access enabled for this module, which is asked first,
/// so that the JVM never prints a warning on our behalf.
///
/// *Why it is safe.* Only advice is given that changes no data, so even a mapping that ends at the
/// same moment does no harm: the call then fails, or hastens the pages of somebody else. Addresses
/// are passed as numbers, and a call may begin before its segment, at the boundary of the page;
/// mappings always consist of whole pages. Memory whose file was cut off makes the call fail, where
/// an access would fault.
final class NativeAdvice {
    private static final int POPULATE_READ = 22; // Linux 5.14; others answer EINVAL
    private static final int POPULATE_WRITE = 23;
    private static final boolean LINUX = os().startsWith("linux");
    private static final boolean MAC = os().startsWith("mac");

    private NativeAdvice() {}

    private static String os() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }

    /// Tells how memory will be used.
    ///
    /// @return whether the system was told
    static boolean advise(MemorySegment memory, AccessAdvice advice) {
        int code = switch (advice) { // the same numbers on both systems
                    case NORMAL -> 0;
                    case RANDOM -> 1;
                    case SEQUENTIAL -> 2;
                    case WILL_NEED -> 3;
                };
        return (LINUX || MAC) && call(memory, code);
    }

    /// Has all pages of memory read, and made ready to be written if that is wanted, without a
    /// fault that could reach the JVM. Only Linux can.
    ///
    /// @return whether all are there; false also if the file was cut off, or its disk is full
    static boolean populate(MemorySegment memory, boolean write) {
        return LINUX && call(memory, write ? POPULATE_WRITE : POPULATE_READ);
    }

    private static boolean call(MemorySegment memory, int advice) {
        if (!NativeAdvice.class.getModule().isNativeAccessEnabled()
                || !memory.isNative()
                || !memory.scope().isAlive()) {
            return false;
        }
        Calls calls = Holder.CALLS;
        if (calls == null) {
            return false;
        }
        long from = memory.address() & -calls.pageBytes;
        return calls.madvise(from, memory.address() + memory.byteSize() - from, advice);
    }

    /// Loaded when the first call is allowed.
    private static final class Holder {
        static final @Nullable Calls CALLS = Calls.link();
    }

    private record Calls(MethodHandle madvise, long pageBytes) {
        @SuppressWarnings("restricted") // only after native access was found to be enabled
        static @Nullable Calls link() {
            try {
                Linker linker = Linker.nativeLinker();
                ValueLayout size = (ValueLayout) linker.canonicalLayouts().get("size_t");
                if (size == null || size.byteSize() != JAVA_LONG.byteSize()) {
                    return null;
                }
                MethodHandle pageBytes =
                        linker.downcallHandle(
                                linker.defaultLookup().findOrThrow("getpagesize"),
                                FunctionDescriptor.of(JAVA_INT));
                MethodHandle madvise =
                        linker.downcallHandle(
                                linker.defaultLookup().findOrThrow("madvise"),
                                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
                return new Calls(madvise, (int) pageBytes.invokeExact());
            } catch (Throwable e) {
                return unavailable(e);
            }
        }

        boolean madvise(long from, long bytes, int advice) {
            try {
                return (int) madvise.invokeExact(from, bytes, advice) == 0;
            } catch (Throwable e) {
                return unavailable(e) != null;
            }
        }

        /// A system without the calls throws `NoSuchElementException`, a JVM without a linker
        /// `UnsupportedOperationException`. What ends a thread goes on.
        private static @Nullable Calls unavailable(Throwable e) {
            if (e instanceof VirtualMachineError serious) {
                throw serious;
            }
            return null;
        }
    }
}
