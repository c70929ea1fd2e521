package io.patinox.benchmarks.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Judges what a library gives, once an object: who is asked five hundred times a second would
/// otherwise spend the processor on the checks of the harness, and all others wait for it.
///
/// Used by one thread at a time.
///
/// @param <S> the type of what the library gives, immutable
final class Judge<S> {

    private final Function<S, Map<String, String>> entries;
    private @Nullable Judged<S> last;

    private record Judged<S>(S given, Reading reading) {}

    /// Creates the judge.
    ///
    /// @param entries makes the entries of what was given
    Judge(Function<S, Map<String, String>> entries) {
        this.entries = entries;
    }

    /// Judges.
    ///
    /// @param given what the library gave
    /// @return what it is worth
    // the same object is the same content; equal ones are compared at more cost than judged
    @SuppressWarnings("ReferenceEquality")
    Reading of(S given) {
        Judged<S> known = last;
        if (known == null || known.given != given) {
            known = new Judged<>(given, Content.read(entries.apply(given)));
            last = known;
        }
        return known.reading;
    }
}
