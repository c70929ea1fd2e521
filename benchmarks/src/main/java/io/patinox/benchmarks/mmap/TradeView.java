package io.patinox.benchmarks.mmap;

import io.patinox.memory.mmap.Components;

/// The same layout as [Trade], read lazily.
@Components({"id", "quantity", "flags", "price"})
public interface TradeView {
    /// Reads the id.
    ///
    /// @return the id
    long id();

    /// Reads the quantity.
    ///
    /// @return the quantity
    int quantity();

    /// Reads the flags.
    ///
    /// @return the flags
    int flags();

    /// Reads the price.
    ///
    /// @return the price
    double price();
}
