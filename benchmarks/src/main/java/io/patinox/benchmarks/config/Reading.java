package io.patinox.benchmarks.config;

/// What somebody who asks for the configuration is given.
///
/// @param kind what it is worth
/// @param version the version, 0 where there is none
record Reading(Kind kind, long version) {

    /// What a reading is worth.
    enum Kind {
        /// One content as it was saved.
        WHOLE,
        /// A part of one, or parts of several.
        TORN,
        /// No entry at all.
        EMPTY,
        /// No configuration, or a failure instead.
        MISSING
    }

    static final Reading TORN = new Reading(Kind.TORN, 0);
    static final Reading EMPTY = new Reading(Kind.EMPTY, 0);
    static final Reading MISSING = new Reading(Kind.MISSING, 0);

    static Reading whole(long version) {
        return new Reading(Kind.WHOLE, version);
    }
}
