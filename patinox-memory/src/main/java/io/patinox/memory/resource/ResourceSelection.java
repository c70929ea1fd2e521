package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.RegistryCore;
import io.patinox.memory.resource.internal.SelectionCalls;
import io.patinox.memory.resource.internal.Tracked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Some of the live resources of a registry: to look at, to count, to clean up together.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="select"}
///
/// A selection is a question, asked anew by each call that gives an answer. The walk holds no lock
/// and stops nobody: what comes or goes meanwhile may be in the answer or not; what stays is in it
/// once. Immutable: each condition gives a new selection.
public final class ResourceSelection {
    private static final int TOP_MAX = 1_000_000;

    private final RegistryCore core;
    private final Predicate<Tracked<?>> quick;
    private final Predicate<ResourceView> matching;

    ResourceSelection(RegistryCore core) {
        this(core, tracked -> true, view -> true);
    }

    private ResourceSelection(
            RegistryCore core, Predicate<Tracked<?>> quick, Predicate<ResourceView> matching) {
        this.core = core;
        this.quick = quick;
        this.matching = matching;
    }

    private ResourceSelection and(Predicate<Tracked<?>> condition) {
        return new ResourceSelection(core, quick.and(condition), matching);
    }

    /// Selects by type.
    ///
    /// @param type the type they were acquired as
    /// @return those of this selection that are of the type
    public ResourceSelection type(String type) {
        Options.name("type", type);
        return and(tracked -> tracked.type().equals(type));
    }

    /// Selects by a tag.
    ///
    /// @param tag the tag
    /// @return those of this selection that have the tag
    public ResourceSelection tag(String tag) {
        Options.name("tag", tag);
        return and(tracked -> SelectionCalls.hasTag(tracked, tag));
    }

    /// Selects by age.
    ///
    /// @param age 0 or more
    /// @return those of this selection that were acquired at least so long ago
    public ResourceSelection olderThan(Duration age) {
        Options.inRange("age", age, Duration.ZERO, Duration.ofDays(36_500));
        return and(tracked -> core.age(tracked).compareTo(age) >= 0);
    }

    /// Selects by any condition.
    ///
    /// @param condition is asked of each, on the calling thread, after all other conditions
    /// @return those of this selection that meet it
    public ResourceSelection matching(Predicate<? super ResourceView> condition) {
        Options.required("condition", condition);
        return new ResourceSelection(core, quick, matching.and(condition));
    }

    private void each(BiConsumer<Tracked<?>, ResourceView> visitor) {
        SelectionCalls.walk(
                core,
                tracked -> {
                    if (quick.test(tracked)) {
                        ResourceView view = new ResourceView(tracked);
                        if (matching.test(view)) {
                            visitor.accept(tracked, view);
                        }
                    }
                });
    }

    /// {@return the selected resources}
    public List<ResourceView> list() {
        List<ResourceView> views = new ArrayList<>();
        each((tracked, view) -> views.add(view));
        return views;
    }

    /// Gives the oldest.
    ///
    /// @param n how many at most, 1 to 1,000,000
    /// @return the oldest, the oldest of all first
    public List<ResourceView> oldest(int n) {
        return top(n, Comparator.comparingLong(ResourceView::acquiredMicros).reversed());
    }

    /// Gives the largest; those whose size is not known count as empty.
    ///
    /// @param n how many at most, 1 to 1,000,000
    /// @return the largest, the largest of all first
    public List<ResourceView> largest(int n) {
        return top(n, Comparator.comparingLong(view -> view.sizeBytes().orElse(0)));
    }

    private List<ResourceView> top(int n, Comparator<ResourceView> by) {
        Options.inRange("n", n, 1, TOP_MAX);
        Comparator<Found> order =
                Comparator.comparing(Found::view, by).thenComparingInt(Found::position);
        PriorityQueue<Found> best = new PriorityQueue<>(order);
        int[] position = new int[1];
        each((tracked, view) -> {
            best.add(new Found(view, position[0]++));
            if (best.size() > n) {
                best.poll();
            }
        });
        return best.stream().sorted(order.reversed()).map(Found::view).toList();
    }

    /// A walk comes to newer ones first: of those that are equal, the last is the oldest.
    private record Found(ResourceView view, int position) {}

    /// {@return how many there are, and how large they are together, by type}
    public Map<String, ResourceTotal> totals() {
        Map<String, ResourceTotal> totals = new LinkedHashMap<>();
        each((tracked, view) ->
                totals.merge(
                        view.type(),
                        new ResourceTotal(1, view.sizeBytes().orElse(0)),
                        ResourceTotal::plus));
        return totals;
    }

    /// {@return how many there are, and how large they are together}
    public ResourceTotal total() {
        return totals().values().stream().reduce(ResourceTotal.NONE, ResourceTotal::plus);
    }

    /// Asks the registry to clean up all that are selected and open, by priority, and what depends
    /// on them before. They are told [Exit#EVICTED].
    ///
    /// @return how each ended, by outcome, once all have; never completed exceptionally
    public CompletableFuture<Map<CleanupOutcome, Long>> cleanup() {
        List<Tracked<?>> selected = new ArrayList<>();
        each((tracked, view) -> selected.add(tracked));
        return SelectionCalls.cleanup(core, selected);
    }
}
