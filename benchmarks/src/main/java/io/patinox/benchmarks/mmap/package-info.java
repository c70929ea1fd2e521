/// The group `mmap`: mapped files of records beside an array, raw memory segments, Chronicle Bytes,
/// Agrona and a buffered stream.
///
/// [io.patinox.benchmarks.mmap.MmapGroup] lists the regimes and the bars. What is read and written
/// is the same for all: [io.patinox.benchmarks.mmap.Trade]s of 24 bytes, which
/// [io.patinox.benchmarks.mmap.Structs] keep in their own way.
@NullMarked
package io.patinox.benchmarks.mmap;

import org.jspecify.annotations.NullMarked;
