package io.patinox.memory.mmap;

import io.patinox.memory.resource.CheckedFunction;
import org.jspecify.annotations.Nullable;

/// A mapped file whose elements can be written.
///
/// As [MutableMappedFile] it changes the file. As opened by [MappedFileBuilder#openPrivate()] it
/// changes a copy in memory: what is written is seen by nobody else and gone when it is closed, and
/// the file is only read, although the JDK asks for the right to write it. Whether such a copy sees
/// what others write to the file meanwhile, the operating system leaves open.
///
/// @param <T> a record, or an interface with [Components]
public interface WritableMappedFile<T> extends MappedFile<T> {
    /// Does something with all elements.
    ///
    /// @param <X> what the body may throw
    /// @param body reads and writes; its slice ends with it
    /// @throws X if the body does
    /// @throws io.patinox.memory.error.MappingFaultException if the memory faulted; what was
    ///   written may be lost
    <X extends Exception> void write(MappedBody<? super MutableMappedSlice<T>, X> body) throws X;

    /// Applies a function that may write to all elements.
    ///
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @param body reads and writes; its slice ends with it
    /// @return what the function returned
    /// @throws X if the function does
    <R extends @Nullable Object, X extends Exception> R compute(
            CheckedFunction<? super MutableMappedSlice<T>, ? extends R, X> body) throws X;

    /// Writes one element, in a body of its own.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @param value the value
    void set(long index, T value);
}
