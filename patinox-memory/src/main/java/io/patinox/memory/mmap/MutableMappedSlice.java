package io.patinox.memory.mmap;

/// Elements of a mapped file, to be read and written.
///
/// Everything said of a [MappedSlice] holds. What is written is seen by every mapping of the file
/// on the machine at once, and reaches the disk when the operating system likes, or by
/// [MutableMappedFile#force()].
///
/// **Threads.** Several may write different elements at the same time. For one element there are
/// the atomic operations of [MutableLongColumn] and of interfaces.
///
/// @param <T> a record, or an interface with [Components]
public interface MutableMappedSlice<T> extends MappedSlice<T> {
    /// Writes an element: all components, and zeros between them. Through a view of an interface
    /// each component is written by itself; `set` then copies from the given one.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the value
    /// @throws IndexOutOfBoundsException if there is no such element
    /// @throws io.patinox.memory.error.MappingValueException if a component is null, too long, or
    ///   of a value that its encoding doesn't have; nothing of the element has been written then
    void set(long index, T value);

    /// Writes the same value to every element.
    ///
    /// @param value the value
    void fill(T value);

    /// Writes elements from an array, as many as there are and fit.
    ///
    /// @param source the array
    /// @return how many were written
    int copyFrom(T[] source);

    @Override
    MutableMappedSlice<T> slice(long from, long count);

    @Override
    MutableLongColumn longColumn(String column);

    @Override
    MutableDoubleColumn doubleColumn(String column);
}
