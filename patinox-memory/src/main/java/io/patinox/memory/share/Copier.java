package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import java.util.function.UnaryOperator;

/// Copies a mutable payload, and shows it to those who may only read.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="copier"}
///
/// Both functions run while the data is locked: they must not call back into it, and they must be
/// safe to call from any thread, one at a time for one piece of data.
///
/// @param <T> the type of the payload
@FunctionalInterface
public interface Copier<T> {

    /// Makes a copy that shares nothing mutable with its source.
    ///
    /// @param source the payload; not to be changed
    /// @return another object, equal in content
    T copy(T source);

    /// Returns what readers get in place of a payload. The default is the payload itself, which is
    /// right where readers can be trusted not to change it.
    ///
    /// @param payload the payload
    /// @return a read-only view of it, such as `Collections.unmodifiableMap(payload)`
    default T view(T payload) {
        return payload;
    }

    /// Makes a copier of two functions.
    ///
    /// @param <T> the type of the payload
    /// @param copy makes a copy, for example `HashMap::new`
    /// @param view makes a read-only view, for example `Collections::unmodifiableMap`
    /// @return the copier
    static <T> Copier<T> of(UnaryOperator<T> copy, UnaryOperator<T> view) {
        Options.required("copy", copy);
        Options.required("view", view);
        return new Copier<>() {
            @Override
            public T copy(T source) {
                return copy.apply(source);
            }

            @Override
            public T view(T payload) {
                return view.apply(payload);
            }
        };
    }
}
