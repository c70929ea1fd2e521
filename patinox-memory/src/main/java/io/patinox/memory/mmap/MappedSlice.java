package io.patinox.memory.mmap;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Elements of a mapped file, to be read: an array that lies in the file.
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="slice"}
///
/// **Lifecycle.** A slice belongs to the body of [MappedFile#read] (or of a write) that it was
/// given to, and ends with it; used later, it throws `MAPPING-CLOSED`. While the body runs its file
/// stays mapped, whatever happens to the file meanwhile: it may grow, shrink, and be closed.
///
/// **Values.** If `T` is a record, [#get] reads all components at once, and the record is an object
/// like any other. If `T` is an interface, [#get] gives a view that reads each component when it is
/// asked for, and that ends with the slice. Neither is a transaction: a record that another thread
/// writes at the same moment may be half old and half new, component by component.
///
/// **Threads.** A body may share its slice with other threads as long as it waits for them; streams
/// may be parallel. Slices of a confined file belong to the thread of the file.
///
/// **Faults.** If the file is cut off by somebody else, reads may return anything before the body
/// ends with `MAPPING-FAULT`: what a body does outside of itself is best done after it.
///
/// **Memory effects.** Plain access, as to fields that are not volatile, if not said otherwise.
/// What was written before an element was appended, or before the file was resized, happens-before
/// the bodies that see it counted.
///
/// @param <T> a record, or an interface with [Components]
public interface MappedSlice<T> extends Iterable<T> {
    /// Returns how many elements there are.
    ///
    /// @return from 0
    long count();

    /// Reads an element.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @return a record with the values, or a view
    /// @throws IndexOutOfBoundsException if there is no such element
    /// @throws io.patinox.memory.error.MappingValueException if its bytes are no value of `T`
    /// @throws io.patinox.memory.error.MappingClosedException if the body has ended
    T get(long index);

    /// Calls a function for each element, in order.
    ///
    /// @param action the function
    @Override
    void forEach(Consumer<? super T> action);

    /// Returns some of the elements as a slice of their own, without copying.
    ///
    /// @param from the first
    /// @param count how many
    /// @return the slice, which ends with this one
    /// @throws IndexOutOfBoundsException if they are not all in this one
    MappedSlice<T> slice(long from, long count);

    /// Reads elements into an array, as many as fit and are there.
    ///
    /// @param target the array; elements of an interface type are refused, as views would end
    /// @return how many were read
    int copyTo(T[] target);

    /// Copies all elements, byte by byte, to another file of the same layout.
    ///
    /// @param target at least as long
    /// @throws IndexOutOfBoundsException if the target is shorter
    /// @throws io.patinox.memory.error.MappingMismatchException if its layout is another
    void copyTo(MutableMappedSlice<T> target);

    /// Returns a column of whole numbers.
    ///
    /// @param column its name, with the path of nested records, as `position.x`; of type byte,
    ///   short, char, int or long
    /// @return the column, which ends with this slice
    LongColumn longColumn(String column);

    /// Returns a column of numbers with fractions.
    ///
    /// @param column its name; of type float or double
    /// @return the column, which ends with this slice
    DoubleColumn doubleColumn(String column);

    /// Adds a column up. Overflow wraps around, as with `+`.
    ///
    /// @param column as for [#longColumn(String)]
    /// @return the sum, 0 of nothing
    default long sumLong(String column) {
        return longColumn(column).sum();
    }

    /// Adds a column up, one after the other.
    ///
    /// @param column as for [#doubleColumn(String)]
    /// @return the sum, 0 of nothing
    default double sumDouble(String column) {
        return doubleColumn(column).sum();
    }

    /// Searches a column that is sorted upwards, as [java.util.Arrays#binarySearch(long[], long)].
    ///
    /// @param column as for [#longColumn(String)]
    /// @param key what to search for
    /// @return an index where it is, or `-(where it would be) - 1`
    default long binarySearch(String column, long key) {
        return longColumn(column).binarySearch(key);
    }

    /// Returns the CRC-32C of all bytes of the elements. They are copied to the heap piece by
    /// piece, since a checksum over mapped memory itself would end the JVM at a fault.
    ///
    /// @return the checksum
    int checksum();

    @Override
    Iterator<T> iterator();

    /// Returns the elements for traversal, splitting in halves. It ends with this slice.
    @Override
    Spliterator<T> spliterator();

    /// Returns the elements as a stream. It ends with this slice, so it must be finished within the
    /// body.
    ///
    /// @return a sequential stream
    default Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }
}
