/// The contract of mapped files, tested through exported packages only.
@NullMarked
package io.patinox.contract.mmap;

import org.jspecify.annotations.NullMarked;
