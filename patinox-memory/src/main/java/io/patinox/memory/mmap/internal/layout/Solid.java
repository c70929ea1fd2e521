package io.patinox.memory.mmap.internal.layout;

/// Makes a number that was read from mapped memory one that compiled code can be trusted with.
///
/// After a fault HotSpot skips the instruction that faulted and goes on, until it comes to a place
/// where it can throw. Two things then end the JVM, both observed on JDK 25 (x86-64):
///
/// - To skip an instruction it has to know how long that is, and there are some that it does not
///   know: above all the one that reads an int and widens it to a long (`movslq`), which C2 makes
///   of `sum += slice.get(i).x()`. Meeting that, the JVM aborts.
/// - The register that should have been read into keeps what was there before. If that is a short,
///   C2 takes it for granted that it is from -32,768 to 32,767, leaves out checks that this makes
///   needless, and uses the rest of the register in addresses.
///
/// Between the number and what is done with it stands therefore an operation that C2 can't leave
/// out: an exclusive or with a zero of which it does not know that it always is one. So no number
/// is read and widened at once, and whatever was in the register is an int afterwards, of which a
/// byte or a short is made anew. Longs, floats and doubles need none of this: any bits are one of
/// them. It costs an operation in registers; ints of records of which all components are aligned
/// are read in another way, see [PartCode].
final class Solid {
    // neither final nor ever written, so that it is no constant to the compiler
    private static int zero;

    private Solid() {}

    /// Returns the number that was read.
    static int of(int number) {
        return number ^ zero;
    }

    /// Returns the number that was read.
    static byte of(byte number) {
        return (byte) (number ^ zero);
    }

    /// Returns the number that was read.
    static short of(short number) {
        return (short) (number ^ zero);
    }

    /// Returns the number that was read.
    static char of(char number) {
        return (char) (number ^ zero);
    }
}
