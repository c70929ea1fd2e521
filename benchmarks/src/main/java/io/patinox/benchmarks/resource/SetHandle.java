package io.patinox.benchmarks.resource;

import java.util.Set;

/// A handle in a set of all that is open: the registry one writes by hand. Whoever takes it out
/// closes the resource, so that this happens once; who loses it has a leak.
final class SetHandle implements AutoCloseable {

    private final PlainResource resource;
    private final Set<SetHandle> open;

    SetHandle(Set<SetHandle> open, PlainResource resource) {
        this.resource = resource;
        this.open = open;
        open.add(this);
    }

    @Override
    public void close() {
        if (open.remove(this)) {
            resource.close();
        }
    }
}
