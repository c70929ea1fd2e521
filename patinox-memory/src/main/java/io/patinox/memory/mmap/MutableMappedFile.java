package io.patinox.memory.mmap;

import java.util.Collection;

/// A file of records, mapped into memory, to be read, written, and made longer or shorter.
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="write"}
///
/// **Writes** are seen at once by every mapping of the file on the machine. They reach the disk
/// when the operating system likes; [#force()] waits for it. Until the file is closed in order it
/// is marked as dirty, and who opens it after a crash is told.
///
/// **Size.** [#count()] elements are published; the file has room for [#capacity()]. What is
/// appended goes into the room and is published then. If there is none, the file grows and is
/// mapped anew, while bodies go on with the mapping that they began with.
///
/// @param <T> a record, or an interface with [Components]
public interface MutableMappedFile<T> extends WritableMappedFile<T> {
    /// Appends an element and publishes it. Appends of several threads come one after the other.
    ///
    /// @param value a record; not a view
    /// @return its index
    /// @throws io.patinox.memory.error.MappingStorageException if the file could not grow, for
    ///   example as the disk is full; nothing has changed then
    /// @throws io.patinox.memory.error.MappingValueException if a component doesn't fit
    long append(T value);

    /// Appends elements, and publishes them together.
    ///
    /// @param values records
    /// @return the index of the first
    long appendAll(Collection<? extends T> values);

    /// Makes the file longer or shorter. New elements have zeros in all bytes. When it gets
    /// shorter, later bodies see fewer elements at once, and the file is cut when the last body
    /// that began before has ended.
    ///
    /// @param count how many elements there shall be
    /// @throws io.patinox.memory.error.MappingStorageException if the file could not grow
    void resize(long count);

    /// Makes room, so that appending does not have to.
    ///
    /// @param capacity for how many elements there shall be room at least
    /// @throws io.patinox.memory.error.MappingStorageException if the file could not grow
    void reserve(long capacity);

    /// Waits until everything that was written before has reached the disk, and renews the
    /// checksums of the blocks that were written to, if the file has any.
    ///
    /// @throws io.patinox.memory.error.MappingStaleException if the file was deleted or replaced,
    ///   so that what is forced would be lost
    /// @throws io.patinox.memory.error.MappingStorageException if the disk refused
    /// @throws io.patinox.memory.error.MappingReentrantException if the file has checksums and this
    ///   is called within a write
    void force();

    /// Waits until some elements have reached the disk. Checksums are left as they are.
    ///
    /// @param from the first
    /// @param count how many
    void force(long from, long count);
}
