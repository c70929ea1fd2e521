package io.patinox.memory.cache;

import io.patinox.memory.error.Options;

/// What the reads of a cache say about its size. Given by [CacheAdvisor].
///
/// {@snippet file="io/patinox/memory/examples/CacheInsightExamples.java" region="advice"}
///
/// @param verdict whether the size fits the load
/// @param recommendedEntries how many entries it should hold; as many as it does where nothing
///   speaks for another size
/// @param sentence the same in words, with the figures that decided
public record CacheAdvice(Verdict verdict, long recommendedEntries, String sentence) {

    /// Checks that everything is there.
    public CacheAdvice {
        Options.required("verdict", verdict);
        Options.inRange("recommendedEntries", recommendedEntries, 1, Long.MAX_VALUE);
        Options.text("sentence", sentence);
    }

    /// Whether the size fits the load.
    public enum Verdict {
        /// There were too few reads to say anything.
        TOO_LITTLE_TRAFFIC,
        /// More room would find hardly more, and less room would find less.
        RIGHT_SIZE,
        /// Twice the size would find clearly more.
        TOO_SMALL,
        /// Half the size would find as much.
        TOO_LARGE,
        /// Even four times the size would find little: keys hardly ever come back.
        HARDLY_ANY_REPEATS
    }

    /// {@return the sentence}
    @Override
    public String toString() {
        return sentence;
    }
}
