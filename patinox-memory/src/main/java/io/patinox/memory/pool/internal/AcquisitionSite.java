package io.patinox.memory.pool.internal;

import java.io.Serial;

/// Remembers where a lease was acquired. Its frames are turned into a readable form only when it is
/// reported, so that taking it costs little.
final class AcquisitionSite extends Throwable {
    @Serial private static final long serialVersionUID = 1L;

    AcquisitionSite() {
        super("acquired here");
    }
}
