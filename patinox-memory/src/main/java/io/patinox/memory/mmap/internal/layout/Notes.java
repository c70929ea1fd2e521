package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.DefaultValue;
import io.patinox.memory.mmap.Encoded;
import io.patinox.memory.mmap.Latin1;
import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.Width;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The annotations of a component. What is written at the component itself counts before what is
/// written at an accessor method.
final class Notes {
    private static final List<Class<? extends Annotation>> ALL =
            List.of(
                    Capacity.class,
                    Latin1.class,
                    Width.class,
                    Encoded.class,
                    MappedBy.class,
                    DefaultValue.class);

    private final Map<Class<?>, Annotation> notes = new LinkedHashMap<>();

    Notes(AnnotatedElement... places) {
        for (AnnotatedElement place : places) {
            for (Class<? extends Annotation> type : ALL) {
                Annotation note = place.getAnnotation(type);
                if (note != null) {
                    notes.putIfAbsent(type, note);
                }
            }
        }
    }

    /// Returns an annotation, or null.
    <A extends Annotation> @Nullable A get(Class<A> type) {
        return type.cast(notes.get(type));
    }

    /// Tells whether there is an annotation.
    boolean has(Class<? extends Annotation> type) {
        return notes.containsKey(type);
    }

    /// Refuses annotations that mean nothing where they are: somebody expects something of them.
    ///
    /// @param what what the component is
    /// @param allowed what means something there
    void only(Site site, String what, Class<?>... allowed) {
        for (Class<? extends Annotation> type : ALL) {
            if (has(type) && !List.of(allowed).contains(type)) {
                throw site.refused(
                        "@" + type.getSimpleName() + " means nothing at " + what + "; remove it");
            }
        }
    }

    /// Returns the default as it was given, or null.
    @Nullable String standard() {
        DefaultValue value = get(DefaultValue.class);
        return value == null ? null : value.value();
    }
}
