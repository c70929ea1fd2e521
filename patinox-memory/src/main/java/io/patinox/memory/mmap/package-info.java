/// Memory mapping: files of records, read and written as arrays, typed and checked.
///
/// A [MappedFile][io.patinox.memory.mmap.MappedFile] is a file whose elements are records of one
/// type; their layout stands in the file, and is checked before anything is mapped. Elements are
/// used within bodies that get a [MappedSlice][io.patinox.memory.mmap.MappedSlice].
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="first"}
///
/// **Invariants**, which the tests of this package check:
///
/// 1. No access through a slice leaves the elements of its file, and none reaches memory that is
///    not mapped any more.
/// 2. A body whose memory faulted ends with `MAPPING-FAULT`, and nothing that it returned gets out.
/// 3. A file is mapped only after its header was read and found good, for a layout that is the
///    type's.
/// 4. What is published as counted has been written before.
/// 5. A file that was not closed in order says so to whoever opens it next.
/// 6. What was mapped is unmapped once: when nobody is in a body of it any more.
///
/// **What mapping cannot promise**, here or elsewhere: the operating system may write changed pages
/// in any order at any time, so several changes are no transaction; a page that is not in memory
/// blocks its thread, a virtual one with its carrier; an error of the disk arrives as a fault. It
/// suits files that are read much and replaced by a rename, state of a fixed size, and logs of one
/// writer. It does not suit network file systems, files that others edit in place, or more data
/// than memory that is written all over (Crotty, Leis, Pavlo, CIDR 2022).
///
/// The package depends on `resource`, `monitor` and `error`, and on no other part.
@NullMarked
package io.patinox.memory.mmap;

import org.jspecify.annotations.NullMarked;
