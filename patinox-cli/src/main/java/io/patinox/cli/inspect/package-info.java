/// `patinox inspect`: what is in a mapped file, for those who don't have the program that wrote it.
///
/// The library reads the file by its header, without mapping it. Here it is only shown: on a screen
/// with everything escaped that would mean something to a terminal, or as CSV or JSON, row by row,
/// so that a file of any size can be exported.
@NullMarked
package io.patinox.cli.inspect;

import org.jspecify.annotations.NullMarked;
