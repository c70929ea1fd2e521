package io.patinox.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time from the beginning of a test, or of a class of tests, to its end: what was acquired in
/// it belongs to it, unless it belongs to a span inside.
///
/// All times are of `System.nanoTime()`. Not safe by itself: its ledger's lock guards it.
final class Span {
    private final String name;
    private final @Nullable Span around;
    private final Set<String> classes;
    private final @Nullable String method;
    private final boolean wantsOwn;
    private final long began = System.nanoTime();
    private long ended;
    private boolean over;

    private Span(
            String name,
            @Nullable Span around,
            Set<String> classes,
            @Nullable String method,
            boolean wantsOwn) {
        this.name = name;
        this.around = around;
        this.classes = classes;
        this.method = method;
        this.wantsOwn = wantsOwn;
    }

    /// A test begins.
    ///
    /// @param name names it to people
    /// @param around the class it is of
    /// @param type that class
    /// @param method the name of its method
    static Span ofTest(String name, Span around, Class<?> type, String method) {
        return new Span(name, around, names(type), method, true);
    }

    /// A class begins.
    ///
    /// @param around the class it is nested in, if that is watched too
    /// @param type the class
    /// @param wantsOwn whether what its tests did not acquire is its business
    static Span ofClass(@Nullable Span around, Class<?> type, boolean wantsOwn) {
        return new Span(type.getSimpleName(), around, names(type), null, wantsOwn);
    }

    /// The names of a class, its superclasses, and those around it.
    private static Set<String> names(Class<?> type) {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            for (Class<?> c = outer; c != null && !c.equals(Object.class); c = c.getSuperclass()) {
                names.add(c.getName());
            }
        }
        return names;
    }

    void end() {
        ended = System.nanoTime();
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isTest() {
        return method != null;
    }

    /// {@return whether what was acquired at a time may be its own}
    boolean covers(long nanos) {
        return wantsOwn && nanos - began >= 0 && (!over || nanos - ended <= 0);
    }

    /// {@return whether it is another span, or is around that}
    boolean isOrHolds(Span other) {
        for (Span span = other; span != null; span = span.around) {
            if (span.equals(this)) {
                return true;
            }
        }
        return false;
    }

    /// {@return how well a place points here: 2 at the method, 1 at the class, 0 not at all}
    int match(StackTraceElement[] frames) {
        int best = 0;
        for (StackTraceElement frame : frames) {
            if (classes.contains(frame.getClassName())) {
                best = Math.max(best, isMethod(frame.getMethodName()) ? 2 : 1);
            }
        }
        return best;
    }

    private boolean isMethod(String frame) {
        return method != null
                && (frame.equals(method) || frame.startsWith("lambda$" + method + "$"));
    }

    /// Of spans that may own a leak, those that hold no other of them.
    static List<Span> innermost(List<Span> spans) {
        List<Span> inner = new ArrayList<>();
        for (Span span : spans) {
            if (spans.stream().noneMatch(other -> !other.equals(span) && span.isOrHolds(other))) {
                inner.add(span);
            }
        }
        return inner;
    }

    /// {@return its name and those around it}
    @Override
    public String toString() {
        return around == null ? name : around + "." + name;
    }
}
