package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingLayoutException;

/// Where in a type a walk is, for what it has to say.
///
/// @param type the name of the type whose layout is made
/// @param path of the component, empty for the type itself
record Site(String type, String path) {

    /// Returns the site of a component of this one.
    Site member(String name) {
        return new Site(type, path.isEmpty() ? name : path + "." + name);
    }

    /// Returns the error that says why there is no layout.
    MappingLayoutException refused(String reason) {
        return new MappingLayoutException(type, path, reason);
    }

    /// Returns the error that says why there is no layout.
    MappingLayoutException refused(String reason, Throwable because) {
        MappingLayoutException refusal = refused(reason);
        refusal.addSuppressed(because);
        return refusal;
    }
}
