package io.patinox.memory.mmap.internal;

import io.patinox.memory.mmap.AccessAdvice;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A program that gives advice and says what came of it.
final class AdviceProgram {
    private static final int BYTES = 10 * 65_536;

    private AdviceProgram() {}

    @SuppressWarnings("SystemOut") // a program
    public static void main(String[] arguments) throws IOException {
        MemorySegment memory;
        try (Arena arena = Arena.ofShared();
                FileChannel channel =
                        FileChannel.open(
                                Path.of(arguments[0]),
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            memory = channel.map(MapMode.READ_WRITE, 0, BYTES, arena);
            for (AccessAdvice advice : AccessAdvice.values()) {
                System.out.println(
                        advice + " " + NativeAdvice.advise(memory.asSlice(100, 9_999), advice));
            }
            System.out.println("read " + NativeAdvice.populate(memory, false));
            System.out.println("write " + NativeAdvice.populate(memory.asSlice(5_000), true));
            channel.truncate(4_096);
            System.out.println("cut read " + NativeAdvice.populate(memory, false));
            System.out.println("cut write " + NativeAdvice.populate(memory, true));
        }
        MemorySegment heap = MemorySegment.ofArray(new long[10]);
        System.out.println("heap " + NativeAdvice.advise(heap, AccessAdvice.NORMAL));
        System.out.println("closed " + NativeAdvice.populate(memory, false));
    }
}
